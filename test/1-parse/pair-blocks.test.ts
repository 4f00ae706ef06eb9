import { describe, expect, test } from "vitest";
import type { Block } from "../../pipeline/1-parse/blocks.ts";
import { BlockPairing } from "../../pipeline/1-parse/pair-blocks.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, paperOf as paper, TITLE } from "./layouts.ts";

/** The items that blocks make, each block on a line of its own: 1, 3, 5 and so on. */
function pair(...texts: readonly (string | Pick<Block, "text" | "issues">)[]) {
  const pairing = new BlockPairing();
  const items = texts.flatMap((each, at) => {
    const place = { lineStart: at * 2 + 1, lineEnd: at * 2 + 1 };
    return [...pairing.take({ ...(typeof each === "string" ? { text: each } : each), ...place })];
  });
  return [...items, ...pairing.endOfCapture(false)];
}

describe("titles and abstracts in turn", () => {
  test("do not take a title that asks for the abstract of a title without one", () => {
    expect(pair(TITLE, "Do Drones Dream of River Stones?", ABSTRACT)).toMatchObject([
      { title: TITLE, abstract: null },
      { title: "Do Drones Dream of River Stones?", abstract: ABSTRACT },
    ]);
  });

  test("take a short last block with an address as the abstract's end", () => {
    expect(pair(TITLE, ABSTRACT, "Code: https://github.com/ada/stones.", OTHER_TITLE)).toMatchObject([
      {
        title: TITLE,
        abstract: `${ABSTRACT} Code: https://github.com/ada/stones.`,
        issues: ["abstract_joined"],
      },
      { title: OTHER_TITLE },
    ]);
  });

  test("make papers, each with the lines of both", () => {
    expect(pair(TITLE, ABSTRACT, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT, { lineStart: 1, lineEnd: 3, issues: [] }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { lineStart: 5, lineEnd: 7, issues: [] }),
    ]);
  });

  test.each(["Do Drones Count Stones?", "Stones, Drones, etc.", "Count!", "Is It “Deep”?"])(
    "may have a title that ends as a sentence does: %s",
    (title) => {
      expect(pair(TITLE, ABSTRACT, title, OTHER_ABSTRACT)).toEqual([
        paper(TITLE, ABSTRACT),
        paper(title, OTHER_ABSTRACT, { issues: [] }),
      ]);
    },
  );

  test("may have an abstract of one short sentence", () => {
    expect(pair(TITLE, "We count stones.", OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, "We count stones."),
      paper(OTHER_TITLE, OTHER_ABSTRACT),
    ]);
  });

  test("may have an abstract that ends in an address", () => {
    const abstract = "We count stones: https://ada.github.io/stones";
    expect(pair(TITLE, abstract)).toEqual([paper(TITLE, abstract, { issues: [] })]);
  });

  test("wait for the end before the last paper is given", () => {
    const pairing = new BlockPairing();
    const place = { lineStart: 1, lineEnd: 1 };
    expect([...pairing.take({ text: TITLE, ...place })]).toEqual([]);
    expect([...pairing.take({ text: ABSTRACT, ...place })]).toEqual([]);
    expect([...pairing.endOfCapture(false)]).toEqual([paper(TITLE, ABSTRACT)]);
    expect([...pairing.endOfCapture(false)]).toEqual([]);
  });
});

describe("an abstract that is missing", () => {
  test("does not shift the papers after it", () => {
    expect(pair(TITLE, OTHER_TITLE, OTHER_ABSTRACT, "Third Title", ABSTRACT)).toEqual([
      paper(TITLE, null, { issues: ["abstract_missing"], lineStart: 1, lineEnd: 1 }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
      paper("Third Title", ABSTRACT, { issues: [] }),
    ]);
  });

  test("several times in a row leaves as many papers without one", () => {
    expect(pair(TITLE, OTHER_TITLE, "A Third Title Entirely")).toEqual([
      paper(TITLE, null),
      paper(OTHER_TITLE, null),
      paper("A Third Title Entirely", null),
    ]);
  });

  test("is not made up for by furniture", () => {
    expect(pair(TITLE, "Mar 14", OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, null, { issues: ["abstract_missing"] }),
      { kind: "furniture", name: "day", lineStart: 3, lineEnd: 3 },
      paper(OTHER_TITLE, OTHER_ABSTRACT),
    ]);
  });
});

