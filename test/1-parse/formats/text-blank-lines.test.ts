import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textBlankLines } from "../../../pipeline/1-parse/formats/text-blank-lines.ts";
import { gluedButton } from "../../../pipeline/1-parse/furniture.ts";
import { LONGEST_LINE } from "../../../pipeline/1-parse/lines.ts";
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

const readText = (...pieces: readonly string[]) => read(textBlankLines, ...pieces);

describe("a listing with blank lines", () => {
  test("is read as furniture and papers with their lines", () => {
    const text = `new\n\nSubscribe\n\nMar 14\n\n${TITLE}\n\n${ABSTRACT}\n\n${OTHER_TITLE}\n\n${OTHER_ABSTRACT}\n`;
    const paper = { kind: "paper", facts: {}, capturedLabel: "Mar 14", issues: [] };
    expect(readText(text)).toEqual([
      { kind: "furniture", name: "badge", lineStart: 1, lineEnd: 1 },
      { kind: "furniture", name: "subscribe_button", lineStart: 3, lineEnd: 3 },
      { kind: "furniture", name: "day", lineStart: 5, lineEnd: 5 },
      { ...paper, title: TITLE, abstract: ABSTRACT, lineStart: 7, lineEnd: 9 },
      { ...paper, title: OTHER_TITLE, abstract: OTHER_ABSTRACT, lineStart: 11, lineEnd: 13 },
    ]);
  });

  test("may have its text wrapped: lines without a blank one between them are one block", () => {
    const wrapped = ABSTRACT.replaceAll(". ", ".\n");
    expect(readText(`Counting River Stones\n  With Patient Drones\n\n${wrapped}\n`)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: ABSTRACT, lineStart: 1, lineEnd: 6 }),
    ]);
  });

  test("may have several blank lines, lines of white space, and Windows line ends", () => {
    const text = `\r\n\r\n${TITLE}\r\n \t \r\n\r\n\u00a0\r\n${ABSTRACT}\r\n\r\n`;
    expect(readText(text)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: ABSTRACT, lineStart: 3, lineEnd: 7 }),
    ]);
  });

  test("may hold another capture of bare lines, its button and long lines apart", () => {
    const long = `${ABSTRACT} ${OTHER_ABSTRACT}`;
    const bare = `Get trending papers in your email inbox!\nSubscribe${OTHER_TITLE}\n${long}\n`;
    expect(readText(`${TITLE}\n\n${ABSTRACT}\n\n${bare}${TITLE}\n${long}\n`)).toEqual([
      expect.objectContaining({ title: TITLE, abstract: ABSTRACT, lineStart: 1, lineEnd: 3 }),
      { kind: "furniture", name: "mail_invitation", lineStart: 5, lineEnd: 5 },
      { kind: "furniture", name: "subscribe_button", lineStart: 6, lineEnd: 6 },
      expect.objectContaining({ title: OTHER_TITLE, abstract: long, issues: ["title_cut_from_header"] }),
      expect.objectContaining({ title: TITLE, abstract: long, lineStart: 8, lineEnd: 9 }),
    ]);
  });

  test("may have another capture right behind it, without a blank line", () => {
    const next = `new\n\nSubscribe\n\n${OTHER_TITLE}\n\n${OTHER_ABSTRACT}\n`;
    expect(readText(`${TITLE}\n\n${ABSTRACT}\n${next}`)).toMatchObject([
      { title: TITLE, abstract: ABSTRACT },
      { name: "badge", lineStart: 4 },
      { name: "subscribe_button" },
      { title: OTHER_TITLE },
    ]);
  });

  test("may have the parts of a card around wrapped lines", () => {
    const text = `12\nCounting River Stones\nWith Patient Drones\n·\n3 authors\n\n${ABSTRACT.replaceAll(". ", ".\n")}\n`;
    expect(readText(text)).toMatchObject([
      { name: "votes", lineStart: 1 },
      { title: TITLE, abstract: ABSTRACT, lineStart: 2, lineEnd: 9 },
      { name: "separator", lineStart: 4 },
      { name: "authors_count", lineStart: 5 },
    ]);
  });

  test("may have a menu of lines, and a wrapped title that ends in a word of menus", () => {
    expect(
      readText(`Models\nDatasets\nPricing\n\nCounting River Stones With\nModels\n\n${ABSTRACT}\n`),
    ).toMatchObject([
      { name: "navigation", lineStart: 1 },
      { name: "navigation", lineStart: 2 },
      { name: "navigation", lineStart: 3 },
      { title: "Counting River Stones With Models", abstract: ABSTRACT },
    ]);
  });

  test("passes over a line longer than any text, and reads on behind it", () => {
    const text = `${TITLE}\n\n${ABSTRACT}\n${"a".repeat(LONGEST_LINE + 1)}\n\n${OTHER_TITLE}\n\n${OTHER_ABSTRACT}\n`;
    expect(readText(text).map((item) => (item.kind === "reject" ? item.reason : item.kind))).toEqual([
      "line_too_long",
      "paper",
      "paper",
    ]);
  });

  test("may end in the middle of a line", () => {
    expect(readText(`${TITLE}\n\n${ABSTRACT}\n\nListening for Ow`).at(-1)).toMatchObject({
      title: "Listening for Ow",
      abstract: null,
      lineStart: 5,
    });
  });

  test("holds nothing where it holds white space only", () => {
    expect(readText("")).toEqual([]);
    expect(readText("\n \n\r\n\t")).toEqual([]);
  });
});

describe("of any text", () => {
  test("the same items are read, into whatever pieces it is cut", () => {
    expectSameInAnyPieces(readText, anyCut, 300);
  });

  test("every line that is not blank belongs to exactly one item, and items are in order", () => {
    fc.assert(
      fc.property(anyListing, (text) => {
        const items = readText(text);
        for (const { number, line, owners } of ownersOf(text, items)) {
          const buttons = owners.filter((item) => "name" in item && item.name === "subscribe_button");
          const isGlued = gluedButton(line) > 0 && buttons.length > 0;
          expect(owners, `line ${number}`).toHaveLength(isGlued ? 2 : 1);
        }
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
  test.each(["a\n\nb", "a\r\n\r\nb", "a\n \t\nb", "\na\n\nb\n"])(
    "is recognised by a blank line inside: %j",
    (head) => {
      expect(textBlankLines.recognises(head)).toBe(true);
    },
  );

  test.each(["", "a", "a\nb\nc", "a\r\nb\r\n", "\n\na\nb", "a\nb\n\n"])(
    "is not recognised without one inside: %j",
    (head) => {
      expect(textBlankLines.recognises(head)).toBe(false);
    },
  );
});
