import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import type { Edge } from "../../../pipeline/2-dedupe/compare/edges.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { packed } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import { Groups } from "../../../pipeline/2-dedupe/works/groups.ts";
import { Joining } from "../../../pipeline/2-dedupe/works/may-join.ts";
import { anyFacts, anyRecord, mention, profiles } from "../../support/mentions.ts";

type Known = Partial<Mention>;

const edge = (rule: Edge["rule"]): Edge => ({ a: 0, b: 1, rule, score: 1 });

/** Mentions in groups of their own, with what joins them. */
function joiningOf(known: readonly Known[]) {
  const all = profiles(known);
  const groups = new Groups(all.length);
  const joining = new Joining(groups, packed(all), learn(all));
  const join = (a: number, b: number) => joining.join(groups.nameOf(a), groups.nameOf(b));
  return {
    groups,
    join,
    /** Joins all places from one to before another. */
    joinAll(from: number, to: number) {
      for (let at = from + 1; at < to; at += 1) join(from, at);
    },
    mayJoin: (a: number, b: number, rule: Edge["rule"] = "same_title") =>
      joining.mayJoin(groups.nameOf(a), groups.nameOf(b), edge(rule)),
  };
}

describe("two groups", () => {
  const one = { arxiv_id: "2401.00001" };
  const other = { arxiv_id: "2401.00002" };

  test("of one mention each may become one by what ties them", () => {
    expect(joiningOf([one, other]).mayJoin(0, 1)).toBe(true);
  });

  test("may not where members have other arXiv identifiers", () => {
    const { join, mayJoin } = joiningOf([one, {}, other]);
    join(0, 1);
    expect(mayJoin(1, 2)).toBe(false);
  });

  test("may not by a partial title where both have found their title", () => {
    const { join, mayJoin } = joiningOf([{}, {}, {}, {}]);
    join(0, 1);
    expect(mayJoin(0, 2, "partial_title")).toBe(true);
    join(2, 3);
    expect(mayJoin(0, 2, "partial_title")).toBe(false);
    expect(mayJoin(0, 2, "same_title")).toBe(true);
  });

  test("may not where titles have drifted apart, unless one identifier or one title ties them", () => {
    const { join, mayJoin } = joiningOf([
      { title: "Listening for owls at night", doi: "10.1234/one" },
      { doi: "10.1234/one" },
      {},
    ]);
    join(0, 1);
    expect(mayJoin(1, 2, "similar_title")).toBe(false);
    expect(mayJoin(1, 2, "same_title")).toBe(true);
    expect(mayJoin(1, 2, "same_doi")).toBe(true);
  });
});

/** Equal mentions but for what each place is given. */
const crowd = (size: number, known: (at: number) => Known): Known[] =>
  Array.from({ length: size }, (_, at) => known(at));

describe("a large group", () => {
  test.each([8, 9, 40])("of %d remembers an identifier of its first member as of its last", (size) => {
    for (const place of [0, size - 1]) {
      const known = crowd(size, (at) => (at === place ? { arxiv_id: "2401.00001" } : {}));
      const { joinAll, mayJoin } = joiningOf([...known, { arxiv_id: "2401.00002" }, {}]);
      joinAll(0, size);
      expect(mayJoin(0, size)).toBe(false);
      expect(mayJoin(0, size + 1)).toBe(true);
    }
  });

  test("remembers what came with a group that joined it", () => {
    const known = crowd(30, (at) => (at === 29 ? { year: 1990, venue: "Journal of River Stones" } : {}));
    const { joinAll, join, mayJoin } = joiningOf([
      ...known,
      { year: 2020, venue: "Journal of River Stones" },
    ]);
    joinAll(0, 12);
    joinAll(12, 30);
    join(0, 12);
    expect(mayJoin(0, 30)).toBe(false);
  });

  test.each<[string, (name: string) => Known]>([
    ["DOIs", (name) => ({ doi: `10.1234/${name}` })],
    ["arXiv identifiers", (name) => ({ arxiv_id: `2401.0000${name}` })],
  ])("of more than a hundred kinds is held against others by all its %s", (_what, identifier) => {
    // a page alone forbids nothing
    const known = crowd(150, (at) => ({ pages: String(at) }));
    const { joinAll, mayJoin } = joiningOf([...known, identifier("1"), identifier("2"), identifier("1")]);
    joinAll(0, 151);
    expect(mayJoin(0, 151)).toBe(false);
    expect(mayJoin(0, 152)).toBe(true);
  });

  test("of more than a hundred kinds brings all its identifiers to one that it joins", () => {
    for (const identifier of [{ doi: "10.1234/one" }, { arxiv_id: "2401.00001" }]) {
      const known = [...crowd(150, (at) => ({ pages: String(at) })), ...crowd(20, () => ({})), identifier];
      const { joinAll, join, mayJoin } = joiningOf([
        ...known,
        { doi: "10.1234/two", arxiv_id: "2401.00002" },
      ]);
      joinAll(0, 150);
      joinAll(150, 171);
      join(0, 150);
      expect(mayJoin(0, 171)).toBe(false);
    }
  });

  test("has the same answer as the same members in small groups of every order", () => {
    const known = fc.array(fc.oneof(anyFacts, anyRecord), { minLength: 11, maxLength: 16 });
    fc.assert(
      fc.property(
        known,
        fc.func(fc.nat()),
        fc.constantFrom("same_title", "similar_title"),
        (all, rank, rule) => {
          const last = all.length - 1;
          // one by one, and halves first
          const [one, halves] = [joiningOf(all), joiningOf(all)];
          one.joinAll(0, last);
          const order = [...Array(last).keys()].sort((x, y) => rank(x) - rank(y) || x - y);
          const middle = last >> 1;
          for (const [i, at] of order.entries())
            if (i !== 0 && i !== middle) halves.join(order[i < middle ? 0 : middle] ?? 0, at);
          halves.join(order[0] ?? 0, order[middle] ?? 0);
          expect(halves.mayJoin(0, last, rule)).toBe(one.mayJoin(0, last, rule));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("mentions that say the same in two captures", () => {
  const [catalogue, other] = ["a".repeat(64), "b".repeat(64)];
  const title = "Counting river stones with patient drones in the early morning light";
  const listed = Array.from({ length: 120 }, (_, at) =>
    mention(`n_${String(at).padStart(3, "0")}`, {
      title: `Owls of the orchard, seen on day ${at} of the long winter`,
      source_sha256: catalogue,
    }),
  );

  test.each([
    ["m_1", "m_2"],
    ["m_2", "m_1"],
  ])("each count for themselves: %s is the one in a catalogue that lists two titles", (inIt, inOther) => {
    const mentions = [
      ...listed,
      mention(inIt, { title, source_sha256: catalogue }),
      mention(inOther, { title, source_sha256: other }),
      mention("m_3", { title: title.replace("early", "earlier"), source_sha256: catalogue }),
    ];
    const found = cluster(mentions).map((members) =>
      members.map(({ mention: { mention_id } }) => mention_id),
    );
    expect(found.filter(([first]) => first?.startsWith("m_"))).toEqual([["m_1", "m_2"], ["m_3"]]);
  });
});
