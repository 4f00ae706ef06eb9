import type { MatchRule } from "../../schemas/vocabularies.ts";
import type { Mention } from "../1-parse/mention.ts";
import { clash, compare } from "./compare.ts";
import { keysOf } from "./keys.ts";

/** A tie between two mentions, named by their ids. */
export interface Edge {
  readonly a: string;
  readonly b: string;
  readonly rule: Exclude<MatchRule, "single">;
  readonly score: number;
}

export interface Member {
  readonly mention: Mention;
  /** The strongest tie to another member; null where there is no other. */
  readonly tie: Pick<Edge, "rule" | "score"> | null;
}

/** How many different works under one key are told apart before a further mention is left alone. */
const GROUPS_PER_KEY = 64;

const byId = (a: Mention, b: Mention) => (a.mention_id < b.mention_id ? -1 : 1);

/**
 * Ties between the mentions that share a key. Each mention is compared with one representative of every work seen
 * under the key so far, so that a key shared by a million equal mentions costs a million comparisons.
 */
function tiesUnder(mentions: readonly Mention[]): Edge[] {
  const representatives: Mention[] = [];
  const edges: Edge[] = [];
  for (const mention of mentions) {
    let tied = false;
    for (const other of representatives) {
      const result = compare(other, mention);
      if (!result.same) continue;
      edges.push({ a: other.mention_id, b: mention.mention_id, rule: result.rule, score: result.score });
      tied = true;
    }
    if (!tied && representatives.length < GROUPS_PER_KEY) representatives.push(mention);
  }
  return edges;
}

function findEdges(mentions: readonly Mention[]): Edge[] {
  const byKey = new Map<string, Mention[]>();
  for (const mention of mentions)
    for (const key of keysOf(mention)) {
      const bucket = byKey.get(key);
      if (bucket === undefined) byKey.set(key, [mention]);
      else bucket.push(mention);
    }
  const edges = [...byKey.values()].filter((bucket) => bucket.length > 1).flatMap(tiesUnder);
  return edges.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
}

/**
 * Groups mentions into works: the strongest ties first, and two groups are joined only where nothing forbids it
 * between any of their members. A group's members are in the order of their ids; so are the groups by their first
 * member. The result does not depend on the order of the input.
 */
export function cluster(input: readonly Mention[]): Member[][] {
  const mentions = input.toSorted(byId);
  const groupOf = new Map<string, Mention[]>(mentions.map((mention) => [mention.mention_id, [mention]]));
  const ties = new Map<string, Edge>();
  for (const edge of findEdges(mentions)) {
    const [left, right] = [groupOf.get(edge.a), groupOf.get(edge.b)];
    if (left === undefined || right === undefined) continue;
    if (left !== right) {
      if (left.some((x) => right.some((y) => clash(x, y)))) continue;
      const [larger, smaller] = left.length >= right.length ? [left, right] : [right, left];
      larger.push(...smaller);
      for (const mention of smaller) groupOf.set(mention.mention_id, larger);
    }
    for (const id of [edge.a, edge.b]) if (!ties.has(id)) ties.set(id, edge);
  }
  const groups = [...new Set(groupOf.values())].map((group) => group.toSorted(byId));
  return groups
    .sort((a, b) => ((a[0]?.mention_id ?? "") < (b[0]?.mention_id ?? "") ? -1 : 1))
    .map((group) => group.map((mention) => ({ mention, tie: ties.get(mention.mention_id) ?? null })));
}
