import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textBlankLines } from "../../../pipeline/1-parse/formats/text-blank-lines.ts";
import {
  ABSTRACT,
  anyCut,
  anyListing,
  OTHER_ABSTRACT,
  OTHER_TITLE,
  ownersOf,
  read,
  TITLE,
  wordsAt,
  wordsOf,
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

  test("does not cut a button off a title: a block of its own stands for the button", () => {
    expect(readText(`SubscribeNet\n\n${ABSTRACT}\n`)).toEqual([
      expect.objectContaining({ title: "SubscribeNet" }),
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
    fc.assert(
      fc.property(anyCut, ([text, pieces]) => {
        expect(readText(...pieces)).toEqual(readText(text));
      }),
      { numRuns: 300 },
    );
  });

  test("every line that is not blank belongs to exactly one item, and items are in order", () => {
    fc.assert(
      fc.property(anyListing, (text) => {
        const items = readText(text);
        for (const { number, owners } of ownersOf(text, items))
          expect(owners, `line ${number}`).toHaveLength(1);
        expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
      }),
      { numRuns: 300 },
    );
  });

  test("no word is lost, added or moved: an item says what its lines say", () => {
    fc.assert(
      fc.property(anyListing, (text) => {
        for (const item of readText(text))
          expect(wordsOf(item) ?? wordsAt(text, item, false)).toBe(wordsAt(text, item, false));
      }),
      { numRuns: 300 },
    );
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
