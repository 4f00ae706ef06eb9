import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bibtex } from "../../../pipeline/1-parse/formats/bibtex.ts";
import { cutAnywhere, read, TITLE } from "../layouts.ts";

const readText = (...pieces: readonly string[]) => read(bibtex, ...pieces);
const ENTRY = `@misc{k,\n  title = {${TITLE}},\n  author = {Quill, Ada}\n}\n`;

describe("between entries", () => {
  test("comments, preambles and text are furniture with their lines", () => {
    const text = `% a note @misc{no, title = {x}}\nText\n\n@comment{ @misc{x, title = {"no, 5%}} }\n@preamble{"\\x"}\nada@example.org\n${ENTRY}`;
    const comment = { kind: "furniture", name: "bib_comment" };
    expect(readText(text)).toEqual([
      { ...comment, lineStart: 1, lineEnd: 2 },
      { ...comment, lineStart: 4, lineEnd: 4 },
      { ...comment, lineStart: 5, lineEnd: 5 },
      { ...comment, lineStart: 6, lineEnd: 6 },
      expect.objectContaining({ kind: "paper", lineStart: 7, lineEnd: 10 }),
    ]);
  });
});

describe("nothing but furniture is", () => {
  test.each([
    ["a comment with signs of an entry", '@comment{50% "of it}\n'],
    ["an entry that is commented out", "@comment{\n@misc{k, title = {a}}\n}\n"],
    ["a name without a bracket behind it", "@misc and {so} on\n"],
    ["an entry behind a percent sign", "% @misc{k, title = {a}}\n"],
  ])("%s", (_what, text) => {
    const end = text.split("\n").length - 1;
    expect(readText(text)).toEqual([{ kind: "furniture", name: "bib_comment", lineStart: 1, lineEnd: end }]);
    expect(readText(text + ENTRY).at(-1)).toMatchObject({ title: TITLE, lineStart: end + 1 });
  });
});

describe("hostile text ends within seconds:", () => {
  test.each([
    ["opening braces", "{".repeat(200_000)],
    ["an entry of opening braces", `@a{k, title = {${"{".repeat(200_000)}`],
    ["braces in braces", `@a{k, title = {${"{".repeat(40_000)}${"}".repeat(40_000)}}}`],
    ["five megabytes of at signs", "@".repeat(5 << 20)],
    ["heads of entries", "@a{".repeat(1 << 20)],
    ["the same field over and over", `@a{k,${"title={b},".repeat(90_000)}}`],
    ["white space", `@a{k, title = {x},${" ".repeat(1_000_000)}}`],
    ["comments", `@a{k, title = {x},${"%\n".repeat(500_000)}}`],
    ["dollar signs", `@a{k, title = {${"$a".repeat(40_000)}}}`],
    ["backslashes", `@a{k, title = {${"\\".repeat(80_000)}}}`],
    ["tags", `@a{k, title = {${"<i>".repeat(30_000)}}}`],
  ])("%s", (_what, text) => {
    const start = performance.now();
    bibtex.recognises(text.slice(0, 65_536));
    readText(
      ...Array.from({ length: Math.ceil(text.length / 65_536) }, (_, at) =>
        text.slice(at << 16, (at + 1) << 16),
      ),
    );
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});

describe("of any text", () => {
  const piece = fc.constantFrom(
    ...[
      "@",
      "@misc{",
      "@article(",
      "@string{",
      "@comment{",
      "@preamble{",
      "k,",
      "title",
      "author",
      "=",
      "{",
      "}",
    ],
    ...[
      '"',
      ",",
      "#",
      "%",
      "\n",
      "\n",
      "\r\n",
      " ",
      "\\",
      "$",
      "(",
      ")",
      "and",
      "others",
      "Ada Quill",
      "{\\'e}",
    ],
    ...[
      "title = {A {B} c}",
      "a = b",
      "😀",
      "\\newcommand",
      "<i>",
      ENTRY,
      "@misc{k, title = {x}, year = 2024,}",
    ],
  );
  const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  test("the same items are read, into whatever pieces it is cut", () => {
    fc.assert(
      fc.property(cutAnywhere(anyText), ([text, pieces]) => {
        expect(readText(...pieces)).toEqual(readText(text));
      }),
      { numRuns: 300 },
    );
  });

  test("every line that is not blank belongs to an item, and items are in order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const items = readText(text);
        for (const [at, line] of text.split("\n").entries())
          if (line.trim() !== "")
            expect(
              items.some((item) => item.lineStart <= at + 1 && at + 1 <= item.lineEnd),
              line,
            ).toBe(true);
        expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
      }),
      { numRuns: 300 },
    );
  });
});
