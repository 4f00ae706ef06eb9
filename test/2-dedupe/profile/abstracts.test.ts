import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abstractWords } from "../../../pipeline/2-dedupe/profile/abstracts.ts";
import { containedNumbers } from "../../../pipeline/2-dedupe/profile/number-sets.ts";
import { containment, wordsOf } from "../../../pipeline/2-dedupe/profile/text-forms.ts";
import { hashText } from "../../../pipeline/2-dedupe/store/hash.ts";

const setOf = (abstract: string | null) => abstractWords(abstract)?.words ?? null;
const openingOf = (abstract: string) => abstractWords(abstract)?.opening ?? null;

const word = fc.string({ unit: fc.constantFrom(..."abcdefgXYZ019"), minLength: 1, maxLength: 6 });
const mark = fc.constantFrom(" ", ", ", " – ", "\n", " (", "’", "... ");
const text = (odd: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: word }, odd), mark), { minLength: 8, maxLength: 80 });
const joined = (parts: readonly (readonly [string, string])[]) => parts.flat().join("");

describe("the words of an abstract as numbers", () => {
  test("are those of its folded words, in ASCII and in other scripts", () => {
    const odd = fc.constantFrom("é", "Ö", "ﬁ", "石川県", "²", "i\u0307");
    fc.assert(
      fc.property(fc.oneof(text(word), text(odd)).map(joined), (abstract) => {
        const numbers = new Set(wordsOf(abstract).map((one) => hashText(one) >>> 16));
        const expected = numbers.size < 6 ? null : Uint16Array.from(numbers).sort();
        expect(setOf(abstract)).toEqual(expected);
      }),
    );
  });

  test("are nearly as alike as the words themselves", () => {
    fc.assert(
      fc.property(text(word).map(joined), text(word).map(joined), (one, other) => {
        const [a, b] = [setOf(one), setOf(other)];
        if (a === null || b === null) return;
        const exact = containment(new Set(wordsOf(one)), new Set(wordsOf(other)));
        expect(Math.abs(containedNumbers(a, b) - exact)).toBeLessThan(0.2);
      }),
    );
  });

  test("are none where there are too few, and no more than four hundred", () => {
    expect(setOf(null)).toBeNull();
    expect(setOf("We count river stones.")).toBeNull();
    const long = Array.from({ length: 3_000 }, (_, at) => `word${at}`).join(" ");
    expect(setOf(long)?.length).toBe(400);
    // what came before leaves nothing behind
    expect(setOf("one two three four five six seven")?.length).toBe(7);
  });
});

describe("the opening of an abstract", () => {
  const WHOLE = "A drone that hovers over a river bed sees every stone on it, and we count them all.";

  test("is one number for a text and its beginning, however they are written", () => {
    expect(openingOf(WHOLE)).not.toBeNull();
    expect(openingOf("A drone that hovers over a river bed sees every ...")).toBe(openingOf(WHOLE));
    expect(openingOf(WHOLE.toUpperCase().replaceAll(" ", "\n"))).toBe(openingOf(WHOLE));
    expect(openingOf(`Abstract: ${WHOLE}`)).toBe(openingOf(WHOLE));
  });

  test("is another one where one of the first ten words is another, or in another place", () => {
    const words = WHOLE.split(" ");
    for (let at = 0; at < 10; at += 1)
      expect(openingOf(words.with(at, "owl").join(" ")), words[at]).not.toBe(openingOf(WHOLE));
    expect(openingOf(words.with(0, "drone").with(1, "A").join(" "))).not.toBe(openingOf(WHOLE));
    expect(openingOf(words.with(10, "owl").join(" "))).toBe(openingOf(WHOLE));
  });
});
