import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JoinPart, joinParts, joinTitles } from "../../../pipeline/2-dedupe/candidates/title-join.ts";
import { titleSets, titleWords } from "../../../pipeline/2-dedupe/candidates/title-sets.ts";
import { jaccard } from "../../../pipeline/2-dedupe/profile/text-forms.ts";

type Titles = readonly (readonly string[])[];

/** The pairs found, by the places of their titles, as often as they are found. */
function places(titles: Titles, least: number, parts?: readonly JoinPart[]): [number, number][] {
  const found: [number, number][] = [];
  const sets = titleSets([titleWords(titles)]);
  for (const part of parts ?? joinParts(sets, least))
    joinTitles(sets, least, part, (x, y) => found.push([x, y]));
  return found;
}
const join = (titles: Titles, least: number) =>
  places(titles, least)
    .map(([x, y]) => `${x}-${y}`)
    .sort();

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

test("titles are sets of word numbers, the rarest words first", () => {
  const { words, starts } = titleSets([
    titleWords([
      ["b", "a", "c"],
      ["c", "a", "a"],
    ]),
    titleWords([["c"]]),
  ]);
  expect([...starts]).toEqual([0, 3, 5, 6]);
  expect([...words]).toEqual([0, 1, 2, 1, 2, 2]);
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
    expect(join([title, title, title], 0.5)).toEqual(["1-0", "2-0", "2-1"]);
  });

  test("are none where there is no title or no word", () => {
    expect(join([], 0.5)).toEqual([]);
    expect(join([[], [], ["a"]], 0.5)).toEqual([]);
  });

  test("that share no two words but such as stand together in more than 200 titles are not looked for", () => {
    const titles = (count: number) =>
      Array.from({ length: count }, (_, i) => ["report", "of", "the", "commission", `${i}`]);
    expect(join(titles(150), 0.5)).toHaveLength((150 * 149) / 2);
    expect(join(titles(250), 0.5)).toEqual([]);
    const rare = ["report", "of", "the", "commission", "on", "owls"];
    expect(join([...titles(250), rare, rare.slice(2)], 0.5)).toEqual(["251-250"]);
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

  test("are the same in one part and in several", () => {
    fc.assert(
      fc.property(anyTitles, anyLeast, fc.integer({ min: 1, max: 5 }), (titles, least, of) => {
        const parts = Array.from({ length: of }, (_, part) => ({ part, of }));
        expect(places(titles, least, parts).sort()).toEqual(places(titles, least).sort());
      }),
    );
  });

  test("do not depend on the order of the titles", () => {
    const orders = anyTitles.chain((all) => {
      const numbers = all.map((_, at) => at);
      return fc
        .shuffledSubarray(numbers, { minLength: all.length, maxLength: all.length })
        .map((order) => [all, order] as const);
    });
    fc.assert(
      fc.property(orders, anyLeast, ([titles, order], least) => {
        const shuffled = order.map((at) => titles[at] ?? []);
        const found = places(shuffled, least).map(([x, y]) => {
          const pair = [order[x] ?? 0, order[y] ?? 0];
          return `${Math.max(...pair)}-${Math.min(...pair)}`;
        });
        expect(found.sort()).toEqual(join(titles, least));
      }),
      { numRuns: 500 },
    );
  });
});
