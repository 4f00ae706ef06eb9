import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectLayout } from "../../../pipeline/1-parse/detect.ts";
import { markdownReferences } from "../../../pipeline/1-parse/formats/markdown-references.ts";
import { LONGEST_LINE } from "../../../pipeline/1-parse/lines.ts";
import { expectEachLineOwned, expectSameInAnyPieces } from "../layout-laws.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, read, TITLE } from "../layouts.ts";
import {
  anyCut,
  anyPapers,
  escaped,
  ID,
  type Listed,
  listed,
  OTHER_ID,
  page,
  papersOf,
  wrapped,
} from "../markdown/captures.ts";

const readText = (...pieces: readonly string[]) => read(markdownReferences, ...pieces);

const indented = (text: string) => text.replaceAll(/^/gmu, "   ");

/** How each tool writes a listing; numbers begin at 7, as other links stand before the list. */
const STYLES: Readonly<Record<string, (papers: readonly Listed[]) => string>> = {
  html2text: (papers) =>
    [
      ...papers.map(
        ({ title, abstract }, at) =>
          `### [${wrapped(escaped(title), 60)}][${at + 7}]\n\n  * 3 authors\n\n${wrapped(escaped(abstract), 78)}\n`,
      ),
      ...papers.map(({ id, title }, at) => `   [${at + 7}]: ${page(id)}\n      "${title}"`),
    ].join("\n"),
  "wrapped targets": (papers) =>
    [
      ...papers.map(
        ({ title, abstract }, at) => `### [${escaped(title)}][${at + 7}]\n\n${escaped(abstract)}\n`,
      ),
      ...papers.map(({ id }, at) => `[${at + 7}]:\n  ${page(id)}`),
    ].join("\n"),
  lynx: (papers) =>
    [
      ...papers.map(
        ({ title, abstract }, at) =>
          `${indented(wrapped(`[${at + 7}]${title}`, 60))}\n\n   3 authors\n\n${indented(wrapped(abstract, 72))}\n`,
      ),
      "References\n\n   Visible links",
      ...papers.map(({ id }, at) => `   ${at + 7}. ${page(id)}`),
    ].join("\n"),
};

test("a line longer than any text is rejected in its place, and the papers around it are read", () => {
  const text = `### [${TITLE}][7]\n\n${ABSTRACT}\n${"a".repeat(LONGEST_LINE + 1)}\n\n### [${OTHER_TITLE}][8]\n\n${OTHER_ABSTRACT}\n\n[7]: ${page(ID)}\n[8]: ${page(OTHER_ID)}\n`;
  const items = readText(text).filter((item) => item.kind !== "furniture");
  expect(items).toMatchObject([
    { title: TITLE, abstract: ABSTRACT, lineEnd: 3 },
    { kind: "reject", reason: "line_too_long", lineStart: 4, lineEnd: 4 },
    { title: OTHER_TITLE, abstract: OTHER_ABSTRACT },
  ]);
});

