import { describe, expect, test } from "vitest";
import { markdownInline } from "../../../pipeline/1-parse/formats/markdown-inline.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, read, TITLE } from "../layouts.ts";
import { ID, OTHER_ID, page, papersOf } from "./captures.ts";

const items = (...blocks: readonly string[]) => read(markdownInline, `${blocks.join("\n\n")}\n`);
const papers = (...blocks: readonly string[]) => papersOf(items(...blocks));
const kinds = (...blocks: readonly string[]) =>
  items(...blocks).map((item) => (item.kind === "furniture" ? item.name : item.kind));
const HEADING = `### [${TITLE}](${page(ID)})`;
const OTHER_HEADING = `### [${OTHER_TITLE}](${page(OTHER_ID)})`;

describe("a title", () => {
  test.each([
    ["among known pieces", `23 · [${TITLE}](/papers/${ID}) · 12 authors`, TITLE],
    ["in a numbered heading", `### 1. [${TITLE}](/papers/${ID})`, TITLE],
    ["that only ends in the link", `### On Owls: [A Study](/papers/${ID})`, "On Owls: A Study"],
    ["in a list, with words behind it", `- [${TITLE}](/papers/${ID}) by Ada Quill`, TITLE],
    ["that reads like a label, in a heading", `### [3 Authors](/papers/${ID})`, "3 Authors"],
  ])("%s is a link to a paper", (_where, block, title) => {
    expect(papers(block)).toMatchObject([{ title, facts: { arxiv_id: ID, url: page(ID) } }]);
  });

  test("is no link to a paper in running text, and no other heading", () => {
    expect(
      kinds(`Read [${TITLE}](/papers/${ID}) before you go.`, "## Trending", "### [Owls](/owls)"),
    ).toEqual(["navigation", "navigation", "navigation"]);
  });

  test("that is linked again in its card is one paper; its heading says it best", () => {
    expect(
      kinds(`[![](/a.png)](/papers/${ID})`, HEADING, `[Comments of ${TITLE}](/papers/${ID})`, ABSTRACT),
    ).toEqual(["paper_link", "paper", "paper_link"]);
    expect(papers(`[a thumbnail](/papers/${ID})`, HEADING, ABSTRACT)).toMatchObject([
      { title: TITLE, abstract: ABSTRACT, lineStart: 1 },
    ]);
  });

  test("of a heading inside a link around its card is not replaced by another heading", () => {
    expect(
      papers(`[\n\n### ${TITLE}\n\n3 authors\n\n](/papers/${ID})`, `### [Read on](/papers/${ID})`),
    ).toMatchObject([{ title: TITLE }]);
  });

  test("several in one line are several papers", () => {
    expect(papers(`[${TITLE}](/papers/${ID}) [${OTHER_TITLE}](/papers/${OTHER_ID})`)).toHaveLength(2);
  });
});

