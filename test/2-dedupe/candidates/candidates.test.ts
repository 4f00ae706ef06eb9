import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { askCandidates } from "../../../pipeline/2-dedupe/candidates/candidates.ts";
import { beginning } from "../../../pipeline/2-dedupe/candidates/keys.ts";
import { type Profile, profileOf } from "../../../pipeline/2-dedupe/profile.ts";
import { Packer } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { jaccard } from "../../../pipeline/2-dedupe/text-forms.ts";
import { anyMentions, anyMentionsShuffled, mention } from "../../support/mentions.ts";

/** The pairs that are asked about, by the ids of their mentions. */
function asked(mentions: readonly Mention[]): string[] {
  const packer = new Packer();
  for (const one of mentions) packer.add(profileOf(one));
  const profiles = packer.profiles(packer.order());
  const pairs: string[] = [];
  askCandidates(profiles, (a, b) => {
    pairs.push(`${profiles.at(a).mention_id} ${profiles.at(b).mention_id}`);
    return false;
  });
  return pairs;
}

const meet = <T>(a: T | null, b: T | null) => a !== null && a === b;
const isCandidate = (a: Profile, b: Profile) =>
  meet(a.arxiv, b.arxiv) ||
  meet(a.doi, b.doi) ||
  a.squashed === b.squashed ||
  meet(beginning(a.title), beginning(b.title)) ||
  jaccard(new Set(a.title), new Set(b.title)) >= 0.5;

describe("candidate pairs", () => {
  test("are those that every pair looked at gives, each asked about once", () => {
    fc.assert(
      fc.property(anyMentions, (all) => {
        const profiles = all.map(profileOf);
        const expected = profiles.flatMap((b, at) =>
          profiles
            .slice(0, at)
            .flatMap((a) => (isCandidate(a, b) ? [`${a.mention_id} ${b.mention_id}`] : [])),
        );
        expect(asked(all).sort()).toEqual(expected.sort());
      }),
    );
  });

  test("do not depend on the order of the input", () => {
    fc.assert(
      fc.property(anyMentionsShuffled, ([all, shuffled]) => {
        expect(asked(shuffled)).toEqual(asked(all));
      }),
    );
  });

  const MANY = 2_000;
  const many = (known: (at: number) => Partial<Mention>) =>
    Array.from({ length: MANY }, (_, at) => mention(`m_${String(at).padStart(5, "0")}`, known(at)));

  test.each([
    ["of one beginning", (at: number) => ({ title: `A survey of recent methods for a${at} b${at} c${at}` })],
    ["that differ in a number", (at: number) => ({ title: `Report of the river stones commission ${at}` })],
    ["with one identifier", (at: number) => ({ title: `Title${at} word${at}`, doi: "10.1234/one" })],
    ["with one title", (at: number) => ({ title: "Letters to the editor", authors: [`Ada Quill${at}`] })],
  ])("are bounded for two thousand mentions %s", (_, known) => {
    expect(asked(many(known)).length).toBeLessThan(100 * MANY);
  });

  test("bring a cut title to the whole one among many of one beginning", () => {
    const titles = many((at) => ({
      title: `A survey of recent methods for a${at} b${at} c${at} d${at} e${at}`,
    }));
    const cut = mention("m_cut", { title: "A survey of recent methods for a77 b77" });
    const whole = titles[77]?.mention_id ?? "";
    expect(asked([...titles, cut])).toContain(`${whole} m_cut`);
  });
});
