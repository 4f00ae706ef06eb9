import type { IssueCode } from "../../../schemas/vocabularies.ts";
import type { Mention } from "../../1-parse/mention.ts";
import { compareAll } from "../compare/compare-pairs.ts";
import type { Tie } from "../compare/edges.ts";
import { profileOf } from "../profile/profile.ts";
import { packed } from "../store/profiles.ts";
import type { Override } from "./overrides.ts";
import { joinWorks, lessonsOf } from "./works.ts";

export interface Member {
  readonly mention: Mention;
  /** The strongest tie to another member; null where there is no other. */
  readonly tie: Tie | null;
  /** What of its work should be looked at. */
  readonly doubts: readonly IssueCode[];
}

const byId = (a: Mention, b: Mention) => (a.mention_id < b.mention_id ? -1 : 1);

/**
 * Groups mentions at hand into works. A group's members are in the order of their ids; so are the groups by their first
 * member. The result does not depend on the order of the input.
 */
export function cluster(input: readonly Mention[], overrides: readonly Override[] = []): Member[][] {
  const mentions = input.toSorted(byId);
  const profiles = packed(mentions.map(profileOf));
  const lessons = lessonsOf(profiles);
  const { works } = joinWorks(profiles, lessons, compareAll(profiles, lessons), overrides);
  const groups = Map.groupBy(mentions.keys(), (at) => works.firstOf[at] ?? at).values();
  return Array.from(groups, (places) => {
    const doubts = works.doubtsOf(places);
    return places.flatMap((at) => {
      const mention = mentions[at];
      return mention === undefined ? [] : [{ mention, tie: works.tieAt(at), doubts }];
    });
  });
}
