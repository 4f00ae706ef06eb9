import type { IssueCode } from "../../schemas/vocabularies.ts";
import type { Mention } from "../1-parse/mention.ts";
import { askCandidates } from "./candidates/candidates.ts";
import { compare, type TieRule } from "./compare.ts";
import { type Corpus, learn } from "./corpus.ts";
import { doubtsOf } from "./doubts.ts";
import type { Override } from "./overrides.ts";
import { type Profile, profileOf } from "./profile.ts";
import { containment } from "./text-forms.ts";
import { isWeak } from "./vetoes.ts";

/** What ties a mention to another of its work. */
export interface Tie {
  readonly rule: TieRule;
  readonly score: number;
}

interface Edge extends Tie {
  /** Places of the two mentions, the smaller first. */
  readonly a: number;
  readonly b: number;
}

export interface Member {
  readonly mention: Mention;
  /** The strongest tie to another member; null where there is no other. */
  readonly tie: Tie | null;
  /** What of its work should be looked at. */
  readonly doubts: readonly IssueCode[];
}

const byId = (a: Mention, b: Mention) => (a.mention_id < b.mention_id ? -1 : 1);
const byStrength = (x: Edge, y: Edge) => y.score - x.score || x.a - y.a || x.b - y.b;

const BY_IDENTIFIER: ReadonlySet<TieRule> = new Set(["same_arxiv_id", "same_doi"]);

/** A work while it grows. */
interface Group {
  readonly members: number[];
  /** One of each kind of member, by all that is compared: equal members cannot disagree. */
  readonly kinds: Map<string, number>;
  /** The arXiv identifiers and DOIs of all members. */
  readonly arxiv: Set<string>;
  readonly dois: Set<string>;
}

const setOf = (value: string | null): Set<string> => new Set(value === null ? [] : [value]);

/** Whether two groups have identifiers of one kind, and none in common. */
const haveOthers = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && a.isDisjointFrom(b);

/** Rules by which titles of members may have nothing in common. */
const KEEPS_TITLE: ReadonlySet<TieRule> = new Set([...BY_IDENTIFIER, "same_title"]);
/** Titles that share less are of two works, whatever titles lie between them. */
const LEAST_SHARED = 0.3;
const hasDrifted = (a: Profile | undefined, b: Profile | undefined): boolean =>
  a !== undefined && b !== undefined && containment(new Set(a.title), new Set(b.title)) < LEAST_SHARED;

/** So many kinds of member are held against those of another group. */
const MOST_KINDS = 100;

const kindOf = ({ mention_id, source, ...compared }: Profile) => JSON.stringify(compared);

interface Found {
  /** The strongest first. */
  readonly edges: readonly Edge[];
  /** Mentions that share an identifier and nothing else. */
  readonly sharing: ReadonlySet<Profile>;
}

function findEdges(profiles: readonly Profile[], corpus: Corpus): Found {
  const sharing = new Set<Profile>();
  const edges = new Map<number, Edge>();
  askCandidates(profiles, (a, b) => {
    const key = a * profiles.length + b;
    if (edges.has(key)) return true;
    const [x, y] = [profiles[a], profiles[b]];
    if (x === undefined || y === undefined || a === b) return false;
    const result = compare(x, y, corpus);
    if (result.same) edges.set(key, { a, b, rule: result.rule, score: result.score });
    else if (result.reason === "shared_doi") sharing.add(x).add(y);
    return result.same;
  });
  return { edges: [...edges.values()].sort(byStrength), sharing };
}

/**
 * Whether two groups may become one by this edge: nothing forbids it between any of their members. A title in other
 * words ties a mention to a group, but not two groups that each have found their title.
 */
