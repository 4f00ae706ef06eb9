import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinTitles } from "../../../pipeline/2-dedupe/candidates/title-join.ts";
import { titleSets } from "../../../pipeline/2-dedupe/candidates/title-sets.ts";
import { jaccard } from "../../../pipeline/2-dedupe/text-forms.ts";

function join(titles: readonly (readonly string[])[], least: number): string[] {
  const found: string[] = [];
  joinTitles(titleSets(titles), least, (x, y) => found.push(`${x} ${y}`));
  return found;
}

const words = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "river", "stone", "ö", "石"), {
  maxLength: 9,
});

describe("pairs of titles with many words in common", () => {
  test("are those that every pair compared gives, each once, the greater place first", () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 25 }),
        fc.constantFrom(0.4, 0.5, 0.7, 0.8, 1),
        (titles, least) => {
          const expected = titles.flatMap((one, x) =>
            titles
              .slice(0, x)
              .flatMap((other, y) =>
                jaccard(new Set(one), new Set(other)) >= least - 1e-12 ? [`${x} ${y}`] : [],
              ),
          );
          expect(join(titles, least).sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  test("that share a word of too many titles only are not found", () => {
    const common = Array.from({ length: 2_001 }, (_, at) => ["the", `only-${at}`]);
    expect(join([...common, ["the"]], 0.5)).toEqual([]);
  });

  test("take no more than a second for twenty thousand titles with one word", () => {
    const titles = Array.from({ length: 20_000 }, (_, at) => ["the", "of", `x${at}`, `y${at}`, `z${at}`]);
    const start = performance.now();
    expect(join(titles, 0.5)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test("word numbers are in the order of rarity", () => {
  const { words, starts, frequency } = titleSets([["a", "b", "c"], ["b", "c"], ["c"]]);
  expect([...frequency]).toEqual([1, 2, 3]);
  expect([...starts]).toEqual([0, 3, 5, 6]);
  expect([...words]).toEqual([0, 1, 2, 1, 2, 2]);
});
