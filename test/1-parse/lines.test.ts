import fc from "fast-check";
import { expect, test } from "vitest";
import { LineCutter, LONGEST_LINE } from "../../pipeline/1-parse/lines.ts";
import { anyCut } from "./layouts.ts";

function cut(...pieces: readonly string[]) {
  const cutter = new LineCutter();
  return [...pieces.flatMap((piece) => [...cutter.write(piece)]), ...cutter.end()];
}
const LONG = "a".repeat(LONGEST_LINE);
const texts = (...pieces: readonly string[]) => cut(...pieces).map((line) => line.text);

test("lines are numbered from 1, blank ones counted", () => {
  expect(cut("one\n\nthree\n")).toEqual([
    { text: "one", number: 1, isTooLong: false },
    { text: "", number: 2, isTooLong: false },
    { text: "three", number: 3, isTooLong: false },
  ]);
});

test("a line end of Unix or Windows is no part of the line, a carriage return inside it is", () => {
  expect(texts("one\r\ntwo\nth\rree\r\r\n")).toEqual(["one", "two", "th\rree\r"]);
});

test("a last line needs no line end, and a line end makes no line after it", () => {
  expect(texts("one\ntwo")).toEqual(["one", "two"]);
  expect(texts("one\ntwo\n")).toEqual(["one", "two"]);
  expect(texts("")).toEqual([]);
});

test("other separators end no line, so that numbers are those of an editor", () => {
  expect(texts("a\u2028b\u0085c\fd")).toEqual(["a\u2028b\u0085c\fd"]);
});

test("a line is given as soon as its end arrives", () => {
  const cutter = new LineCutter();
  expect([...cutter.write("one\r")]).toEqual([]);
  expect([...cutter.write("\ntw")]).toEqual([{ text: "one", number: 1, isTooLong: false }]);
  expect([...cutter.write("o")]).toEqual([]);
  expect([...cutter.end()]).toEqual([{ text: "two", number: 2, isTooLong: false }]);
  expect([...cutter.end()]).toEqual([]);
});

test("a text gives the same lines, into whatever pieces it is cut", () => {
  fc.assert(
    fc.property(anyCut, ([text, pieces]) => {
      expect(cut(...pieces)).toEqual(cut(text));
    }),
  );
});

test("no character of a text is lost but its line ends", () => {
  fc.assert(
    fc.property(anyCut, ([text, pieces]) => {
      const unix = text.replaceAll("\r\n", "\n").replace(/\r$/u, "");
      expect(texts(...pieces).join("\n")).toBe(unix.replace(/\n$/u, ""));
    }),
  );
});

test("a line longer than any text of a paper is named by its beginning, and the next is whole", () => {
  expect(cut(`${LONG}\n${LONG}a\nnext\n`).map(({ text, isTooLong }) => [text.length, isTooLong])).toEqual([
    [LONGEST_LINE, false],
    [200, true],
    [4, false],
  ]);
});

test("a line may be longer than any text that the runtime can hold", () => {
  const cutter = new LineCutter();
  const piece = "b".repeat(1 << 24);
  for (let at = 0; at < 40; at += 1) expect([...cutter.write(piece)]).toEqual([]);
  expect([...cutter.write("\nnext\n")].map(({ text, isTooLong }) => [text.length, isTooLong])).toEqual([
    [200, true],
    [4, false],
  ]);
});

test("a line that arrives in pieces without end takes no more memory than the longest, and no more time than reading it", () => {
  const cutter = new LineCutter();
  const piece = "b".repeat(1 << 16);
  const start = performance.now();
  for (let at = 0; at < 2_000; at += 1) expect([...cutter.write(piece)]).toEqual([]);
  expect([...cutter.end()]).toEqual([{ text: "b".repeat(200), number: 1, isTooLong: true }]);
  expect(performance.now() - start).toBeLessThan(5_000);
});