function mayJoin(
  left: Group,
  right: Group,
  { rule }: Edge,
  profiles: readonly Profile[],
  corpus: Corpus,
): boolean {
  if (rule === "partial_title" && left.members.length > 1 && right.members.length > 1) return false;
  if (haveOthers(left.arxiv, right.arxiv)) return false;
  const isLarge = Math.max(left.kinds.size, right.kinds.size) > MOST_KINDS;
  if (isLarge && haveOthers(left.dois, right.dois)) return false;
  for (const x of [...left.kinds.values()].slice(0, MOST_KINDS))
    for (const y of [...right.kinds.values()].slice(0, MOST_KINDS)) {
      const [a, b] = [profiles[x], profiles[y]];
      const result = a === undefined || b === undefined ? null : compare(a, b, corpus);
      if (result === null || result.same) continue;
      const isGeneric = result.reason === "generic_title" && !BY_IDENTIFIER.has(rule);
      if (isGeneric || !isWeak(result.reason)) return false;
      if (!KEEPS_TITLE.has(rule) && hasDrifted(a, b)) return false;
    }
  return true;
}

/** Overrides of mentions that are there, as edges between their places. */
function placed(overrides: readonly Override[], mentions: readonly Mention[]) {
  const places = new Map(
    overrides.length === 0 ? [] : mentions.map(({ mention_id }, at) => [mention_id, at] as const),
  );
  return overrides.flatMap(({ action, mention_a, mention_b }) => {
    const [a, b] = [places.get(mention_a), places.get(mention_b)];
    if (a === undefined || b === undefined) return [];
    return [{ action, a: Math.min(a, b), b: Math.max(a, b), rule: "override" as const, score: 1 }];
  });
}

/**
 * Groups mentions into works: the strongest ties first, and two groups are joined only where nothing forbids it
 * between any of their members. What an override says comes before every rule. A group's members are in the order of
 * their ids; so are the groups by their first member. The result does not depend on the order of the input.
 */
export function cluster(input: readonly Mention[], overrides: readonly Override[] = []): Member[][] {
  const mentions = input.toSorted(byId);
  const profiles = mentions.map(profileOf);
  const corpus = learn(profiles);
  const groups = profiles.map(
    (profile, at): Group => ({
      members: [at],
      kinds: new Map([[kindOf(profile), at]]),
      arxiv: setOf(profile.arxiv),
      dois: setOf(profile.doi),
    }),
  );
  const ties = new Map<number, Tie>();
  const said = placed(overrides, mentions);
  const splits = said.filter(({ action }) => action === "split");
  const isSplit = (left: Group, right: Group) =>
    splits.some(({ a, b }) => {
      const [x, y] = [groups[a], groups[b]];
      return (x === left && y === right) || (x === right && y === left);
    });
  const merges = said.filter(({ action }) => action === "merge");
  const { edges, sharing } = findEdges(profiles, corpus);
  for (const edge of [...merges, ...edges]) {
    const [left, right] = [groups[edge.a], groups[edge.b]];
    if (left === undefined || right === undefined) continue;
    if (left !== right) {
      if (isSplit(left, right)) continue;
      if (edge.rule !== "override" && !mayJoin(left, right, edge, profiles, corpus)) continue;
      const [larger, smaller] = left.members.length >= right.members.length ? [left, right] : [right, left];
      for (const at of smaller.members) larger.members.push(at);
      for (const id of smaller.arxiv) larger.arxiv.add(id);
      for (const doi of smaller.dois) larger.dois.add(doi);
      for (const [kind, at] of smaller.kinds) if (!larger.kinds.has(kind)) larger.kinds.set(kind, at);
      for (const at of smaller.members) groups[at] = larger;
    }
    for (const at of [edge.a, edge.b]) if (!ties.has(at)) ties.set(at, edge);
  }
  const works = [...new Set(groups)].map(({ members }) => members.toSorted((a, b) => a - b));
  return works
    .sort(([a = 0], [b = 0]) => a - b)
    .map((members) => {
      const doubts = doubtsOf(
        members.flatMap((at) => profiles[at] ?? []),
        sharing,
      );
      return members.flatMap((at) => {
        const mention = mentions[at];
        return mention === undefined ? [] : [{ mention, tie: ties.get(at) ?? null, doubts }];
      });
    });
}
