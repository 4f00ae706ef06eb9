import fc from "fast-check";
import { expect, test } from "vitest";
import { NameTable } from "../../pipeline/3-enrich/name-table.ts";

const anyName = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "/", "é"), maxLength: 4 });

test("a table has every name once, whatever its case, in its first spelling, with its uses", () => {
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 300, size: "max" }), (all) => {
      const table = new NameTable();
      for (const spelled of all) table.add(spelled);
      const expected = Map.groupBy(all, (spelled) => spelled.toLowerCase());
      expect(table.length).toBe(expected.size);
      for (const [key, spellings] of expected) {
        const name = table.find(key.toUpperCase());
        expect([table.key(name), table.spelled(name)]).toEqual([key, spellings.toSorted()[0]]);
        expect(table.timesOf(name)).toBe(spellings.length);
      }
      expect(table.find("another")).toBe(-1);
    }),
  );
});

test("it grows with its names, and tells thousands apart", () => {
  const table = new NameTable();
  const names = Array.from({ length: 10_000 }, (_, i) => `github.com/Lab/code-${i}`);
  for (const name of names) table.add(name);
  expect(names.map((name) => table.find(name))).toEqual([...names.keys()]);
  expect(table.compare(1, 2)).toBeLessThan(0);
  expect(table.compare(2, 10)).toBeGreaterThan(0);
});
