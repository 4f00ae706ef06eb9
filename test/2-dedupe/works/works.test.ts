import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { compareAll } from "../../../pipeline/2-dedupe/compare/compare-pairs.ts";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { packed } from "../../../pipeline/2-dedupe/store/profiles.ts";
import type { Override } from "../../../pipeline/2-dedupe/works/overrides.ts";
import { type Joined, joinWorks, lessonsOf } from "../../../pipeline/2-dedupe/works/works.ts";
import { nth } from "../../support/groups.ts";
import { anyMentions, anyRecords, mention, SPEAKING } from "../../support/mentions.ts";

const OWLS = "Listening for owls in orchards after midnight";

/** The works of mentions that are in the order of their ids. */
function joined(mentions: readonly Mention[], overrides: readonly Override[] = []): Joined {
  const profiles = packed(mentions.map(profileOf));
  const lessons = lessonsOf(profiles);
  return joinWorks(profiles, lessons, compareAll(profiles, lessons), overrides);
}
const titled = (...titles: readonly string[]) => titles.map((title, at) => mention(nth(at), { title }));
const override = (action: Override["action"], a: number, b: number): Override => ({
  action,
  mention_a: nth(a),
  mention_b: nth(b),
  reason: "as a test says",
});

describe("works", () => {
  test("have their members in order, and are called by the first of them", () => {
    const { works } = joined(titled(OWLS, SPEAKING, OWLS, SPEAKING, "Baking bread with stale beer", OWLS));
    expect([...works.firsts]).toEqual([0, 1, 4]);
    expect([...works.firstOf]).toEqual([0, 1, 0, 1, 4, 0]);
    expect([...works.firsts].map((first) => works.membersOf(first))).toEqual([[0, 2, 5], [1, 3], [4]]);
    expect([...works.firsts].map((first) => works.sizeOf(first))).toEqual([3, 2, 1]);
  });

  test("have every mention once, with a tie exactly where they have several", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const { works } = joined(mentions);
        const members = [...works.firsts].map((first) => works.membersOf(first));
        expect(members.flat().sort((a, b) => a - b)).toEqual([...mentions.keys()]);
        for (const places of members)
          for (const place of places) {
            expect(works.firstOf[place]).toBe(places[0]);
            expect(works.tieAt(place) === null).toBe(places.length === 1);
            expect(works.sizeOf(places[0] ?? 0)).toBe(places.length);
          }
      }),
    );
  });

  test("are none of no mention", () => {
    const { works, unknown } = joined([], [override("merge", 0, 1)]);
    expect([...works.firsts]).toEqual([]);
    expect(unknown).toHaveLength(1);
  });
});

describe("what somebody decided", () => {
  const mentions = titled(OWLS, SPEAKING, OWLS);

  test("makes one work of two, by a tie that says so", () => {
    const { works } = joined(mentions, [override("merge", 1, 0)]);
    expect(works.membersOf(0)).toEqual([0, 1, 2]);
    expect(works.tieAt(1)).toEqual({ rule: "override", score: 1 });
    // the strongest tie of each: a title is a weaker one than a decision
    expect(works.tieAt(0)).toEqual({ rule: "override", score: 1 });
    expect(works.tieAt(2)).toMatchObject({ rule: "same_title" });
  });

  test("makes one work of two whatever forbids it", () => {
    const others = ["2401.00001", "2401.00002", "2401.00003"].map((arxiv_id, at) =>
      mention(nth(at), { arxiv_id }),
    );
    const { works } = joined(others, [override("merge", 0, 1), override("merge", 1, 2)]);
    expect(works.membersOf(0)).toEqual([0, 1, 2]);
  });

  test("keeps two apart, in whatever order it names them", () => {
    for (const split of [override("split", 0, 2), override("split", 2, 0)])
      expect([...joined(mentions, [split]).works.firsts]).toEqual([0, 1, 2]);
  });

  test("is unknown where it names a mention that is not there, and no other one is", () => {
    const all = [override("merge", 0, 7), override("split", 0, 2), override("split", 8, 9)];
    expect(joined(mentions, all).unknown).toEqual([all[0], all[2]]);
  });
});

test("works of one DOI and titles with nothing in common are doubtful", () => {
  const shared = { doi: "10.1234/one" };
  const { works } = joined([
    mention(nth(0), { ...shared, title: OWLS }),
    mention(nth(1), { ...shared, title: "Baking bread with stale beer and patience" }),
    mention(nth(2), { title: SPEAKING }),
  ]);
  expect([0, 1, 2].map((first) => works.doubtsOf(works.membersOf(first)))).toEqual([
    ["shared_identifier"],
    ["shared_identifier"],
    [],
  ]);
});
