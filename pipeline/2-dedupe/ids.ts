import type { PaperFacts } from "../1-parse/mention.ts";
import { stableId } from "../core/digest.ts";
import { identityOf, keysOf, normaliseTitle } from "./keys.ts";

/** A paper of the previous release, as far as its identity goes. */
export interface EarlierPaper {
  readonly paper_id: string;
  readonly first_captured_on: string | null;
  readonly mention_ids: readonly string[];
  readonly facts: Pick<PaperFacts, "title" | "arxiv_id" | "doi">;
}

/** A cluster that needs an id. */
export interface Unnamed {
  readonly facts: PaperFacts;
  readonly mention_ids: readonly string[];
  /** Titles of all members: a work keeps its id when its title changes in one capture. */
  readonly titles: readonly string[];
}

export interface AssignedIds {
  readonly paper_id: string;
  readonly absorbed_ids: readonly string[];
}

/** Of several earlier papers that turn out to be one, the one that was captured first survives; then by id. */
function elder(a: EarlierPaper, b: EarlierPaper): number {
  const [dayA, dayB] = [a.first_captured_on ?? "9999", b.first_captured_on ?? "9999"];
  return dayA < dayB ? -1 : dayA > dayB ? 1 : a.paper_id < b.paper_id ? -1 : 1;
}

/** Adds to an index; a key that two different values claim says nothing and is marked null. */
function claim<T>(index: Map<string, T | null>, key: string, value: T): void {
  index.set(key, index.has(key) && index.get(key) !== value ? null : value);
}

function keysOfCluster(cluster: Unnamed): Set<string> {
  const titles = cluster.titles.flatMap((title) => keysOf({ ...cluster.facts, title }));
  return new Set([...cluster.mention_ids, ...titles]);
}

/** The earlier papers that each cluster continues: those with which it alone shares a key. */
function inheritance(clusters: readonly Unnamed[], earlier: readonly EarlierPaper[]): EarlierPaper[][] {
  const claims = new Map<string, number | null>();
  for (const [index, cluster] of clusters.entries())
    for (const key of keysOfCluster(cluster)) claim(claims, key, index);
  const ambiguous = new Map<string, EarlierPaper | null>();
  for (const paper of earlier) for (const key of keysOf(paper.facts)) claim(ambiguous, key, paper);

  const inherited: EarlierPaper[][] = clusters.map(() => []);
  for (const paper of earlier.toSorted(elder)) {
    const keys = [...paper.mention_ids, ...keysOf(paper.facts).filter((key) => ambiguous.get(key) === paper)];
    const heir = keys.map((key) => claims.get(key)).find((index) => typeof index === "number");
    if (typeof heir === "number") inherited[heir]?.push(paper);
  }
  return inherited;
}

/**
 * Names clusters. A cluster that shares a key with an earlier paper keeps its id, and the eldest survives where there
 * are several; a new work's id comes from what it is. Two works with one title and nothing else known are told apart
 * by their abstracts. Clusters are taken in the order given (by their smallest mention id).
 */
export function assignIds<C extends Unnamed>(
  clusters: readonly C[],
  earlier: readonly EarlierPaper[],
): (C & AssignedIds)[] {
  const inherited = inheritance(clusters, earlier);
  const taken = new Set(earlier.map((paper) => paper.paper_id));
  return clusters.map((cluster, index) => {
    const [survivor, ...absorbed] = inherited[index] ?? [];
    if (survivor !== undefined)
      return {
        ...cluster,
        paper_id: survivor.paper_id,
        absorbed_ids: absorbed.map((paper) => paper.paper_id).sort(),
      };
    const identity = identityOf(cluster.facts);
    const candidates = [
      identity,
      [...identity, normaliseTitle(cluster.facts.abstract ?? "")],
      [...identity, cluster.mention_ids[0] ?? ""],
    ];
    const ids = candidates.map((parts) => stableId("p", ...parts));
    const paper_id = ids.find((id) => !taken.has(id)) ?? ids[0] ?? "";
    taken.add(paper_id);
    return { ...cluster, paper_id, absorbed_ids: [] };
  });
}