describe("an abstract in several blocks", () => {
  test("is joined in order, with an issue, and the next paper is in step", () => {
    expect(pair(TITLE, ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, `${ABSTRACT} ${OTHER_ABSTRACT}`, {
        issues: ["abstract_joined"],
        lineStart: 1,
        lineEnd: 5,
      }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });

  test("ends at furniture: a long block after it has no title", () => {
    expect(pair(TITLE, ABSTRACT, "Mar 14", OTHER_ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT, { issues: [] }),
      expect.objectContaining({ kind: "furniture" }),
      expect.objectContaining({ kind: "reject", reason: "title_missing" }),
    ]);
  });
});

describe("an abstract without a title", () => {
  test("is rejected with its words and its place, and is not given to the next title", () => {
    expect(pair(ABSTRACT, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      { kind: "reject", reason: "title_missing", text: ABSTRACT, lineStart: 1, lineEnd: 1 },
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });

  test("is rejected block by block", () => {
    expect(pair(ABSTRACT, OTHER_ABSTRACT).map((item) => item.kind)).toEqual(["reject", "reject"]);
  });
});

describe("furniture", () => {
  test("between papers is told by its kind, after the paper that it ends", () => {
    expect(pair("new", TITLE, ABSTRACT, "Subscribe", OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      { kind: "furniture", name: "badge", lineStart: 1, lineEnd: 1 },
      paper(TITLE, ABSTRACT),
      { kind: "furniture", name: "subscribe_button", lineStart: 7, lineEnd: 7 },
      paper(OTHER_TITLE, OTHER_ABSTRACT),
    ]);
  });

  test.each(["byAda and the research community", "Get trending papers in your email inbox!"])(
    "of a page's header ends the day of the capture before it: %s",
    (header) => {
      const items = pair("Mar 14", TITLE, ABSTRACT, header, OTHER_TITLE, OTHER_ABSTRACT);
      expect(items.filter((item) => item.kind === "paper")).toEqual([
        paper(TITLE, ABSTRACT, { capturedLabel: "Mar 14" }),
        paper(OTHER_TITLE, OTHER_ABSTRACT, { capturedLabel: null }),
      ]);
    },
  );

  test("within a paper's card neither ends the paper nor becomes its text", () => {
    const card = ["12", "·", "3 authors", "Submitted by", "ada-quill"];
    const items = pair(TITLE, ...card, ABSTRACT, "Upvote 54", "GitHub 1.2k", OTHER_TITLE, OTHER_ABSTRACT);
    expect(items.filter((item) => item.kind === "paper")).toEqual([
      paper(TITLE, ABSTRACT, { issues: [] }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
    const names = items.flatMap((item) => (item.kind === "furniture" ? item.name : []));
    expect(names).toEqual([
      "votes",
      "separator",
      "authors_count",
      "submitter",
      "submitter",
      "votes",
      "card_link",
    ]);
  });

  test("is the name behind the words that somebody submitted it, and no other word", () => {
    const items = pair("Submitted by", "ada-quill", "Stones", TITLE, ABSTRACT);
    expect(items.map((item) => ("name" in item ? item.name : item.kind))).toEqual([
      "submitter",
      "submitter",
      "reject",
      "paper",
    ]);
  });

  test("is a title that stands there twice, once", () => {
    expect(pair(TITLE, TITLE, ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT, { issues: [], lineStart: 1, lineEnd: 5 }),
      { kind: "furniture", name: "title_repeated", lineStart: 3, lineEnd: 3 },
    ]);
  });

  test.each([
    ["authors", "Ada Quill, Jan van Reed, Eve Stein and Otto Fenn"],
    ["organisation", "Institute of River Stones"],
    ["published", "Orchard Labs · Published on Oct 12, 2025"],
    ["published", "· Oct 11, 2025"],
    ["submitter", "· Submitted by Ada Quill on Oct 13"],
    ["card_link", "arxiv:2510.01234"],
    ["votes", "1,234"],
  ])("is %s between a title and its abstract: %s", (name, line) => {
    expect(pair(TITLE, line, ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT, { issues: [] }),
      { kind: "furniture", name, lineStart: 3, lineEnd: 3 },
    ]);
  });

  test("is an organisation between two papers", () => {
    const items = pair(TITLE, ABSTRACT, "River Stone University", OTHER_TITLE, OTHER_ABSTRACT);
    expect(items).toEqual([
      paper(TITLE, ABSTRACT, { issues: [] }),
      { kind: "furniture", name: "organisation", lineStart: 5, lineEnd: 5 },
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });

  test("that is a day is the day of every paper after it, up to the next day", () => {
    const items = pair(
      "A Third Title Entirely",
      "Mar 14",
      TITLE,
      ABSTRACT,
      "new",
      OTHER_TITLE,
      "Mar 13",
      "A Fourth Title Entirely",
    );
    expect(items.filter((item) => item.kind === "paper")).toEqual([
      paper("A Third Title Entirely", null, { capturedLabel: null }),
      paper(TITLE, ABSTRACT, { capturedLabel: "Mar 14" }),
      paper(OTHER_TITLE, null, { capturedLabel: "Mar 14" }),
      paper("A Fourth Title Entirely", null, { capturedLabel: "Mar 13" }),
    ]);
  });
});

describe("a line of a few words without an abstract", () => {
  test.each(["Stones Inside", "My River Feed"])("is rejected, as nobody can tell what it is: %s", (line) => {
    expect(pair(TITLE, ABSTRACT, line, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT),
      { kind: "reject", reason: "block_unplaced", text: line, lineStart: 5, lineEnd: 5 },
      paper(OTHER_TITLE, OTHER_ABSTRACT),
    ]);
  });

  test.each(["Stonenet", "GPT-0", "?"])("is a title all the same where an abstract follows: %s", (title) => {
    expect(pair(title, ABSTRACT)).toEqual([paper(title, ABSTRACT, { issues: [] })]);
  });
});

describe("a sentence after an abstract", () => {
  test("is its next paragraph where a title follows", () => {
    expect(pair(TITLE, ABSTRACT, "We release all stones.", OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, `${ABSTRACT} We release all stones.`, { issues: ["abstract_joined"] }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });

  test("is the next title where an abstract follows, also one with an address", () => {
    const title = "Stonenet Is All of https://ada.github.io/stones";
    expect(pair(TITLE, ABSTRACT, title, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, ABSTRACT, { issues: [] }),
      paper(title, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });

  test("is its last paragraph at the end", () => {
    expect(pair(TITLE, ABSTRACT, "We release all stones.")).toEqual([
      paper(TITLE, `${ABSTRACT} We release all stones.`, { issues: ["abstract_joined"] }),
    ]);
  });
});

describe("a very long title", () => {
  const title = `${"A Very Long Title of Many Words ".repeat(11)}at the River`;
  test("is a title where one is expected", () => {
    expect(title.length).toBeGreaterThan(300);
    expect(pair(title, ABSTRACT, title, OTHER_ABSTRACT)).toEqual([
      paper(title, ABSTRACT, { issues: [] }),
      paper(title, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });
});

test("a title's own issues stay with its paper", () => {
  expect(pair({ text: TITLE, issues: ["title_cut_from_header"] }, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
    paper(TITLE, null, { issues: ["title_cut_from_header", "abstract_missing"] }),
    paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
  ]);
});
