import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { compare } from "../../../pipeline/2-dedupe/compare/compare.ts";
import { isWeak } from "../../../pipeline/2-dedupe/compare/vetoes.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import {
  anyMentions,
  anyMentionsShuffled,
  anyRecords,
  anyShuffled,
  BREAD_CATALOGUE,
  mention,
} from "../../support/mentions.ts";

/** The groups as lists of mention ids. */
const groups = (mentions: readonly Mention[]) =>
  cluster(mentions).map((members) => members.map((member) => member.mention.mention_id));

describe("laws", () => {
  test("the groups and their ties are the same for any order of the input", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentionsShuffled, anyShuffled(anyRecords)), ([mentions, shuffled]) => {
        expect(cluster(shuffled)).toEqual(cluster(mentions));
      }),
      { numRuns: 1000 },
    );
  });

  test("every mention stands in one group, in the order of ids", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const found = groups(mentions);
        expect(found.flat().sort()).toEqual(mentions.map(({ mention_id }) => mention_id));
        for (const group of found) expect(group).toEqual(group.toSorted());
        expect(found.map(([first]) => first)).toEqual(found.map(([first]) => first).sort());
      }),
    );
  });

  test("no group holds two members that anything but a weak difference keeps apart", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const corpus = learn(mentions.map(profileOf));
        for (const members of cluster(mentions))
          for (const [at, a] of members.entries())
            for (const b of members.slice(at + 1)) {
              const result = compare(profileOf(a.mention), profileOf(b.mention), corpus);
              if (!result.same) expect(isWeak(result.reason), result.reason).toBe(true);
            }
      }),
      { numRuns: 2000 },
    );
  });

  test("a tie is null exactly where a member is alone", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        for (const members of cluster(mentions))
          for (const { tie } of members) expect(tie === null).toBe(members.length === 1);
      }),
    );
  });

  test("new ids in the same order change no group but for the ids", () => {
    fc.assert(
      fc.property(anyRecords, (mentions) => {
        const renamed = mentions.map((one) => ({ ...one, mention_id: `x${one.mention_id}` }));
        expect(groups(renamed)).toEqual(groups(mentions).map((group) => group.map((id) => `x${id}`)));
      }),
    );
  });

  test("mentions of another paper change no group", () => {
    const others = ["m_other_1", "m_other_2"].map((id) =>
      mention(id, { title: "Baking bread with stale beer and patience", arxiv_id: "1999.99999" }),
    );
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const rest = groups([...others, ...mentions]).filter(([first]) => !first?.startsWith("m_other"));
        expect(rest).toEqual(groups(mentions));
      }),
    );
  });

  test("a whole catalogue of other titles, venues and people, from another source, changes no group", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (mentions) => {
        const rest = groups([...BREAD_CATALOGUE, ...mentions]).filter(([first]) => first?.startsWith("m_"));
        expect(rest).toEqual(groups(mentions));
      }),
    );
  });
});
