import type { PaperFacts } from "../1-parse/mention.ts";
import { stableId } from "../core/digest.ts";
import { compareVersions } from "../core/versions.ts";
import { compare } from "./compare.ts";
import { learn } from "./corpus.ts";
import { identityOf, keysOf } from "./keys.ts";
import { profileOfFacts } from "./profile.ts";
import { normaliseTitle } from "./text-forms.ts";

/** A paper of the previous release, as far as its identity goes. */
export interface EarlierPaper {
  readonly paper_id: string;
  readonly first_released_in: string;
  readonly mention_ids: readonly string[];
  readonly facts: PaperFacts;
}

/** What the previous release knows of ids. */
export interface EarlierIds {
  readonly papers: readonly EarlierPaper[];
  /** Ids that others took the place of, merged or split: they never stand for another work again. */
  readonly merged: readonly string[];
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
  readonly first_released_in: string | null;
  readonly absorbed_ids: readonly string[];
}

/** Of several earlier papers that turn out to be one, the one that was released first survives; then by id. */
function elder(a: EarlierPaper, b: EarlierPaper): number {
  return compareVersions(a.first_released_in, b.first_released_in) || (a.paper_id < b.paper_id ? -1 : 1);
}

/** Adds to an index; a key that two different values claim says nothing and is marked null. */
function claim<T>(index: Map<string, T | null>, key: string, value: T): void {
  index.set(key, index.has(key) && index.get(key) !== value ? null : value);
}

function keysOfCluster(cluster: Unnamed): Set<string> {
  const titles = cluster.titles.flatMap((title) => keysOf({ ...cluster.facts, title }));
  return new Set([...cluster.mention_ids, ...titles]);
}

/** What two papers of two releases are judged by: themselves alone. */
const UNTAUGHT = learn([]);

/** Whether an earlier paper that shares a key with a cluster is the same work by what is known of both. */
function isContinued(earlier: EarlierPaper, cluster: Unnamed): boolean {
  const before = profileOfFacts(earlier.facts);
  return cluster.titles.some(
    (title) => compare(before, profileOfFacts({ ...cluster.facts, title }), UNTAUGHT).same,
  );
}

/**
 * The cluster that holds most of an earlier paper's mentions, where that paper turns out to be several works: its id
 * stays with the greater part. Of equal parts, one that continues no elder paper, then that of the first mention.
 */
function greatestPart<C>(
  parts: readonly (C | null | undefined)[],
  isTaken: (cluster: C) => boolean,
): C | undefined {
  const sizes = new Map<C, number>();
  for (const part of parts)
    if (part !== null && part !== undefined) sizes.set(part, (sizes.get(part) ?? 0) + 1);
  const [greatest] = [...sizes].sort(([a, m], [b, n]) => n - m || Number(isTaken(a)) - Number(isTaken(b)));
  return greatest?.[0];
}

/**
 * The earlier papers that each cluster continues: those of whose mentions it holds most, and those with which it alone
 * shares another key while nothing known of the two speaks against it.
 */
function inheritance<C extends Unnamed>(
  clusters: readonly C[],
  earlier: readonly EarlierPaper[],
): Map<C, EarlierPaper[]> {
  const claims = new Map<string, C | null>();
  for (const cluster of clusters) for (const key of keysOfCluster(cluster)) claim(claims, key, cluster);
  const owners = new Map<string, EarlierPaper | null>();
  for (const paper of earlier) for (const key of keysOf(paper.facts)) claim(owners, key, paper);

  const inherited = new Map<C, EarlierPaper[]>();
  for (const paper of earlier.toSorted(elder)) {
    const byMention = greatestPart(
      paper.mention_ids.map((id) => claims.get(id)),
      (cluster) => inherited.has(cluster),
    );
    const byKey = () =>
      keysOf(paper.facts)
        .filter((key) => owners.get(key) === paper)
        .map((key) => claims.get(key))
        .find((heir) => heir !== null && heir !== undefined && isContinued(paper, heir));
    const heir = byMention ?? byKey();
    if (heir !== null && heir !== undefined) inherited.set(heir, [...(inherited.get(heir) ?? []), paper]);
  }
  return inherited;
}

/** Ids for a new work, the first choice first: what it is, then with its abstract, then with its first mention. */
function* choices(cluster: Unnamed): Generator<string> {
  const identity = identityOf(cluster.facts);
  yield stableId("p", ...identity);
  yield stableId("p", ...identity, normaliseTitle(cluster.facts.abstract ?? ""));
  for (let again = 0; ; again += 1)
    yield stableId("p", ...identity, cluster.mention_ids[0] ?? "", String(again));
}

/**
 * Names clusters. A cluster that continues earlier papers keeps the eldest's id; a new work's id comes from what it is.
 * Two works with one title and nothing else known are told apart by their abstracts. Clusters are taken in the order
 * given (by their smallest mention id).
 */
export function assignIds<C extends Unnamed>(
  clusters: readonly C[],
  earlier: EarlierIds,
): (C & AssignedIds)[] {
  const inherited = inheritance(clusters, earlier.papers);
  const taken = new Set([...earlier.papers.map((paper) => paper.paper_id), ...earlier.merged]);
  return clusters.map((cluster) => {
    const [survivor, ...absorbed] = inherited.get(cluster) ?? [];
    if (survivor !== undefined)
      return {
        ...cluster,
        paper_id: survivor.paper_id,
        first_released_in: survivor.first_released_in,
        absorbed_ids: absorbed.map((paper) => paper.paper_id).sort(),
      };
    const paper_id = choices(cluster).find((id) => !taken.has(id)) as string; // the last choices never end
    taken.add(paper_id);
    return { ...cluster, paper_id, first_released_in: null, absorbed_ids: [] };
  });
}
