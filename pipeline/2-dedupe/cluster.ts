import type { Mention } from "../1-parse/mention.ts";
import { blocksOf } from "./candidates/blocks.ts";
import { compare, type TieRule } from "./compare.ts";
import { type Corpus, learnFrom } from "./corpus.ts";
import { type Edge, findEdges, type Tie } from "./edges.ts";
import { type Profile, profileOf } from "./profile.ts";
import { Packer, type Profiles } from "./store/profiles.ts";
import { isWeak } from "./vetoes.ts";

export interface Member {
  readonly mention: Mention;
  /** The strongest tie to another member; null where there is no other. */
  readonly tie: Tie | null;
}

/** Works as groups of places. */
export interface Works {
  /** The first place of the work that each place is of. */
  readonly firstOf: Int32Array;
  /** The strongest tie of each place that has one. */
  readonly ties: ReadonlyMap<number, Tie>;
  /** So many pairs were compared. */
  readonly asked: number;
}

const BY_IDENTIFIER: ReadonlySet<TieRule> = new Set(["same_arxiv_id", "same_doi"]);

/** A work of two or more members while it grows. */
interface Group {
  readonly members: number[];
  /** One of each kind of member, by all that is compared: equal members cannot disagree. */
  readonly kinds: Map<string, number>;
  /** So many of the members are among the kinds; most works are joined once, and nobody asks for theirs. */
  sorted: number;
}

/** So many kinds of member are held against those of another group. */
const MOST_KINDS = 100;

/** The mentions of every title that two or more have. */
function* titlesOf(profiles: Profiles): Generator<readonly Profile[]> {
  for (const block of blocksOf(profiles.keys("title"))) {
    const all = Array.from(block, (place) => profiles.at(place));
    // two titles may have one number
    yield* Map.groupBy(all, ({ squashed }) => squashed).values();
  }
}

function kindsOf(group: Group, profiles: Profiles): number[] {
  const { members, kinds } = group;
  for (; group.sorted < members.length && kinds.size < MOST_KINDS; group.sorted += 1) {
    const at = members[group.sorted] ?? 0;
    const kind = profiles.kindAt(at);
    if (!kinds.has(kind)) kinds.set(kind, at);
  }
  return [...kinds.values()];
}

/**
 * Whether two groups may become one by this edge: nothing forbids it between any of their members. A title in other
 * words ties a mention to a group, but not two groups that each have found their title.
 */
function mayJoin(left: Group, right: Group, { rule }: Edge, profiles: Profiles, corpus: Corpus): boolean {
  // the edge itself is what two mentions alone have to say
  if (left.members.length === 1 && right.members.length === 1) return true;
  if (rule === "partial_title" && left.members.length > 1 && right.members.length > 1) return false;
  const others = kindsOf(right, profiles).map((at) => profiles.at(at));
  for (const at of kindsOf(left, profiles)) {
    const one = profiles.at(at);
    for (const other of others) {
      const result = compare(one, other, corpus);
      if (result.same) continue;
      const isGeneric = result.reason === "generic_title" && !BY_IDENTIFIER.has(rule);
      if (isGeneric || !isWeak(result.reason)) return false;
    }
  }
  return true;
}

/**
 * Groups places into works: the strongest ties first, and two groups are joined only where nothing forbids it between
 * any of their members.
 */
export function findWorks(profiles: Profiles): Works {
  const corpus = learnFrom(titlesOf(profiles), profiles.listed);
  const edges = findEdges(profiles, corpus);
  const groups = new Map<number, Group>();
  const groupOf = (at: number): Group => groups.get(at) ?? { members: [at], kinds: new Map(), sorted: 0 };
  const ties = new Map<number, Tie>();
  for (const edge of edges.strongestFirst()) {
    const [left, right] = [groupOf(edge.a), groupOf(edge.b)];
    if (left !== right) {
      if (!mayJoin(left, right, edge, profiles, corpus)) continue;
      const [larger, smaller] = left.members.length >= right.members.length ? [left, right] : [right, left];
      larger.members.push(...smaller.members);
      for (const at of larger.members.length === 2 ? larger.members : smaller.members) groups.set(at, larger);
    }
    for (const at of [edge.a, edge.b]) if (!ties.has(at)) ties.set(at, edge);
  }
  const firstOf = new Int32Array(profiles.length);
  for (let at = 0; at < firstOf.length; at += 1) firstOf[at] = at;
  for (const { members } of new Set(groups.values())) {
    const first = members.reduce((least, at) => Math.min(least, at));
    for (const at of members) firstOf[at] = first;
  }
  return { firstOf, ties, asked: edges.asked };
}

/**
 * Groups mentions into works. A group's members are in the order of their ids; so are the groups by their first
 * member. The result does not depend on the order of the input.
 */
export function cluster(mentions: readonly Mention[]): Member[][] {
  const packer = new Packer();
  for (const mention of mentions) packer.add(profileOf(mention));
  const order = packer.order();
  const { firstOf, ties } = findWorks(packer.profiles(order));
  const works = new Map<number, Member[]>();
  firstOf.forEach((first, at) => {
    const mention = mentions[order[at] ?? 0];
    if (mention === undefined) return;
    const member = { mention, tie: ties.get(at) ?? null };
    const members = works.get(first);
    if (members === undefined) works.set(first, [member]);
    else members.push(member);
  });
  return [...works.values()];
}
