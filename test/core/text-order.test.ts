import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderOfTexts } from "../../pipeline/core/text-order.ts";

const orderOf = (texts: readonly string[]) => [...orderOfTexts(texts.length, (at) => texts[at] ?? "")];

/** By UTF-16 units as JavaScript compares texts, those of one text as they stand. */
const sorted = (texts: readonly string[]) =>
  [...texts.keys()].sort((x, y) => {
    const [a = "", b = ""] = [texts[x], texts[y]];
    return a < b ? -1 : a > b ? 1 : x - y;
  });

describe("the order of texts", () => {
  test("is that of their UTF-16 units, and of one text that in which they stand", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 }),
      fc.string({ unit: fc.constantFrom("a", "\0", "\ud83e", "\udea8", "\uffff"), maxLength: 12 }),
      fc.constantFrom("", "m_", "m_0"),
      fc
        .tuple(fc.constantFrom("x", "y", ""), fc.string({ maxLength: 2 }))
        .map(([begin, end]) => begin.repeat(50) + end),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        expect(orderOf(texts)).toEqual(sorted(texts));
      }),
      { numRuns: 300 },
    );
  });

  test("is told by what stands behind a long beginning that all have", () => {
    const begin = "the same beginning ".repeat(10);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 }), { maxLength: 20 }), (ends) => {
        const texts = ends.map((end) => begin + end);
        expect(orderOf(texts)).toEqual(sorted(texts));
      }),
    );
  });

  test("is right where every unit of 16 bits is among thousands of texts", () => {
    const texts = Array.from(
      { length: 9_000 },
      (_, at) => String.fromCharCode((at * 7_919) % 65_000) + String.fromCharCode((at * 31) % 65_000) + at,
    );
    expect(orderOf(texts)).toEqual(sorted(texts));
  });

  test("is right for ids", () => {
    const id = fc.string({ unit: fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz"), minLength: 16 });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 200 }), (ids) => {
        const texts = ids.map((text) => `p_${text}`);
        expect(orderOf(texts)).toEqual(sorted(texts));
      }),
    );
  });

  test("of one text and of none is theirs", () => {
    expect(orderOf([])).toEqual([]);
    expect(orderOf([""])).toEqual([0]);
    expect(orderOf(["stone", "stone", "stone"])).toEqual([0, 1, 2]);
  });
});