describe("a listing with numbered links", () => {
  test.each(Object.entries(STYLES))(
    "of %s's style gives back its titles, ids and abstracts",
    (_tool, style) => {
      fc.assert(
        fc.property(anyPapers, (papers) => {
          const text = `[2]Models\n\nMar 14\n\n${style(papers)}\n`;
          expect(listed(readText(text))).toEqual(papers);
          expect(detectLayout(text)?.name).toBe("markdown_references");
        }),
        { numRuns: 60 },
      );
    },
  );

  test("that stands behind another has numbers of its own", () => {
    const text = `### [${TITLE}][1]\n\n${ABSTRACT}\n\n[1]: ${page(ID)}\n\n### [${OTHER_TITLE}][1]\n\n${OTHER_ABSTRACT}\n\n[1]: ${page(OTHER_ID)}\n`;
    expect(listed(readText(text))).toEqual([
      { id: ID, title: TITLE, abstract: ABSTRACT },
      { id: OTHER_ID, title: OTHER_TITLE, abstract: OTHER_ABSTRACT },
    ]);
  });

  test.each([
    ["a heading, with or without an abstract", `### [${TITLE}][1]\n`, null],
    ["a line before an abstract", `[1]${TITLE}\n\n${ABSTRACT}\n`, ABSTRACT],
  ])("has a paper without id where the target of %s never comes", (_what, text, abstract) => {
    expect(readText(text)).toMatchObject([{ kind: "paper", title: TITLE, abstract, facts: {} }]);
    expect(papersOf(readText(text))[0]?.facts).not.toHaveProperty("arxiv_id");
  });

  test("keeps what stands between a title without target and its abstract behind the paper", () => {
    const items = readText(`[9]Models\n\n[1]${TITLE}\n\n3 authors\n\n${ABSTRACT}\n`);
    expect(items.map((item) => (item.kind === "furniture" ? item.name : item.kind))).toEqual([
      "navigation",
      "paper",
      "authors_count",
    ]);
  });

  test("may have its targets in several lists, each with a heading", () => {
    const text = `[1]${TITLE}\n\n${ABSTRACT}\n\nReferences\n\n   Visible links\n   2. /x\n\n   Hidden links:\n   1. ${page(ID)}\n`;
    expect(listed(readText(text))).toEqual([{ id: ID, title: TITLE, abstract: ABSTRACT }]);
  });

  test("may have an abstract that begins with a link", () => {
    const text = `[1]${TITLE}\n\n[2]Stonekit counts stones in rivers, and it counts them again when the river is low.\n\n1. ${page(ID)}\n2. https://github.com/a/b\n`;
    expect(papersOf(readText(text))[0]?.abstract).toMatch(
      /^Stonekit \(https:\/\/github\.com\/a\/b\) counts/u,
    );
  });

  test("without targets is not held without end", () => {
    const reader = markdownReferences.open();
    expect([...reader.write("[1]a\n\n".repeat(100_100))].length).toBeGreaterThan(0);
  });

  test("has no paper where a line's target never comes and no abstract follows", () => {
    expect(readText("[1]Models\n\n[2]Datasets\n\nMar 14\n").map(({ kind }) => kind)).toEqual(
      Array(3).fill("furniture"),
    );
  });

  test("keeps an address behind the first word of its link, and a citation as it is", () => {
    const text = `[1]${TITLE}\n\nOur [2]code is free. Smith [3] says so, and so does the jury of nine. ${ABSTRACT}\n\n1. ${page(ID)}\n2. https://github.com/a/b\n`;
    expect(papersOf(readText(text))[0]?.abstract).toBe(
      `Our code (https://github.com/a/b) is free. Smith [3] says so, and so does the jury of nine. ${ABSTRACT}`,
    );
  });
});

describe("of any text", () => {
  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readText, anyCut, 300);
  });

  test("every line that is not blank belongs to an item, and items are in order", () => {
    expectEachLineOwned(readText, anyCut, 500);
  });

  test.each(["[", "[1]", "[1]a", "[a][1]", "1. https://a.bc/-", '[1]: "', "[1]: ", "["])(
    "time grows with its length only: 100,000 times %j",
    (piece) => {
      for (const text of [piece.repeat(100_000), `${piece}\n`.repeat(100_000)]) readText(text);
    },
    20_000,
  );
});

describe("the layout", () => {
  test("is recognised though the targets stand behind the part that is looked at", () => {
    expect(detectLayout(`Mar 14\n\n### [${TITLE}][7]\n\n${ABSTRACT}\n`)?.name).toBe("markdown_references");
  });

  test.each([
    ["plain text with citations", `Mar 14\n\n${TITLE}\n\n${ABSTRACT} So says Smith [1], and [2].\n`],
    ["a glued number over running text", `[1]${TITLE}\n\n${ABSTRACT}\n`],
    ["a list of references", `${ABSTRACT}\n\n[1] Smith: Owls. 2020.\n\n[2] Jones: Stones. 2021.\n`],
    ["glued references", `${TITLE}\n\n${ABSTRACT}\n\n[1]Smith: Owls\n\n[2]Jones: Stones\n`],
    ["a README", `# [Stones][1]\n\n${ABSTRACT}\n\n[1]: https://github.com/a/b\n`],
  ])("is not recognised in %s", (_what, head) => {
    expect(markdownReferences.recognises(head)).toBe(false);
  });
});
