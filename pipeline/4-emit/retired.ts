import type { RetiredIdRow } from "../../schemas/index.ts";
import type { RetirableTable } from "../../schemas/vocabularies.ts";
import type { Release } from "../core/release.ts";
import { joinByKey } from "../release/diff-join.ts";
import type { Findings } from "./tables.ts";

/** The retired ids of a release before its version is known: new ones have none yet. */
export type Retirement = Omit<RetiredIdRow, "retired_in_version"> & {
  readonly retired_in_version: string | null;
};

function retirement(table: RetirableTable, retired_id: string, surviving_id: string | null): Retirement {
  const reason = surviving_id === null ? "removed" : "merged";
  return { retired_id, table, surviving_id, reason, retired_in_version: null };
}

/** Follows an id through later mergers to the id that stands for it now. */
function survivorOf(id: string, absorbedBy: ReadonlyMap<string, string>): string | null {
  let survivor = absorbedBy.get(id);
  for (let next = survivor; next !== undefined; next = absorbedBy.get(next)) survivor = next;
  return survivor ?? null;
}

/** An earlier retirement, with the id that stands for it now: its survivor may have been merged or removed since. */
function upToDate(
  row: RetiredIdRow,
  living: ReadonlySet<string>,
  absorbedBy: ReadonlyMap<string, string>,
): RetiredIdRow {
  if (row.surviving_id === null || living.has(row.surviving_id)) return row;
  const surviving_id = survivorOf(row.surviving_id, absorbedBy);
  return { ...row, surviving_id, reason: surviving_id === null ? "removed" : row.reason };
}

/**
 * Of papers that were merged into others, those whose mentions stand under several papers now. Holds the mentions of
 * the merged papers alone.
 */
async function splitPapers(
  merged: ReadonlySet<string>,
  previous: Release,
  papers: Findings["papers"],
): Promise<ReadonlySet<string>> {
  if (merged.size === 0) return merged;
  const earlierOf = new Map<string, string>();
  for await (const { mention_id, paper_id } of previous.rows("mentions"))
    if (merged.has(paper_id)) earlierOf.set(mention_id, paper_id);
  const holders = new Map<string, Set<string>>();
  for await (const { paper_id, mentions } of papers.records())
    for (const { mention_id } of mentions) {
      const earlier = earlierOf.get(mention_id);
      if (earlier !== undefined) holders.set(earlier, (holders.get(earlier) ?? new Set()).add(paper_id));
    }
  return new Set([...holders].flatMap(([id, { size }]) => (size > 1 ? [id] : [])));
}

/** Ids of papers of the previous release that stand for none now: both releases are in the order of ids. */
async function papersGone(papers: AsyncIterable<{ readonly paper_id: string }>, previous: Release) {
  const side = (side: string, rows: AsyncIterable<{ readonly paper_id: string }>) => ({
    rows: async function* () {
      for await (const { paper_id } of rows) yield { paper_id };
    },
    table: "papers",
    side,
  });
  const [before, after] = [
    side(`release ${previous.version}`, previous.rows("papers")),
    side("the new release", papers),
  ];
  const gone: string[] = [];
  for await (const pair of joinByKey(before, after, ["paper_id"]))
    if (pair.after === null) gone.push(String(pair.before["paper_id"]));
  return gone;
}

/**
 * Ids of earlier releases that no longer stand for a row, in the order of ids: those that the previous release had
 * retired, brought up to date, and those that this one retires. An id that stands for a row again is no longer retired.
 * A paper that turns out to be several keeps its id for one of them and is not retired: the difference tells of it.
 * Memory holds retired ids and no others of papers.
 */
export async function retiredIds(findings: Findings, previous: Release | null): Promise<Retirement[]> {
  if (previous === null) return [];
  const earlier = await Array.fromAsync(previous.rows("retired_ids"));
  const named = new Set(
    earlier.flatMap(({ retired_id, surviving_id }) => [retired_id, surviving_id ?? []].flat()),
  );
  const living = new Set<string>();
  const absorbedBy = new Map<string, string>();
  const see = (id: string, absorbed_ids: readonly string[]) => {
    if (named.has(id)) living.add(id);
    for (const absorbed of absorbed_ids) absorbedBy.set(absorbed, id);
  };
  async function* papersSeen() {
    for await (const { paper_id, absorbed_ids } of findings.papers.records()) {
      see(paper_id, absorbed_ids);
      yield { paper_id };
    }
  }
  const gone = await papersGone(papersSeen(), previous);
  const repositories = new Set(findings.repositories.map(({ row }) => row.repository_id));
  for (const { row, absorbed_ids } of findings.repositories) see(row.repository_id, absorbed_ids);
  const retired = new Map<string, Retirement>();
  const retire = (table: RetirableTable, id: string) =>
    retired.set(id, retirement(table, id, survivorOf(id, absorbedBy)));
  for (const id of gone) retire("papers", id);
  for await (const { repository_id } of previous.rows("repositories"))
    if (!repositories.has(repository_id)) retire("repositories", repository_id);
  for (const row of earlier)
    if (!living.has(row.retired_id)) retired.set(row.retired_id, upToDate(row, living, absorbedBy));
  // older retirements were looked into when they were made; without new ones no mention has to be read
  const isMerged = ({ table, reason, retired_in_version }: Retirement) =>
    table === "papers" && reason === "merged" && retired_in_version === null;
  const merged = new Set([...retired.values()].filter(isMerged).map(({ retired_id }) => retired_id));
  for (const id of await splitPapers(merged, previous, findings.papers)) {
    const row = retired.get(id);
    if (row !== undefined) retired.set(id, { ...row, reason: "split" });
  }
  return [...retired.values()].sort((a, b) => (a.retired_id < b.retired_id ? -1 : 1));
}