describe("an abstract", () => {
  test("of several paragraphs is joined, with an issue; short lines between them do not count", () => {
    expect(papers(HEADING, ABSTRACT, "Example Lab", OTHER_ABSTRACT)).toMatchObject([
      { abstract: `${ABSTRACT} ${OTHER_ABSTRACT}`, issues: ["abstract_joined"], lineEnd: 7 },
    ]);
    expect(kinds(HEADING, ABSTRACT, "Example Lab")).toEqual(["paper", "card_line"]);
  });

  test("goes on in a long sentence, not in a short one", () => {
    const sentence = `${"We count owls ".repeat(7).trim()}.`;
    expect(papers(HEADING, ABSTRACT, sentence, "It is so.")).toMatchObject([
      { abstract: `${ABSTRACT} ${sentence}` },
    ]);
  });

  test("may be short, cut off, linked, or end in an address of its own paragraph", () => {
    expect(papers(HEADING, "It is so.")).toMatchObject([{ abstract: "It is so." }]);
    expect(papers(HEADING, "We count owls ".repeat(7).trim())).toMatchObject([
      { abstract: "We count owls ".repeat(7).trim() },
    ]);
    expect(papers(HEADING, `[${ABSTRACT} ${OTHER_ABSTRACT}](/papers/${ID})`)).toMatchObject([
      { abstract: `${ABSTRACT} ${OTHER_ABSTRACT}` },
    ]);
    expect(papers(HEADING, ABSTRACT, "Code: [here](https://github.com/a/b)")).toMatchObject([
      { abstract: `${ABSTRACT} Code: here (https://github.com/a/b)` },
    ]);
  });

  test("that is missing is an issue, and the next paper keeps its own", () => {
    expect(papers(HEADING, OTHER_HEADING, OTHER_ABSTRACT)).toMatchObject([
      { title: TITLE, abstract: null, issues: ["abstract_missing"] },
      { title: OTHER_TITLE, abstract: OTHER_ABSTRACT, issues: [] },
    ]);
  });

  test("without a title, before the list or behind a heading, is a reject that keeps its text", () => {
    expect(items(ABSTRACT)).toEqual([
      { kind: "reject", reason: "title_missing", text: ABSTRACT, lineStart: 1, lineEnd: 1 },
    ]);
    expect(kinds(HEADING, "## More", ABSTRACT)).toEqual(["paper", "navigation", "reject"]);
    expect(kinds(HEADING, "## [More](/more)", ABSTRACT)).toEqual(["paper", "navigation", "reject"]);
  });

  test("is not taken from behind the next paper's thumbnail", () => {
    expect(kinds(HEADING, `[](/papers/${OTHER_ID})`, ABSTRACT)).toEqual(["paper", "paper_link", "reject"]);
  });
});

describe("what a card says", () => {
  test("is of the paper that was linked last, also before its title", () => {
    const thumbnail = `[](/papers/${OTHER_ID})`;
    expect(
      papers(
        HEADING,
        "Upvote 4",
        ABSTRACT,
        thumbnail,
        "Upvote 9",
        OTHER_HEADING,
        `[2](/papers/${OTHER_ID}#community)`,
      ),
    ).toMatchObject([
      { facts: { arxiv_id: ID, upvotes: 4 } },
      { facts: { arxiv_id: OTHER_ID, upvotes: 9, comments: 2 } },
    ]);
  });

  test("is nobody's before any paper, and a bare number counts nothing", () => {
    expect(papers("Upvote 4", "17", HEADING, "23")[0]?.facts).toEqual({ arxiv_id: ID, url: page(ID) });
  });

  test("once is not said otherwise by what follows", () => {
    expect(papers(HEADING, "Upvote 4", "Upvote 9")[0]?.facts.upvotes).toBe(4);
  });

  test("in one line is of the kind that says most", () => {
    expect(kinds("![](/a.png) 23 · 12 authors", HEADING)).toEqual(["authors_count", "paper"]);
  });

  test("names each stated link once", () => {
    const github = "[GitHub 1.2k](https://github.com/a/b)";
    expect(papers(HEADING, github, github)[0]?.facts.links).toEqual([
      { url: "https://github.com/a/b", rule: "stated_by_site" },
    ]);
  });
});

describe("around the cards", () => {
  test("a reader's header and a day stand over the list, in headings or not", () => {
    expect(kinds("Title: Owls", "URL Source: https://a.bc", "## Mar 14", HEADING)).toEqual([
      "reader_header",
      "reader_header",
      "day",
      "paper",
    ]);
    expect(papers("## Daily Papers Mar 14, 2025", HEADING)[0]?.capturedLabel).toBe("Mar 14, 2025");
  });

  test("the byline is known though a link stands in it", () => {
    expect(kinds("by [AK](/akhaliq) and the research community")).toEqual(["byline"]);
  });

  test("furniture without end does not stay in memory", () => {
    const text = `${HEADING}\n\n${"* * *\n\n".repeat(600)}`;
    const reader = markdownInline.open();
    expect([...reader.write(text)].length).toBeGreaterThan(500);
  });
});
