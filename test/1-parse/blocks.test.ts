import { describe, expect, test } from "vitest";
import {
  areWrapped,
  blockLook,
  endsAsSentence,
  isNameList,
  lineBlocks,
  splitTitle,
} from "../../pipeline/1-parse/blocks.ts";
import { ABSTRACT, TITLE } from "./layouts.ts";

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
    ["either", "word ".repeat(61).trim(), "either"],
    ["an abstract", `${"word ".repeat(61).trim()}.`, "abstract"],
    ["an abstract", "word ".repeat(121).trim(), "abstract"],
    ["either", `${"one sentence without any stop inside ".repeat(6).trim()}.`, "either"],
  ])("%s: %j", (_words, text, look) => {
    expect(blockLook(text)).toBe(look);
  });
});

describe("a text ends as a sentence does", () => {
  test.each([
    "So it is.",
    "Is it?",
    "It is!”",
    "He said (so it is.)",
    "これは石です。",
    "See https://ada.github.io/stones",
  ])("where it does: %s", (text) => {
    expect(endsAsSentence(text)).toBe(true);
  });

  test.each(["So it is", "So it is,", "", "https://ada.github.io/stones has them"])(
    "and not in %j",
    (text) => {
      expect(endsAsSentence(text)).toBe(false);
    },
  );
});

test.each(["Ada Quill, Jan Reed", "Ada Quill and Jan van der Reed", "A. B. Quill, Jan Reed, and Eve Stein"])(
  "names stand in a row: %s",
  (text) => {
    expect(isNameList(text)).toBe(true);
  },
);

test.each([
  "Counting Stones, Drones and Owls",
  "Ada Quill",
  "Stones, Drones, etc.",
  "Learning to Count, Again",
])("a title is no row of names: %s", (text) => {
  expect(isNameList(text)).toBe(false);
});

test("a line with the page's button before its title makes two blocks", () => {
  expect(lineBlocks({ text: `Subscribe${TITLE}`, number: 7 })).toEqual([
    { text: "Subscribe", lineStart: 7, lineEnd: 7 },
    { text: TITLE, lineStart: 7, lineEnd: 7, issues: ["title_cut_from_header"] },
  ]);
  expect(lineBlocks({ text: TITLE, number: 7 })).toEqual([{ text: TITLE, lineStart: 7, lineEnd: 7 }]);
});

test("lines are wrapped when none is longer than terminals and mail are wide", () => {
  expect(areWrapped(["a".repeat(200), "b"])).toBe(true);
  expect(areWrapped(["b", "a".repeat(201)])).toBe(false);
});

describe("a title that runs into its abstract", () => {
  const block = (...lines: readonly string[]) => ({
    text: lines.join(" "),
    lines,
    lineStart: 3,
    lineEnd: 2 + lines.length,
  });
  const FULL = "We let four drones hover above a river for a year and we count what they see in it,";
  const REST = [
    "and most stones stay where they are. Some of them do not, and some come back when",
    "the year ends.",
  ];

  test("ends at the line that has room for the next word", () => {
    expect(
      splitTitle(
        block(
          "Counting Stones With a Very Long Title That Goes Over One Line and Then a",
          "Second",
          FULL,
          ...REST,
        ),
        false,
      ),
    ).toEqual({
      title: {
        text: "Counting Stones With a Very Long Title That Goes Over One Line and Then a Second",
        lineStart: 3,
        lineEnd: 4,
        issues: ["title_guessed"],
      },
      abstract: { text: [FULL, ...REST].join(" "), lineStart: 5, lineEnd: 7 },
    });
  });

  const full = "Counting Stones With a Title That Happens to Be as Long as the Lines Are at a River";

  test("that is as long as the lines are ends before a line that begins as a sentence, if that may be guessed", () => {
    expect(splitTitle(block(full, FULL, ...REST), true)?.title.text).toBe(full);
    expect(splitTitle(block(full, FULL, ...REST), false)).toBeNull();
  });

  test("does not end within a phrase", () => {
    const open = "Counting Stones With a Title That Happens to Be as Long as the Lines and Ends With a";
    expect(
      splitTitle(
        block(
          open,
          "Patient Drone From the Very First to the Very Last of Them, Over and Over Once More",
          FULL,
          ...REST,
        ),
        true,
      )?.title.lineEnd,
    ).toBe(3 + 1);
  });

  test("is not there in a text that stood on one line", () => {
    expect(splitTitle({ text: ABSTRACT, lineStart: 1, lineEnd: 1 }, true)).toBeNull();
    expect(splitTitle(block(ABSTRACT), true)).toBeNull();
  });
});
