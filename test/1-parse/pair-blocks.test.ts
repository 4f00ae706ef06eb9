import { describe, expect, test } from "vitest";
import { type Block, BlockPairing, blockLook } from "../../pipeline/1-parse/pair-blocks.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, TITLE } from "./layouts.ts";

/** The items that blocks make, each block on a line of its own: 1, 3, 5 and so on. */
function pair(...texts: readonly (string | Pick<Block, "text" | "issues">)[]) {
  const pairing = new BlockPairing();
  const items = texts.flatMap((each, at) => {
    const place = { lineStart: at * 2 + 1, lineEnd: at * 2 + 1 };
    return [...pairing.take({ ...(typeof each === "string" ? { text: each } : each), ...place })];
  });
  return [...items, ...pairing.end()];
}

const paper = (title: string, abstract: string | null, more: object = {}) =>
  expect.objectContaining({ kind: "paper", title, abstract, ...more });

describe("a block looks like", () => {
  test.each([
    ["a title", TITLE, "title"],
    ["a title", "Stonenet: counting, sorting and naming (a survey)", "title"],
    ["a title", `${"A Very Long Title of Many Words ".repeat(8)}at the River`, "title"],
    ["a title", "Do Drones Dream of River Stones?", "title"],
    ["either", "Stones, Drones, etc.", "either"],
    ["a title", 'Why Count at All?"', "title"],
    ["either", "Look at https://ada.github.io/stones", "either"],
    ["either", "Counting is slow…", "either"],
    ["an abstract", ABSTRACT, "abstract"],
    ["an abstract", "word ".repeat(61).trim(), "abstract"],
    ["either", `${"one sentence without any stop inside ".repeat(6).trim()}.`, "either"],
  ])("%s: %j", (_words, text, look) => {
    expect(blockLook(text)).toBe(look);
  });
});

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
    expect([...pairing.end()]).toEqual([paper(TITLE, ABSTRACT)]);
    expect([...pairing.end()]).toEqual([]);
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
    expect(pair(TITLE, OTHER_TITLE, "Third Title")).toEqual([
      paper(TITLE, null),
      paper(OTHER_TITLE, null),
      paper("Third Title", null),
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

  test("that is a day is the day of every paper after it, up to the next day", () => {
    const items = pair(
      "Third Title",
      "Mar 14",
      TITLE,
      ABSTRACT,
      "new",
      OTHER_TITLE,
      "Mar 13",
      "Fourth Title",
    );
    expect(items.filter((item) => item.kind === "paper")).toEqual([
      paper("Third Title", null, { capturedLabel: null }),
      paper(TITLE, ABSTRACT, { capturedLabel: "Mar 14" }),
      paper(OTHER_TITLE, null, { capturedLabel: "Mar 14" }),
      paper("Fourth Title", null, { capturedLabel: "Mar 13" }),
    ]);
  });
});

test("a title's own issues stay with its paper", () => {
  expect(pair({ text: TITLE, issues: ["title_cut_from_header"] }, OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
    paper(TITLE, null, { issues: ["title_cut_from_header", "abstract_missing"] }),
    paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
  ]);
});
