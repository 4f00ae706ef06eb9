import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectLayout } from "../../../pipeline/1-parse/detect.ts";
import { markdownInline } from "../../../pipeline/1-parse/formats/markdown-inline.ts";
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

const readText = (...pieces: readonly string[]) => read(markdownInline, ...pieces);
const paper = { kind: "paper", capturedLabel: null, issues: [] };
const facts = (id: string) => ({ arxiv_id: id, url: page(id) });

/** How each tool writes a card. */
const STYLES: Readonly<Record<string, (paper: Listed) => string>> = {
  jina: ({ id, title, abstract }) =>
    `[![Image 1](https://a.bc/${id}.png)](${page(id)})\n\n### [${escaped(title)}](${page(id)})\n\n*   ![](https://a.bc/1.png)\n\n· 3 authors\n\n${escaped(abstract)}\n`,
  firecrawl: ({ id, title, abstract }) =>
    `[**${escaped(title)}**\\\\\n\\\\\n![](https://a.bc/1.png)\\\\\n\\\\\n3 authors](${page(id)})\n\n${escaped(abstract)}\n`,
  turndown: ({ id, title, abstract }) =>
    `[\n\n### ${escaped(title)}\n\n*   ![](/a.png)\n*   · 3 authors\n\n](/papers/${id})\n\n${escaped(abstract)}\n`,
  html2text: ({ id, title, abstract }) =>
    `### [${wrapped(escaped(title), 60)}](/papers/${id})\n\n  * 3 authors\n\n${wrapped(escaped(abstract), 78)}\n`,
  pandoc: ({ id, title, abstract }) =>
    `::: {.card}\n### [${wrapped(escaped(title), 60)}](${page(id)}){.a .b}\n\n${wrapped(escaped(abstract), 72)}\n:::\n`,
  hover: ({ id, title, abstract }) =>
    `- **[${escaped(title)}](<${page(id)}> "${title}")**\n\n${escaped(abstract)}\n`,
  setext: ({ id, title, abstract }) => `[${escaped(title)}](${page(id)})\n---\n\n_${escaped(abstract)}_\n`,
  bare: ({ id, title, abstract }) => `[${escaped(title)}](${page(id)})\n${escaped(abstract)}\n`,
};

test("a line longer than any text is rejected in its place, and the papers around it are read", () => {
  const text = `### [${TITLE}](${page(ID)})\n\n${ABSTRACT}\n${"a".repeat(LONGEST_LINE + 1)}\n\n### [${OTHER_TITLE}](${page(OTHER_ID)})\n\n${OTHER_ABSTRACT}\n`;
  const items = readText(text).filter((item) => item.kind !== "furniture");
  expect(items).toMatchObject([
    { title: TITLE, abstract: ABSTRACT, lineEnd: 3 },
    { kind: "reject", reason: "line_too_long", lineStart: 4, lineEnd: 4 },
    { title: OTHER_TITLE, abstract: OTHER_ABSTRACT },
  ]);
});

describe("a listing with inline links", () => {
  test("is read as papers, and as furniture that stands behind its paper in order", () => {
    const text = `Mar 14\n\n### [${TITLE}](${page(ID)})\n\n12 authors\n\n${ABSTRACT}\n\n## Company\n`;
    expect(readText(text)).toEqual([
      { kind: "furniture", name: "day", lineStart: 1, lineEnd: 1 },
      {
        ...paper,
        title: TITLE,
        abstract: ABSTRACT,
        facts: facts(ID),
        capturedLabel: "Mar 14",
        lineStart: 3,
        lineEnd: 7,
      },
      { kind: "furniture", name: "authors_count", lineStart: 5, lineEnd: 5 },
      { kind: "furniture", name: "footer", lineStart: 9, lineEnd: 9 },
    ]);
  });

  test.each(Object.entries(STYLES))(
    "of %s's style gives back its titles, ids and abstracts",
    (_tool, style) => {
      fc.assert(
        fc.property(anyPapers, (papers) => {
          const text = `# Daily Papers\n\nMar 14\n\n${papers.map(style).join("\n")}`;
          expect(listed(readText(text))).toEqual(papers);
          expect(detectLayout(text)?.name).toBe("markdown_inline");
        }),
        { numRuns: 60 },
      );
    },
  );

  test("of several captures one after another is read through", () => {
    const text = `## Daily Papers Mar 14\n\n### [${TITLE}](${page(ID)})\n\n${ABSTRACT}\n\n## Daily Papers Mar 15\n\n### [${TITLE}](${page(ID)})\n\n${ABSTRACT}\n`;
    expect(papersOf(readText(text)).map(({ capturedLabel }) => capturedLabel)).toEqual(["Mar 14", "Mar 15"]);
  });
});

describe("of any text", () => {
  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readText, anyCut, 300);
  });

  test("every line that is not blank belongs to an item, and items are in order", () => {
    expectEachLineOwned(readText, anyCut, 500);
  });

  test.each(["[", "](", "*", "\\", "![", "[a](", '[](a "', "[a](/papers/2503.00001)", "<div ", "#", "_a_b"])(
    "time grows with its length only: 100,000 times %j",
    (piece) => {
      for (const text of [piece.repeat(100_000), `${piece}\n`.repeat(100_000)]) readText(text);
    },
    20_000,
  );
});

describe("the layout", () => {
  test.each([
    ["an abstract", `### [${TITLE}](${page(ID)})\n\n${ABSTRACT}\n`],
    [
      "a listing's furniture",
      `### [${TITLE}](/papers/${ID})\n\n12 authors\n\n### [${OTHER_TITLE}](/papers/${OTHER_ID})\n`,
    ],
    ["Windows line ends", `### [${TITLE}](${page(ID)})\r\n\r\n${ABSTRACT}\r\n`],
  ])("is recognised by a title that links to its paper, with %s", (_what, head) => {
    expect(detectLayout(head)?.name).toBe("markdown_inline");
  });

  test.each([
    ["plain text with brackets", `Mar 14\n\n${TITLE} [v2] (new)\n\n${ABSTRACT}\n`],
    [
      "a README that names a paper",
      `# Stones\n\n[Stones](${page(ID)}) counts stones in rivers.\n\n${ABSTRACT}\n`,
    ],
    ["a README with a link to its paper", `# Stones\n\n[Paper](${page(ID)})\n\n${ABSTRACT}\n`],
    ["other Markdown", `### [${TITLE}](https://a.bc/papers)\n\n${ABSTRACT}\n`],
    ["titles alone", `- [${TITLE}](${page(ID)})\n- [${OTHER_TITLE}](${page(OTHER_ID)})\n`],
    ["a paper's text", `${OTHER_ABSTRACT} See [it](${page(ID)}).\n`],
  ])("is not recognised in %s", (_what, head) => {
    expect(markdownInline.recognises(head)).toBe(false);
  });
});
