import type { IssueCode } from "../../../schemas/vocabularies.ts";
import { blocksOf } from "../candidates/blocks.ts";
import type { Comparing } from "../compare/compare-pairs.ts";
import { type Edge, numberOfRule, type Tie, tieOf } from "../compare/edges.ts";
import { corpusOf, type Lessons, learnFrom } from "../corpus/corpus.ts";
import type { Profiles } from "../store/profiles.ts";
import { doubtsOf } from "./doubts.ts";
import { Groups } from "./groups.ts";
import { Joining } from "./may-join.ts";
import type { Override } from "./overrides.ts";

/** Works as groups of places. */
export interface Works {
  /** The first places of all works, in order. */
  readonly firsts: Int32Array;
  /** The first place of the work that each place is of. */
  readonly firstOf: Int32Array;
  sizeOf(first: number): number;
  /** The places of a work's mentions, in order. */
  membersOf(first: number): number[];
  /** The strongest tie to another member; null where there is no other. */
  tieAt(place: number): Tie | null;
  /** What of a work with these members should be looked at. */
  doubtsOf(members: readonly number[]): readonly IssueCode[];
}

/** What all mentions teach, by every title that two or more have. */
export function lessonsOf(profiles: Profiles): Lessons {
  const blocks = blocksOf(profiles.keys("title"));
  return learnFrom(
    blocks.map((block) => block.values().map((at) => profiles.at(at))),
    profiles.listed,
  );
}

/** The places of mentions with these ids, as far as they are there. */
function placesOf(ids: ReadonlySet<string>, { length, idAt }: Profiles): Map<string, number> {
  const places = new Map<string, number>();
  for (let place = 0; ids.size > 0 && place < length; place += 1)
    if (ids.has(idAt(place))) places.set(idAt(place), place);
  return places;
}

/** Overrides of mentions that are there, as edges between their places. */
function placed(overrides: readonly Override[], profiles: Profiles) {
  const places = placesOf(new Set(overrides.flatMap((one) => [one.mention_a, one.mention_b])), profiles);
  return overrides.flatMap((override) => {
    const [a, b] = [places.get(override.mention_a), places.get(override.mention_b)];
    if (a === undefined || b === undefined) return [];
    const edge = { a: Math.min(a, b), b: Math.max(a, b), rule: "override", score: 1 } as const;
    return [{ override, edge }];
  });
}

/** The strongest tie of each place, in nine bytes. */
class Ties {
  private readonly rules: Uint8Array;
  private readonly scores: Float64Array;

  constructor(places: number) {
    this.rules = new Uint8Array(places);
    this.scores = new Float64Array(places);
  }

  /** Edges come strongest first, so that the first one stays. */
  add(place: number, edge: Edge): void {
    if (this.rules[place] !== 0) return;
    this.rules[place] = numberOfRule(edge);
    this.scores[place] = edge.score;
  }

  at(place: number): Tie | null {
    return tieOf(this.rules[place] ?? 0, this.scores[place] ?? 0);
  }
}

/** The works, and the overrides that name a mention which is not there. */
export interface Joined {
  readonly works: Works;
  readonly unknown: readonly Override[];
}

/**
 * Groups places into works: the strongest ties first, and two groups are joined only where nothing forbids it between
 * any of their members. What an override says comes before every rule.
 */
export function joinWorks(
  profiles: Profiles,
  lessons: Lessons,
  { edges, sharing }: Pick<Comparing, "edges" | "sharing">,
  overrides: readonly Override[],
): Joined {
  const groups = new Groups(profiles.length);
  const joining = new Joining(groups, profiles, corpusOf(lessons));
  const ties = new Ties(profiles.length);
  const said = placed(overrides, profiles);
  const splits = said.flatMap(({ override, edge }) => (override.action === "split" ? [edge] : []));
  const isSplit = (left: number, right: number) =>
    splits.some(({ a, b }) => {
      const [x, y] = [groups.nameOf(a), groups.nameOf(b)];
      return (x === left && y === right) || (x === right && y === left);
    });
  const take = (edge: Edge) => {
    const [left, right] = [groups.nameOf(edge.a), groups.nameOf(edge.b)];
    if (left !== right) {
      if (isSplit(left, right)) return;
      if (edge.rule !== "override" && !joining.mayJoin(left, right, edge)) return;
      joining.join(left, right);
    }
    for (const at of [edge.a, edge.b]) ties.add(at, edge);
  };
  for (const { override, edge } of said) if (override.action === "merge") take(edge);
  for (const edge of edges.strongestFirst()) take(edge);
  const membersOf = (first: number) => [...groups.membersOf(groups.nameOf(first))].sort((a, b) => a - b);
  const firstOf = groups.firsts();
  const works = {
    firstOf,
    firsts: Int32Array.from(firstOf.keys()).filter((at) => firstOf[at] === at),
    sizeOf: (first: number) => groups.sizeOf(groups.nameOf(first)),
    membersOf,
    tieAt: (place: number) => ties.at(place),
    doubtsOf: (members: readonly number[]) => doubtsOf(members, profiles, sharing),
  };
  const known = new Set(said.map(({ override }) => override));
  return { works, unknown: overrides.filter((override) => !known.has(override)) };
}
