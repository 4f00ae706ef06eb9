import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { cluster } from "../../pipeline/2-dedupe/cluster.ts";
import { clash, compare } from "../../pipeline/2-dedupe/compare.ts";
import { anyMentions, anyMentionsShuffled, GENERIC, mention } from "../support/mentions.ts";

const OWLS = "Listening for owls in orchards after midnight";

/** The groups as lists of mention ids. */
const groups = (mentions: readonly Mention[]) =>
  cluster(mentions).map((members) => members.map((member) => member.mention.mention_id));

/** Each mention's tie by its id. */
const ties = (mentions: readonly Mention[]) =>
  Object.fromEntries(
    cluster(mentions).flatMap((group) => group.map(({ mention: m, tie }) => [m.mention_id, tie])),
  );

describe("groups", () => {
  test("are in the order of their first member, and their members in the order of ids", () => {
    const mentions = [
      mention("m_4"),
      mention("m_3", { title: OWLS }),
      mention("m_2"),
      mention("m_1", { title: OWLS }),
    ];
    expect(groups(mentions)).toEqual([
      ["m_1", "m_3"],
      ["m_2", "m_4"],
    ]);
  });

  test("come from no mention where there is none", () => {
    expect(cluster([])).toEqual([]);
  });

  test("join what only a third mention ties together", () => {
    const mentions = [
      mention("m_1", { title: OWLS, arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00001" }),
      mention("m_3"),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_2", "m_3"]]);
  });

  test("leave mentions alone that share a key and are two works", () => {
    const mentions = ["m_1", "m_2", "m_3"].map((id) => mention(id, { title: GENERIC }));
    expect(groups(mentions)).toEqual([["m_1"], ["m_2"], ["m_3"]]);
  });

  test("find each work under a title that several works share", () => {
    const stones = "drones count stones along a river every morning";
    const birds = "cheap microphones hear birds in old orchards";
    const mentions = [stones, birds, stones, birds].map((abstract, i) =>
      mention(`m_${i}`, { title: GENERIC, abstract }),
    );
    expect(groups(mentions)).toEqual([
      ["m_0", "m_2"],
      ["m_1", "m_3"],
    ]);
  });

  test("find a work behind a hundred mentions of another one with the same title", () => {
    const crowd = Array.from({ length: 100 }, (_, i) => mention(`m_${i + 100}`, { authors: ["Ada Quill"] }));
    const pair = ["m_998", "m_999"].map((id) => mention(id, { authors: ["Jan Reed"] }));
    expect(groups([...crowd, ...pair]).map((group) => group.length)).toEqual([100, 2]);
  });
});

describe("a veto", () => {
  test("between the two ends of a chain keeps one end apart", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00002" }),
      mention("m_3"),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_3"], ["m_2"]]);
  });

  test("between members that are not tied themselves forbids to join their groups", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", doi: "10.1234/one", title: OWLS }),
      mention("m_2", { arxiv_id: "2401.00001" }),
      mention("m_3", { doi: "10.1234/two" }),
    ];
    expect(compare(mention("x"), mention("y", { doi: "10.1234/two" })).same).toBe(true);
    expect(groups(mentions)).toEqual([["m_1", "m_2"], ["m_3"]]);
  });

  test("leaves no tie behind: what it keeps alone is single", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00002" }),
      mention("m_3"),
    ];
    expect(ties(mentions)["m_2"]).toBeNull();
  });

  test("gives a mention to the side with the stronger tie", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", abstract: "one two three four" }),
      mention("m_2", { arxiv_id: "2401.00002", abstract: "three four five six" }),
      mention("m_3", { abstract: "three four five six" }),
    ];
    expect(groups(mentions)).toEqual([["m_1"], ["m_2", "m_3"]]);
  });
});

describe("a member's tie", () => {
  test("is null where there is no other member", () => {
    expect(ties([mention("m_1"), mention("m_2", { title: OWLS })])).toEqual({ m_1: null, m_2: null });
  });

  test("names the rule and the strength of its own strongest tie", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", abstract: "one two three four" }),
      mention("m_2", { arxiv_id: "2401.00001", title: OWLS }),
      mention("m_3", { abstract: "three four five six" }),
    ];
    const found = ties(mentions);
    expect(found["m_1"]).toMatchObject({ rule: "same_arxiv_id", score: 1 });
    expect(found["m_2"]).toMatchObject({ rule: "same_arxiv_id", score: 1 });
    expect(found["m_3"]).toMatchObject({ rule: "same_title", score: 0.75 });
  });

  test("by DOI carries the share of the title's words", () => {
    const mentions = [
      mention("m_1", { doi: "10.1234/one", title: "River stones counted fast" }),
      mention("m_2", { doi: "10.1234/one", title: "Stones of the river: a survey" }),
    ];
    expect(ties(mentions)["m_2"]).toMatchObject({ rule: "same_doi", score: 0.5 });
  });
});

describe("laws", () => {
  test("the groups and their ties are the same for any order of the input", () => {
    fc.assert(
      fc.property(anyMentionsShuffled, ([mentions, shuffled]) => {
        expect(cluster(shuffled)).toEqual(cluster(mentions));
      }),
      { numRuns: 1000 },
    );
  });

  test("every mention stands in one group, in the order of ids", () => {
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        const found = groups(mentions);
        expect(found.flat().sort()).toEqual(mentions.map(({ mention_id }) => mention_id));
        for (const group of found) expect(group).toEqual(group.toSorted());
        expect(found.map(([first]) => first)).toEqual(found.map(([first]) => first).sort());
      }),
    );
  });

  test("no group holds two members that clash, be it over a third that agrees with both", () => {
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        for (const members of cluster(mentions))
          for (const a of members)
            for (const b of members) if (a !== b) expect(clash(a.mention, b.mention)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test("a tie is null exactly where a member is alone", () => {
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        for (const members of cluster(mentions))
          for (const { tie } of members) expect(tie === null).toBe(members.length === 1);
      }),
    );
  });

  test("mentions of another paper change no group", () => {
    const others = ["m_other_1", "m_other_2"].map((id) =>
      mention(id, { title: "Baking bread with stale beer and patience", arxiv_id: "1999.99999" }),
    );
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        const rest = groups([...others, ...mentions]).filter(([first]) => !first?.startsWith("m_other"));
        expect(rest).toEqual(groups(mentions));
      }),
    );
  });
});
