import { describe, expect, test } from "vitest";
import { BlockPairing } from "../../pipeline/1-parse/pair-blocks.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, paperOf as paper, TITLE } from "./layouts.ts";

describe("a capture that breaks off", () => {
  const LONG = `${ABSTRACT} ${OTHER_ABSTRACT}`;
  function cutOff(isInLine: boolean, ...texts: readonly string[]) {
    const pairing = new BlockPairing();
    const place = { lineStart: 1, lineEnd: 1 };
    return [
      ...texts.flatMap((text) => [...pairing.take({ text, ...place })]),
      ...pairing.endOfCapture(isInLine),
    ];
  }

  test("within an abstract keeps the paper and says so, however little of it is there", () => {
    for (const length of [20, 90, 350]) {
      const abstract = LONG.slice(0, length);
      expect(cutOff(true, TITLE, abstract)).toEqual([paper(TITLE, abstract, { issues: ["capture_cut"] })]);
    }
  });

  test("may have a line end behind what is left of an abstract", () => {
    expect(cutOff(false, TITLE, LONG.slice(0, 350))).toEqual([
      paper(TITLE, LONG.slice(0, 350), { issues: ["capture_cut"] }),
    ]);
  });

  test("within a title keeps the paper and says so, however short it is", () => {
    expect(cutOff(true, "Listening for Ow")).toEqual([
      paper("Listening for Ow", null, { issues: ["abstract_missing", "capture_cut"] }),
    ]);
  });

  test("did not, where its last abstract ends as a sentence or in an address", () => {
    for (const abstract of [ABSTRACT, `${ABSTRACT.slice(0, -1)}: https://ada.github.io/stones`])
      expect(cutOff(true, TITLE, abstract)).toEqual([paper(TITLE, abstract, { issues: [] })]);
  });

  test("is told of its last paper only", () => {
    expect(cutOff(true, TITLE, LONG.slice(0, 350), OTHER_TITLE, OTHER_ABSTRACT)).toEqual([
      paper(TITLE, LONG.slice(0, 350), { issues: [] }),
      paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
    ]);
  });
});

describe("wrapped lines in which a title runs into its abstract", () => {
  const lines = [
    "Counting River Stones With Patient Drones",
    "A drone that hovers over a river bed sees every stone on it. We let four drones",
    "hover for a year and count what they see. Most stones stay where they are, and",
    "some of them do not.",
  ];
  const block = { text: lines.join(" "), lines, lineStart: 1, lineEnd: 4 };

  test("make a paper, with an issue", () => {
    const pairing = new BlockPairing();
    expect([...pairing.take(block), ...pairing.endOfCapture(false)]).toEqual([
      paper(TITLE, ABSTRACT, { issues: ["title_guessed"], lineStart: 1, lineEnd: 4 }),
    ]);
  });

  test("make one after another", () => {
    const pairing = new BlockPairing();
    const items = [...pairing.take(block), ...pairing.take(block), ...pairing.endOfCapture(false)];
    expect(items).toEqual([paper(TITLE, ABSTRACT), paper(TITLE, ABSTRACT)]);
  });

  test("are not looked for in an abstract's next paragraph, whose lines are full", () => {
    const [, ...paragraph] = lines;
    const next = { text: paragraph.join(" "), lines: paragraph, lineStart: 5, lineEnd: 7 };
    const pairing = new BlockPairing();
    const place = { lineStart: 1, lineEnd: 1 };
    const taken = [{ text: TITLE, ...place }, { text: OTHER_ABSTRACT, ...place }, next];
    const items = [...taken.flatMap((each) => [...pairing.take(each)]), ...pairing.endOfCapture(false)];
    expect(items).toEqual([paper(TITLE, `${OTHER_ABSTRACT} ${next.text}`, { issues: ["abstract_joined"] })]);
  });
});

test("an abstract keeps its points, and what follows them", () => {
  const points = [
    "We make three points:",
    "1) a new drone",
    "2) a count of stones",
    "All is at https://ada.github.io.",
  ];
  const pairing = new BlockPairing();
  const items = [TITLE, ABSTRACT, ...points, OTHER_TITLE, OTHER_ABSTRACT].flatMap((text, at) => [
    ...pairing.take({ text, lineStart: at, lineEnd: at }),
  ]);
  expect([...items, ...pairing.endOfCapture(false)]).toEqual([
    paper(TITLE, [ABSTRACT, ...points].join(" "), { issues: ["abstract_joined"] }),
    paper(OTHER_TITLE, OTHER_ABSTRACT, { issues: [] }),
  ]);
});
