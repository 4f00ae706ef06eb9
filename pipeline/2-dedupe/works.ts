import type { IssueCode } from "../../schemas/vocabularies.ts";
import { blocksOf } from "./candidates/blocks.ts";
import { corpusOf, learnFrom } from "./corpus.ts";
import { doubtsOf } from "./doubts.ts";
import { type Edge, findEdges, type Tie } from "./edges.ts";
import { Groups } from "./groups.ts";
import { Joining } from "./may-join.ts";
import type { Override } from "./overrides.ts";
import type { Profile } from "./profile.ts";
import type { Profiles } from "./store/profiles.ts";

/** Works as groups of places. */
export interface Works {
  /** The first place of the work that each place is of. */
  readonly firstOf: Int32Array;
  /** How many mentions the work has that begins at a place; 0 for other places. */
  readonly sizeOf: Int32Array;
  /** The strongest tie to another member; null where there is no other. */
  tieAt(place: number): Tie | null;
  /** What of the work that begins at a place should be looked at. */
  doubtsAt(first: number): readonly IssueCode[];
  /** So many pairs were compared. */
  readonly asked: number;
}

/** The mentions of every title that two or more have. */
function* titlesOf(profiles: Profiles): Generator<Iterable<Profile>> {
  for (const block of blocksOf(profiles.keys("title"))) yield block.values().map((at) => profiles.at(at));
}

/** Overrides of mentions that are there, as edges between their places. */
function placed(overrides: readonly Override[], profiles: Profiles) {
  const places = profiles.placesOf(new Set(overrides.flatMap((one) => [one.mention_a, one.mention_b])));
  return overrides.flatMap(({ action, mention_a, mention_b }) => {
    const [a, b] = [places.get(mention_a), places.get(mention_b)];
    if (a === undefined || b === undefined) return [];
    return [{ action, a: Math.min(a, b), b: Math.max(a, b), rule: "override" as const, score: 1 }];
  });
}

/**
 * Groups places into works: the strongest ties first, and two groups are joined only where nothing forbids it between
 * any of their members. What an override says comes before every rule.
 */
export function findWorks(profiles: Profiles, overrides: readonly Override[] = []): Works {
  const corpus = corpusOf(learnFrom(titlesOf(profiles), profiles.listed));
  const groups = new Groups(profiles.length);
  const joining = new Joining(groups, profiles, corpus);
  const rules: Tie["rule"][] = [];
  const ruleAt = new Uint8Array(profiles.length);
  const scoreAt = new Float64Array(profiles.length);
  const tie = (place: number, { rule, score }: Edge) => {
    if (ruleAt[place] !== 0) return;
    if (!rules.includes(rule)) rules.push(rule);
    ruleAt[place] = rules.indexOf(rule) + 1;
    scoreAt[place] = score;
  };
  const said = placed(overrides, profiles);
  const splits = said.filter(({ action }) => action === "split");
  const isSplit = (left: number, right: number) =>
    splits.some(({ a, b }) => {
      const [x, y] = [groups.nameOf(a), groups.nameOf(b)];
      return (x === left && y === right) || (x === right && y === left);
    });
  const { asked, sharing, strongestFirst } = findEdges(profiles, corpus);
  const take = (edge: Edge) => {
    const [left, right] = [groups.nameOf(edge.a), groups.nameOf(edge.b)];
    if (left !== right) {
      if (isSplit(left, right)) return;
      if (edge.rule !== "override" && !joining.mayJoin(left, right, edge)) return;
      joining.join(left, right);
    }
    for (const at of [edge.a, edge.b]) tie(at, edge);
  };
  for (const edge of said) if (edge.action === "merge") take(edge);
  for (const edge of strongestFirst()) take(edge);
  const firstOf = groups.firsts();
  const sizeOf = new Int32Array(firstOf.length);
  for (const first of firstOf) sizeOf[first] = (sizeOf[first] ?? 0) + 1;
  return {
    firstOf,
    sizeOf,
    asked,
    tieAt(place) {
      const rule = rules[(ruleAt[place] ?? 0) - 1];
      return rule === undefined ? null : { rule, score: scoreAt[place] ?? 0 };
    },
    doubtsAt(first) {
      const members = [...groups.membersOf(groups.nameOf(first))];
      return doubtsOf(members, profiles, sharing);
    },
  };
}
