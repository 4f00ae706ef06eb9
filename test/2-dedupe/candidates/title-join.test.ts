import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinTitles, rankedTitles } from "../../../pipeline/2-dedupe/candidates/title-join.ts";
import { jaccard } from "../../../pipeline/2-dedupe/text-forms.ts";

const join = (titles: readonly (readonly string[])[], least: number) =>
  [...joinTitles(titles, least)].map(([x, y]) => `${x}-${y}`).sort();

function bruteForce(titles: readonly (readonly string[])[], least: number): string[] {
  const pairs: string[] = [];
  for (const [x, a] of titles.entries())
    for (const [y, b] of titles.slice(0, x).entries())
      if (jaccard(new Set(a), new Set(b)) >= least) pairs.push(`${x}-${y}`);
  return pairs.sort();
}

/** Titles of few words, so that many are alike. */
const anyTitles = fc.array(fc.array(fc.constantFrom(..."abcdefghij"), { maxLength: 9 }), { maxLength: 25 });
const anyLeast = fc.constantFrom(0.3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.75, 0.8, 0.9, 1);

describe("ranked titles", () => {
  test("are sets of words, the rarest first, equally rare ones by their letters", () => {
    const { sets, frequency } = rankedTitles([["b", "a", "c"], ["c", "a", "a"], ["c"]]);
    expect([...frequency]).toEqual([1, 2, 3]);
    expect(sets.map((set) => [...set])).toEqual([[0, 1, 2], [1, 2], [2]]);
    const tied = rankedTitles([["y"], ["x"]]);
    expect(tied.sets.map((set) => [...set])).toEqual([[1], [0]]);
  });
});

describe("the pairs of like titles", () => {
  test("are those whose shared words are enough of all words", () => {
    const titles = [
      ["river", "stones"],
      ["river", "stones", "drones"],
      ["night", "owls"],
      ["stones", "owls"],
    ];
    expect(join(titles, 2 / 3)).toEqual(["1-0"]);
    expect(join(titles, 0.7)).toEqual([]);
    expect(join(titles, 0.3)).toEqual(["1-0", "3-0", "3-2"]);
  });

  test("are each found once, whatever they share", () => {
    const title = [..."abcdefghij"];
    expect([...joinTitles([title, title, title], 0.5)]).toHaveLength(3);
  });

  test("are none where there is no title or no word", () => {
    expect(join([], 0.5)).toEqual([]);
    expect(join([[], [], ["a"]], 0.5)).toEqual([]);
  });

  test("that share no word but one in more than 2,000 titles are not looked for", () => {
    const titles = (count: number) => [
      ["rare", "common"],
      ["rare", "common", "x"],
      ...Array.from({ length: count - 2 }, (_, i) => ["common", `${i}a`, `${i}b`, `${i}c`]),
    ];
    expect(join(titles(2_500), 0.5)).toEqual(["1-0"]);
    const alone = (count: number) => Array.from({ length: count }, (_, i) => ["common", `${i}`]);
    expect(join(alone(2_001), 1 / 3)).toEqual([]);
    expect(join(alone(300), 1 / 3)).toHaveLength((300 * 299) / 2);
  });

  test("are those that comparing all with all finds", () => {
    fc.assert(
      fc.property(anyTitles, anyLeast, (titles, least) => {
        // empty titles are like nothing; jaccard of two empty sets is 0
        expect(join(titles, least)).toEqual(bruteForce(titles, least));
      }),
      { numRuns: 2000 },
    );
  });

  test("are those that comparing all with all finds among long titles too", () => {
    const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
    const titles = fc.array(fc.subarray(words, { minLength: 20, maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(titles, anyLeast, (all, least) => {
        expect(join(all, least)).toEqual(bruteForce(all, least));
      }),
      { numRuns: 300 },
    );
  });

  test("do not depend on the order of the titles", () => {
    const orders = anyTitles.chain((all) => {
      const places = all.map((_, at) => at);
      return fc
        .shuffledSubarray(places, { minLength: all.length, maxLength: all.length })
        .map((order) => [all, order] as const);
    });
    fc.assert(
      fc.property(orders, anyLeast, ([titles, order], least) => {
        const shuffled = order.map((at) => titles[at] ?? []);
        const found = [...joinTitles(shuffled, least)].map(([x, y]) => {
          const pair = [order[x] ?? 0, order[y] ?? 0];
          return `${Math.max(...pair)}-${Math.min(...pair)}`;
        });
        expect(found.sort()).toEqual(join(titles, least));
      }),
      { numRuns: 500 },
    );
  });
});
