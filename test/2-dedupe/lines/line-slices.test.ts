import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { readLines, slicesOf } from "../../../pipeline/2-dedupe/lines/line-slices.ts";
import { ownFolder } from "../../support/folder.ts";

const inFolder = ownFolder();
let path: string;
beforeEach(() => {
  path = inFolder("lines.jsonl");
});

const write = (lines: readonly string[]): number => {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  writeFileSync(path, bytes);
  return bytes.length;
};

/** The lines that begin in a stretch of the file, and where each begins. */
function linesIn(from: number, to: number): { readonly text: string; readonly at: number }[] {
  const { bytes, position, starts } = readLines({ path, from, to });
  return starts.slice(1).map((end, i) => {
    const start = starts[i] ?? 0;
    const text = bytes.toString("utf8", start, end);
    expect(text.endsWith("\n")).toBe(true);
    return { text: text.slice(0, -1), at: position + start };
  });
}

/** Lines of all lengths, with letters of one to four bytes. */
const anyLines = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "é", "石", "🪨", '"'), maxLength: 12 }),
    fc.constantFrom("", "long ".repeat(40)),
  ),
  { maxLength: 12 },
);

describe("stretches of a file", () => {
  test("have every line once and in order, wherever the file is cut", () => {
    fc.assert(
      fc.property(anyLines, fc.array(fc.nat(400), { maxLength: 8 }), (lines, cuts) => {
        const size = write(lines);
        const inside = cuts.filter((cut) => cut > 0 && cut < size);
        const ends = [...new Set([0, ...inside, size])].sort((a, b) => a - b);
        const found = ends.slice(1).flatMap((to, i) => linesIn(ends[i] ?? 0, to));
        expect(found.map(({ text }) => text)).toEqual(size === 0 ? [] : lines);
      }),
      { numRuns: 400 },
    );
  });

  test("have exactly the lines that begin in them", () => {
    fc.assert(
      fc.property(anyLines, fc.nat(400), fc.integer({ min: 1, max: 400 }), (lines, from, length) => {
        const size = write(lines);
        const to = Math.min(from + length, size);
        if (from >= to) return;
        let start = 0;
        const begin = lines.map((text) => {
          const at = start;
          start += Buffer.byteLength(text) + 1;
          return { text, at };
        });
        expect(linesIn(from, to)).toEqual(begin.filter(({ at }) => at >= from && at < to));
      }),
      { numRuns: 400 },
    );
  });

  test("have no line where one line of many bytes runs through them", () => {
    const long = "石".repeat(200_000);
    const size = write(["first", long, "last"]);
    expect(linesIn(0, 10)).toEqual([
      { text: "first", at: 0 },
      { text: long, at: 6 },
    ]);
    expect(linesIn(10, 300_000)).toEqual([]);
    expect(linesIn(300_000, size)).toEqual([{ text: "last", at: size - 5 }]);
  });
});

describe("a file whose last line was not ended", () => {
  test.each([
    ["in one stretch", [0, 9]],
    ["where a stretch begins in that line", [0, 7, 9]],
    ["where a stretch begins with that line", [0, 4, 9]],
  ])("has that line once, %s", (_how, ends) => {
    writeFileSync(path, "one\nother");
    const found = ends.slice(1).flatMap((to, i) => {
      const { bytes, starts } = readLines({ path, from: ends[i] ?? 0, to });
      return starts.slice(1).map((end, line) => bytes.toString("utf8", starts[line], end));
    });
    expect(found).toEqual(["one\n", "other"]);
  });
});

describe("the slices of a file", () => {
  test("meet each other from its first byte to its last", () => {
    const size = write(Array.from({ length: 3 }, () => "x".repeat(1_000_000)));
    const slices = [...slicesOf(path)];
    expect(slices.length).toBeGreaterThan(2);
    expect(slices[0]?.from).toBe(0);
    expect(slices.at(-1)?.to).toBe(size);
    for (const [at, slice] of slices.entries())
      expect(slice).toMatchObject({ path, from: slices[at - 1]?.to ?? 0 });
  });

  test("are none of an empty one", () => {
    write([]);
    expect([...slicesOf(path)]).toEqual([]);
  });
});
