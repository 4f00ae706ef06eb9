import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { askCandidates } from "../../../pipeline/2-dedupe/candidates/candidates.ts";
import { beginning } from "../../../pipeline/2-dedupe/candidates/keys.ts";
import type { Profile } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { jaccard } from "../../../pipeline/2-dedupe/profile/text-forms.ts";
import { packed } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { anyRecord, profiles } from "../../support/mentions.ts";

type Answer = (a: number, b: number) => boolean;

/** The pairs asked about, each once, and how often was asked. */
function asked(known: readonly Partial<Mention>[], answer: Answer = () => false) {
  const pairs = new Set<string>();
  let times = 0;
  askCandidates(packed(profiles(known)), (a, b) => {
    times += 1;
    expect(a).toBeLessThan(b);
    pairs.add(`${a}-${b}`);
    return answer(a, b);
  });
  return { pairs: [...pairs].sort(), times };
}

const ABSTRACT = "A drone that hovers over a river bed sees every stone on it.";

describe("asked about are pairs", () => {
  const [stones, owls] = ["Counting river stones", "Hearing owls at night"];
  test.each<[string, Partial<Mention>, Partial<Mention>, boolean]>([
    ["with one title", { title: stones }, { title: stones.toUpperCase() }, true],
    [
      "with one arXiv identifier",
      { title: stones, arxiv_id: "2401.00001" },
      { title: owls, arxiv_id: "2401.00001v2" },
      true,
    ],
    ["with one DOI", { title: stones, doi: "10.1234/one" }, { title: owls, doi: "10.1234/ONE" }, true],
    [
      "with one beginning",
      { title: "Counting river stones with drones" },
      { title: "Counting river stones with drones: how small boats may replace an old helicopter" },
      true,
    ],
    [
      "with one opening of their abstracts",
      { title: stones, abstract: `${ABSTRACT} Then we rest.` },
      { title: owls, abstract: ABSTRACT },
      true,
    ],
    ["with half of the words in common", { title: "one two six" }, { title: "six two four" }, true],
    ["but not with less", { title: "one two six five" }, { title: "six two four nine" }, false],
    ["but not with nothing in common", { title: stones }, { title: owls }, false],
    ["but not without a title", { title: "…" }, { title: "🚁" }, false],
  ])("%s", (_rule, x, y, isAsked) => {
    expect(asked([x, y]).pairs).toEqual(isAsked ? ["0-1"] : []);
  });

  test("of all in a small group", () => {
    const { pairs } = asked(Array.from({ length: 50 }, () => ({ title: stones })));
    expect(pairs).toHaveLength((50 * 49) / 2);
  });

  test("of a large group with one mention of each work in it", () => {
    // even places are one work, odd ones another
    const { pairs } = asked(
      Array.from({ length: 1_000 }, () => ({ title: stones })),
      (a, b) => a % 2 === b % 2,
    );
    expect(pairs.length).toBeLessThanOrEqual(2 * 1_000 + 100);
    for (let at = 2; at < 1_000; at += 1) expect(pairs).toContain(`${at % 2}-${at}`);
  });

  test("of a large group of nothing but works, with the first 64 of them", () => {
    const known = Array.from({ length: 1_000 }, (_, i) => ({
      title: `w${i} x${i} y${i} z${i}`,
      doi: "10.1234/one",
    }));
    const { pairs } = asked(known);
    expect(pairs).toHaveLength((64 * 63) / 2 + (1_000 - 64) * 64);
  });
});

test("each of fifty mentions of one title is asked about with each of fifty of a like one", () => {
  const group = (title: string) => Array.from({ length: 60 }, () => ({ title }));
  const { pairs } = asked([...group("one two six"), ...group("six two four")]);
  const across = pairs.filter((pair) => pair.split("-").filter((at) => Number(at) < 60).length === 1);
  expect(across).toHaveLength(2_500);
});

const meet = (a: string | null, b: string | null) => a !== null && a !== "" && a === b;
const areCandidates = (a: Profile, b: Profile) =>
  meet(a.arxiv, b.arxiv) ||
  meet(a.doi, b.doi) ||
  meet(a.squashed, b.squashed) ||
  meet(beginning(a.title), beginning(b.title)) ||
  (a.opening !== null && a.opening === b.opening) ||
  jaccard(new Set(a.title), new Set(b.title)) >= 0.5;

test("exactly the pairs with a common key or half of the words in common are asked about, each once", () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 12 }), (known) => {
      const { pairs, times } = asked(known);
      const all = profiles(known);
      const expected = [...all.entries()].flatMap(([b, y]) =>
        [...all.slice(0, b).entries()].flatMap(([a, x]) => (areCandidates(x, y) ? [`${a}-${b}`] : [])),
      );
      expect(pairs).toEqual(expected.sort());
      expect(times).toBe(pairs.length);
    }),
    { numRuns: 500 },
  );
});

const MANY = 2_000;
test.each([
  ["of one beginning", (at: number) => ({ title: `A survey of recent methods for a${at} b${at} c${at}` })],
  ["that differ in a number", (at: number) => ({ title: `Report of the river stones commission ${at}` })],
  ["with one identifier", (at: number) => ({ title: `Title${at} word${at}`, doi: "10.1234/one" })],
  ["with one title", (at: number) => ({ title: "Letters to the editor", authors: [`Ada Quill${at}`] })],
])("two thousand mentions %s are not compared pair by pair", (_, known) => {
  expect(asked(Array.from({ length: MANY }, (_, at) => known(at))).times).toBeLessThan(100 * MANY);
});

test("a cut title is brought to the whole one among many of one beginning", () => {
  const titles = Array.from({ length: MANY }, (_, at) => ({
    title: `A survey of recent methods for a${at} b${at} c${at} d${at} e${at}`,
  }));
  const { pairs } = asked([...titles, { title: "A survey of recent methods for a77 b77" }]);
  expect(pairs).toContain(`77-${MANY}`);
});

test("a title is found by its words also where another mention writes its words together", () => {
  const known = [
    { title: "Counting riverstones patiently" },
    { title: "Counting river stones patiently" },
    { title: "Hidden river stones patiently" },
  ];
  expect(asked(known).pairs).toContain("1-2");
});
