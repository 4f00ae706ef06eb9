import { expect, test } from "vitest";
import { labelledWorks, readLabels } from "../../pipeline/evaluate/labels.ts";

const KNOWN = new Set(["a", "b", "c", "d/1,2"]);
const read = (text: string) => readLabels(text, KNOWN, "pairs.tsv");

test.each([
  ["tabs", "a\tb\nb\tc\n"],
  ["commas and quotes", '"a","b"\r\n"b","c"\r\n'],
  ["semicolons and a byte order mark", "\ufeffa;b\nb;c"],
  ["blank lines and blanks around ids", "a , b\n\n b,c \n\n"],
])("pairs are read with %s", (_what, text) => {
  expect(read(text)).toMatchObject({
    pairs: [
      ["a", "b"],
      ["b", "c"],
    ],
    heading: null,
    setAside: 0,
  });
});

test("a first line that names no record is a heading, and is handed on", () => {
  expect(read("id1,id2\na,b")).toMatchObject({
    pairs: [["a", "b"]],
    heading: ["id1", "id2"],
    unknownIds: [],
  });
});

test("pairs with unknown ids are set aside and counted, the first line too when it names one record", () => {
  expect(read("x,a\na,b\ny,x\nx,y")).toMatchObject({
    pairs: [["a", "b"]],
    heading: null,
    unknownIds: ["x", "y"],
    setAside: 2,
    repeated: 1,
  });
});

test("a pair that is there twice counts once, in either order", () => {
  expect(read("a,b\nb,a\na,b")).toMatchObject({ pairs: [["a", "b"]], repeated: 2 });
});

test.each([
  ["one id alone", "a,b\nc", "Entry 2 of pairs.tsv"],
  ["three cells", "a,b,1", "Entry 1"],
  ["a record with itself", "a,b\nc,c", "two different ids a line"],
  ["an open quote", '"a,b\nc,a', "are no table"],
])("%s is no pair and stops the run", (_what, text, words) => {
  expect(() => read(text)).toThrow(words);
});

test("what pairs tie through others is one work; a record without a pair is its own", () => {
  const works = labelledWorks(
    ["a", "b", "c", "d", "e"],
    [
      ["d", "c"],
      ["b", "a"],
      ["c", "b"],
    ],
  );
  expect([...works]).toEqual([...["a", "b", "c", "d"].map((id) => [id, "a"]), ["e", "e"]]);
});
