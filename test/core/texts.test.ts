import fc from "fast-check";
import { expect, test } from "vitest";
import { Texts } from "../../pipeline/core/texts.ts";

const texts = (...all: readonly string[]) => {
  const list = new Texts();
  for (const text of all) list.push(text);
  return list;
};

test("a list of texts has what was added, at the places that it named", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 200 }), { maxLength: 60 }), (all) => {
      const list = new Texts();
      expect(all.map((text) => list.push(text))).toEqual([...all.keys()]);
      expect(list.length).toBe(all.length);
      expect(all.map((_, place) => list.at(place))).toEqual(all);
    }),
  );
});

test("its texts are compared as their letters are", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const order = Math.sign(texts("x", a, b).compare(1, 2));
      expect(order).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
