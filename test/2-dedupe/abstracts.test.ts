import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abstractSet } from "../../pipeline/2-dedupe/abstracts.ts";
import { containedNumbers } from "../../pipeline/2-dedupe/number-sets.ts";
import { hashText } from "../../pipeline/2-dedupe/store/hash.ts";
import { containment, wordsOf } from "../../pipeline/2-dedupe/text-forms.ts";

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
        expect(abstractSet(abstract)).toEqual(expected);
      }),
    );
  });

  test("are nearly as alike as the words themselves", () => {
    fc.assert(
      fc.property(text(word).map(joined), text(word).map(joined), (one, other) => {
        const [a, b] = [abstractSet(one), abstractSet(other)];
        if (a === null || b === null) return;
        const exact = containment(new Set(wordsOf(one)), new Set(wordsOf(other)));
        expect(Math.abs(containedNumbers(a, b) - exact)).toBeLessThan(0.2);
      }),
    );
  });

  test("are none where there are too few, and no more than four hundred", () => {
    expect(abstractSet(null)).toBeNull();
    expect(abstractSet("We count river stones.")).toBeNull();
    const long = Array.from({ length: 3_000 }, (_, at) => `word${at}`).join(" ");
    expect(abstractSet(long)?.length).toBe(400);
    // what came before leaves nothing behind
    expect(abstractSet("one two three four five six seven")?.length).toBe(7);
  });
});
