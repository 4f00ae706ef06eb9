import fc from "fast-check";
import { expect } from "vitest";
import type { Item } from "../../pipeline/1-parse/layout.ts";
import { anyListing, ownersOf, wordsAt, wordsOf } from "./layouts.ts";

/** What every layout's reader keeps to, whatever it is given. */

type Read = (...pieces: readonly string[]) => Item[];
/** A text, and the same text in pieces. */
type Cuts = fc.Arbitrary<readonly [string, readonly string[]]>;

/** The same items are read, into whatever pieces a text is cut. */
export function expectSameInAnyPieces(read: Read, cuts: Cuts, numRuns: number): void {
  fc.assert(
    fc.property(cuts, ([text, pieces]) => {
      expect(read(...pieces)).toEqual(read(text));
    }),
    { numRuns },
  );
}

/** Every line that is not blank belongs to an item, and items are in order. */
export function expectEachLineOwned(read: Read, cuts: Cuts, numRuns: number): void {
  fc.assert(
    fc.property(cuts, ([text]) => {
      const items = read(text);
      for (const { number, owners } of ownersOf(text, items))
        expect(owners.length, `line ${number}`).toBeGreaterThan(0);
      expect(items).toEqual(items.toSorted((a, b) => a.lineStart - b.lineStart));
    }),
    { numRuns },
  );
}

/** An item of a listing in plain text says what its lines say, the button left out. */
export function expectNoWordLost(read: Read, numRuns: number): void {
  fc.assert(
    fc.property(anyListing, (text) => {
      const items = read(text);
      for (const item of items)
        expect(wordsOf(item) ?? wordsAt(text, item, items)).toBe(wordsAt(text, item, items));
    }),
    { numRuns },
  );
}
