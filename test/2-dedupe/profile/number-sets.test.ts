import fc from "fast-check";
import { expect, test } from "vitest";
import { likenessOfNames } from "../../../pipeline/2-dedupe/profile/name-likeness.ts";
import {
  containedNumbers,
  jaccardOfNumbers,
  sharedNumbers,
  trigrams,
} from "../../../pipeline/2-dedupe/profile/number-sets.ts";
import { containment, jaccard, shared } from "../../../pipeline/2-dedupe/profile/text-forms.ts";

/** Runs of three characters as texts, by the definition. */
function runs(text: string): Set<string> {
  const padded = ` ${text} `;
  return new Set(Array.from({ length: text.length }, (_, at) => padded.slice(at, at + 3)));
}

const text = fc.string({ unit: fc.constantFrom(..."aabbc déö石"), maxLength: 40 });

test("sets as numbers share what sets share", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40)), fc.array(fc.nat(40)), (one, other) => {
      const [a, b] = [new Set(one), new Set(other)];
      const [x, y] = [Int32Array.from(a).sort(), Int32Array.from(b).sort()];
      expect(sharedNumbers(x, y)).toBe(shared(a, b));
      expect(containedNumbers(x, y)).toBe(containment(a, b));
      expect(jaccardOfNumbers(x, y)).toBe(jaccard(a, b));
    }),
  );
});

test("runs of three characters as numbers share what the runs share", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(trigrams(one).length).toBe(runs(one).size);
      expect(sharedNumbers(trigrams(one), trigrams(other))).toBe(shared(runs(one), runs(other)));
    }),
  );
});

test("names are as alike as their runs of three letters, short and long ones", () => {
  const name = fc.string({ unit: fc.constantFrom(..."aabnö"), minLength: 1, maxLength: 45 });
  fc.assert(
    fc.property(name, name, (one, other) => {
      const [a, b] = [runs(one), runs(other)];
      expect(likenessOfNames(one, other)).toBe((2 * shared(a, b)) / (a.size + b.size));
    }),
  );
});
