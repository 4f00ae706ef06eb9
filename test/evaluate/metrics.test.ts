import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Item } from "../../pipeline/evaluate/items.ts";
import { type Pair, pairKey } from "../../pipeline/evaluate/labels.ts";
import { bCubed, measure } from "../../pipeline/evaluate/metrics.ts";
import { recordLevel } from "../../pipeline/evaluate/record-level.ts";

const anyItems: fc.Arbitrary<Item[]> = fc
  .array(
    fc.record({
      source: fc.constantFrom("one", "two", "three"),
      found: fc.constantFrom("a", "b", "c", "d", "e"),
      labelled: fc.constantFrom("k", "l", "m", "n", "o"),
    }),
    { maxLength: 25 },
  )
  .map((items) => items.map((item, at) => ({ ...item, id: `r${at}` })));

/** Every pair of one group. */
const pairsBy = (items: readonly Item[], group: "found" | "labelled"): Pair[] =>
  items.flatMap((x, at) =>
    items.slice(at + 1).flatMap((y): Pair[] => (x[group] === y[group] ? [[x.id, y.id]] : [])),
  );
const measured = (items: readonly Item[]) => measure(items, pairsBy(items, "labelled"));
const swapped = (items: readonly Item[]) =>
  items.map((item) => ({ ...item, found: item.labelled, labelled: item.found }));
const items = (...rows: readonly (readonly [found: string, labelled: string, source?: string])[]): Item[] =>
  rows.map(([found, labelled, source = "one"], at) => ({ id: `r${at}`, source, found, labelled }));

describe("measure", () => {
  test("counts pairs in one frame and across files", () => {
    const figures = measured(
      items(["a", "k", "one"], ["a", "k", "two"], ["a", "l", "two"], ["b", "l", "one"], ["c", "m", "one"]),
    );
    expect(figures.pairs).toEqual({
      ...{ found: 3, right: 1, labelled: 2 },
      ...{ precision: 1 / 3, recall: 1 / 2, f1: 2 / 5 },
    });
    expect(figures.crossSource).toMatchObject({ found: 2, right: 1, labelled: 2 });
    expect(figures).toMatchObject({ records: 5, clusters: 3, labelledWorks: 3, largestCluster: 3 });
  });

  test("has no figure across files where there is one file", () => {
    expect(measured(items(["a", "k"], ["a", "k"])).crossSource).toBeNull();
  });

  test("gives no precision where nothing was put together, and recall 0", () => {
    const figures = measured(items(["a", "k"], ["b", "k"], ["c", "l"]));
    expect(figures.pairs).toMatchObject({ precision: null, recall: 0, f1: 0 });
    expect(figures.recordLevel).toMatchObject({ precision: null, sensitivity: 0, falseMerges: 0 });
    expect(figures.bCubed.precision).toBe(1);
  });

  test("gives no share of nothing", () => {
    const { pairs, bCubed: byRecord, recordLevel: level } = measure([], []);
    for (const figure of [pairs, byRecord, level])
      expect(figure).toMatchObject({ precision: null, f1: null });
  });

  test("gives 1 for a perfect clustering", () => {
    fc.assert(
      fc.property(anyItems, (all) => {
        const figures = measured(all.map((item) => ({ ...item, found: item.labelled })));
        const { pairs, crossSource, bCubed: byRecord, recordLevel: level, bySize } = figures;
        const shares = [pairs, crossSource ?? pairs, byRecord, level, ...bySize].flatMap((figure) =>
          Object.entries(figure).filter(([name]) => /^(?:precision|recall|f1|sensitivity)$/.test(name)),
        );
        for (const [name, value] of shares) expect([1, null], name).toContain(value);
        expect(level.falseMerges).toBe(0);
      }),
    );
  });

  test("counts what counting every pair counts", () => {
    fc.assert(
      fc.property(anyItems, (all) => {
        const sourceOf = new Map(all.map(({ id, source }) => [id, source]));
        const [found, labelled] = [pairsBy(all, "found"), pairsBy(all, "labelled")];
        const keys = new Set(labelled.map(([a, b]) => pairKey(a, b)));
        const count = (pairs: readonly Pair[]) => ({
          found: pairs.length,
          right: pairs.filter(([a, b]) => keys.has(pairKey(a, b))).length,
        });
        const figures = measured(all);
        expect(figures.pairs).toMatchObject(count(found));
        if (figures.crossSource !== null)
          expect(figures.crossSource).toMatchObject(
            count(found.filter(([a, b]) => sourceOf.get(a) !== sourceOf.get(b))),
          );
        const total = (name: "found" | "right") => figures.bySize.reduce((sum, size) => sum + size[name], 0);
        expect({ found: total("found"), right: total("right") }).toEqual(count(found));
      }),
    );
  });

  test("changes precision and recall over when clusters and works change over", () => {
    fc.assert(
      fc.property(anyItems, (all) => {
        const [one, other] = [measured(all), measured(swapped(all))];
        for (const [x, y] of [
          [one.pairs, other.pairs],
          [one.bCubed, other.bCubed],
        ] as const) {
          expect(x.precision ?? -1).toBeCloseTo(y.recall ?? -1, 12);
          expect(x.f1 ?? -1).toBeCloseTo(y.f1 ?? -1, 12);
        }
      }),
    );
  });
});

describe("B-cubed", () => {
  test("is the example of the paper: 12 entities of works of 5, 2 and 5", () => {
    const answer = (last: string, found: string) =>
      items(
        ...Array.from({ length: 5 }, () => ["x", "k"] as const),
        ...Array.from({ length: 2 }, () => [found, "l"] as const),
        ...Array.from({ length: 5 }, () => [last, "m"] as const),
      );
    expect(bCubed(answer("y", "y")).precision).toBeCloseTo(0.762, 3); // the two small works joined
    expect(bCubed(answer("x", "y")).precision).toBeCloseTo(0.583, 3); // the two great ones joined
  });

  test("lies above 0 and not above 1", () => {
    fc.assert(
      fc.property(anyItems, (all) => {
        for (const value of Object.values(bCubed(all))) {
          if (value !== null) expect(value).toBeGreaterThan(0);
          if (value !== null) expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe("the level of records", () => {
  test("keeps one record of each cluster, of the work that most of its records are of", () => {
    // l is found whole but has one of k in it; the other of k is kept, so that k is not lost
    expect(recordLevel(items(["a", "k"], ["a", "l"], ["a", "l"], ["b", "k"], ["c", "m"]))).toMatchObject({
      ...{ tp: 1, fp: 1, fn: 0, tn: 3, falseMerges: 3 },
      ...{ precision: 1 / 2, sensitivity: 1, specificity: 3 / 4 },
    });
  });

  test("counts a duplicate that stays as missed", () => {
    expect(recordLevel(items(["a", "k"], ["a", "k"], ["b", "k"]))).toMatchObject({
      ...{ tp: 1, fp: 0, fn: 1, tn: 1, falseMerges: 0 },
    });
  });

  test("gives every record one outcome, whatever the order", () => {
    fc.assert(
      fc.property(anyItems, (all) => {
        const { tp, fp, fn, tn, falseMerges } = recordLevel(all);
        expect(tp + fp + fn + tn).toBe(all.length);
        expect(tp + fp).toBe(all.length - new Set(all.map(({ found }) => found)).size);
        const duplicates = all.length - new Set(all.map(({ labelled }) => labelled)).size;
        if (falseMerges === 0) expect(tp + fn).toBe(duplicates);
        expect(fp > 0).toBe(falseMerges > 0);
      }),
    );
  });
});
