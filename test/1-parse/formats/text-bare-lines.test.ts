import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textBareLines } from "../../../pipeline/1-parse/formats/text-bare-lines.ts";
import { gluedButton } from "../../../pipeline/1-parse/furniture.ts";
import { expectNoWordLost, expectSameInAnyPieces } from "../layout-laws.ts";
import {
  ABSTRACT,
  anyCut,
  anyListing,
  OTHER_ABSTRACT,
  OTHER_TITLE,
  ownersOf,
  read,
  TITLE,
} from "../layouts.ts";

const readText = (...pieces: readonly string[]) => read(textBareLines, ...pieces);

describe("a listing of bare lines", () => {
  test("is read line by line, the button that runs into the first title apart", () => {
    const text = `Get trending papers in your email inbox!\nSubscribe${TITLE}\n${ABSTRACT}\n${OTHER_TITLE}\n${OTHER_ABSTRACT}\n`;
    const paper = { kind: "paper", facts: {}, capturedLabel: null };
    expect(readText(text)).toEqual([
      { kind: "furniture", name: "mail_invitation", lineStart: 1, lineEnd: 1 },
      { kind: "furniture", name: "subscribe_button", lineStart: 2, lineEnd: 2 },
      {
        ...paper,
        title: TITLE,
        abstract: ABSTRACT,
        issues: ["title_cut_from_header"],
        lineStart: 2,
        lineEnd: 3,
      },
      { ...paper, title: OTHER_TITLE, abstract: OTHER_ABSTRACT, issues: [], lineStart: 4, lineEnd: 5 },
    ]);
  });

  test("keeps a title that only begins like the button whole, without an issue", () => {
    expect(readText(`Subscriber churn in river clubs\n${ABSTRACT}\n`)).toEqual([
      expect.objectContaining({ title: "Subscriber churn in river clubs", issues: [] }),
    ]);
  });

  test("may have Windows line ends, white space around its lines, and no line end at its end", () => {
    expect(readText(`  ${TITLE}\t\r\n ${ABSTRACT}`)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: ABSTRACT, lineStart: 1, lineEnd: 2 }),
    ]);
  });

  test("counts blank lines and takes nothing from them", () => {
    expect(readText(`\n${TITLE}\n\n\n${ABSTRACT}\n`)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: ABSTRACT, lineStart: 2, lineEnd: 5 }),
    ]);
  });

  test("keeps the next paper in step where an abstract is missing", () => {
    expect(readText(`${TITLE}\n${OTHER_TITLE}\n${OTHER_ABSTRACT}\n`)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: null, issues: ["abstract_missing"] }),
      expect.objectContaining({ title: OTHER_TITLE, abstract: OTHER_ABSTRACT, issues: [] }),
    ]);
  });
});

describe("of any text", () => {
  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readText, anyCut, 300);
  });

  test("every line that is not blank belongs to exactly one item, and a button's line to the title as well", () => {
    fc.assert(
      fc.property(anyListing, (text) => {
        const items = readText(text);
        for (const { number, line, owners } of ownersOf(text, items))
          expect(owners, `line ${number}`).toHaveLength(gluedButton(line) === 0 ? 1 : 2);
        expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
      }),
      { numRuns: 300 },
    );
  });

  test("no word is lost, added or moved: an item says what its lines say, the button left out", () => {
    expectNoWordLost(readText, 300);
  });
});

describe("the layout", () => {
  test.each(["a\nb\nc", "a\r\nb\r\n", "a", "\n\na\nb", "a\nb\n \n"])(
    "is recognised where no line inside is blank: %j",
    (head) => {
      expect(textBareLines.recognises(head)).toBe(true);
    },
  );

  test.each(["a\n\nb", "a\r\n\t\r\nb"])("is not recognised where one is: %j", (head) => {
    expect(textBareLines.recognises(head)).toBe(false);
  });
});
