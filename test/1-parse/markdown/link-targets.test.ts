import { describe, expect, test } from "vitest";
import { isTargetsHeading, LinkTargets } from "../../../pipeline/1-parse/markdown/link-targets.ts";

/** Which lines belong to targets, and the table that they make. */
function targets(text: string) {
  const reader = new LinkTargets();
  const taken = text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") reader.blank();
    return reader.take({ text: line, number: at + 1 }) === null ? [] : [at + 1];
  });
  return { taken, resolve: reader.takeTable() };
}

describe("the targets at the end", () => {
  test.each([
    ["[3]: https://a.bc/d", [1]],
    ['[3]: <https://a.bc/d> "Owls"', [1]],
    ['[3]: https://a.bc/d\n  "Owls at\n  night"', [1, 2, 3]],
    ["[3]:\n  https://a.bc/d", [1, 2]],
    ["[3]:\n\nhttps://a.bc/d", [1, 3]],
    ["[3]: https://a.bc/\nd", [1, 2]],
    ["   3. https://a.bc/d", [1]],
    ["1. /x\n3.\n  https://a.bc/d", [1, 2, 3]],
  ])("are read with their wrapped lines: %j", (text, lines) => {
    const { taken, resolve } = targets(text);
    expect(taken).toEqual(lines);
    expect(resolve("3")).toBe("https://a.bc/d");
    expect(resolve("4")).toBeNull();
  });

  test.each(["3. Owls at night", "[3] Owls", "[3]: Owls, 2020", "3.", "https://a.bc/d"])(
    "are not made of %j",
    (text) => {
      expect(targets(text).taken).toEqual([]);
    },
  );

  test("end with a line that is none", () => {
    expect(targets("[3]: https://a.bc/d\nOwls at night\n\nMoss").taken).toEqual([1]);
    expect(targets("[3]: https://a.bc/d\nOwls").taken).toEqual([1]);
  });

  test("are of one list: the next begins with none", () => {
    const reader = new LinkTargets();
    reader.take({ text: "[3]: /a", number: 1 });
    expect(reader.isFilled).toBe(true);
    reader.takeTable();
    expect([reader.isFilled, reader.takeTable()("3")]).toEqual([false, null]);
  });

  test("may have a heading", () => {
    expect(
      ["References", "   Visible links:", "Hidden links:", "References to owls"].map(isTargetsHeading),
    ).toEqual([true, true, true, false]);
  });
});
