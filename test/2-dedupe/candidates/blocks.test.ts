import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blocksOf } from "../../../pipeline/2-dedupe/candidates/blocks.ts";

describe("places with one number", () => {
  test("are all those of two and more, and no others, for any numbers of 32 bits", () => {
    const number = fc.oneof(fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)), fc.integer());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
        const found = [...blocksOf(Int32Array.from(numbers))].map((block) => [...block]);
        const expected = [...Map.groupBy(numbers.keys(), (at) => numbers[at])]
          .filter(([number, places]) => number !== 0 && places.length > 1)
          .map(([, places]) => places);
        const inOrder = (groups: number[][]) => groups.sort(([a = 0], [b = 0]) => a - b);
        expect(inOrder(found)).toEqual(inOrder(expected));
      }),
    );
  });

  test("are found in three million places, where some bits are left out", () => {
    const numbers = new Int32Array(3_000_000);
    numbers[5] = -7;
    numbers[2_999_999] = -7;
    numbers[9] = 1 << 20;
    expect([...blocksOf(numbers)].map((block) => [...block])).toEqual([[5, 2_999_999]]);
  });
});
