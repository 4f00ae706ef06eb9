import type { AnyRow } from "../4-emit/format.ts";
import type { Pair } from "./diff-join.ts";

/** What happened to papers and repositories between two releases, in the words of those who use them. */

/** How many there are, and the first of them. */
export interface Listed<T> {
  readonly count: number;
  readonly first: readonly T[];
}

interface PaperNamed {
  readonly paper_id: string;
  readonly title: string;
}

export interface PaperEvents {
  readonly added: Listed<PaperNamed>;
  /** Papers that turned out to be the same as others. */
  readonly merged: Listed<PaperNamed & { readonly surviving_id: string | null }>;
  /** Papers of whose mentions some stand under other papers now: `into` has all papers that hold them. */
  readonly split: Listed<{ readonly paper_id: string; readonly into: readonly string[] }>;
  /** Papers that nothing in the input stands for any more. */
  readonly removed: Listed<PaperNamed>;
}

interface RepositoryNamed {
  readonly repository_id: string;
  readonly full_name: string;
}

export interface StarsChange extends RepositoryNamed {
  readonly before: number;
  readonly after: number;
  readonly before_observed_at: string | null;
  readonly after_observed_at: string | null;
}

/** Events of repositories that both releases hold, and those that became others. */
export interface RepositoryEvents {
  /** They answer under another name. */
  readonly moved: Listed<RepositoryNamed & { readonly was: string }>;
  readonly went_missing: Listed<RepositoryNamed & { readonly status: string }>;
  /** They answer again after they were missing, gone or withheld. */
  readonly came_back: Listed<RepositoryNamed & { readonly was: string }>;
  readonly archived: Listed<RepositoryNamed>;
  /** They turned out to be the same as others. */
  readonly merged: Listed<{ readonly repository_id: string; readonly surviving_id: string | null }>;
  /** How many figures changed, and the largest changes up and down. */
  readonly stars: Listed<StarsChange>;
}

/** So many events of a kind are named. */
export const MOST_EVENTS = 20;

function list<T>() {
  const first: T[] = [];
  let count = 0;
  return {
    add(item: T): void {
      count += 1;
      if (first.length < MOST_EVENTS) first.push(item);
    },
    get: (): Listed<T> => ({ count, first }),
  };
}

/** The items that weigh most, the heaviest first; of equal ones, those that came first. */
function largest<T>(weight: (item: T) => number) {
  const first: T[] = [];
  let count = 0;
  return {
    add(item: T): void {
      count += 1;
      const behind = first.findIndex((other) => weight(other) < weight(item));
      first.splice(behind === -1 ? first.length : behind, 0, item);
      if (first.length > MOST_EVENTS) first.pop();
    },
    get: (): Listed<T> => ({ count, first }),
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const differ = (a: unknown, b: unknown) => text(a).toLowerCase() !== text(b).toLowerCase();

const ABSENT: ReadonlySet<unknown> = new Set(["missing", "gone"]);
const WITHHELD: ReadonlySet<unknown> = new Set([...ABSENT, "blocked"]);
const PRESENT: ReadonlySet<unknown> = new Set(["alive", "moved"]);

function repositoryWatch() {
  const [moved, missing, back, archived] = [
    list<RepositoryNamed & { was: string }>(),
    list<RepositoryNamed & { status: string }>(),
    list<RepositoryNamed & { was: string }>(),
    list<RepositoryNamed>(),
  ];
  const stars = largest<StarsChange>(({ before, after }) => Math.abs(after - before));

  function seeMove(named: RepositoryNamed, before: AnyRow, after: AnyRow): void {
    const isRenamed = differ(before["full_name"], after["full_name"]);
    if (!isRenamed && (before["status"] === "moved" || after["status"] !== "moved")) return;
    const names = after["previous_names"] as readonly string[] | null | undefined;
    moved.add({ ...named, was: isRenamed ? text(before["full_name"]) : (names?.at(-1) ?? "") });
  }

  return {
    see(before: AnyRow, after: AnyRow): void {
      const named = {
        repository_id: text(after["repository_id"]),
        full_name: text(after["full_name"]),
      };
      const [was, status] = [text(before["status"]), text(after["status"])];
      seeMove(named, before, after);
      if (!ABSENT.has(was) && ABSENT.has(status)) missing.add({ ...named, status });
      if (WITHHELD.has(was) && PRESENT.has(status)) back.add({ ...named, was });
      if (before["is_archived"] === false && after["is_archived"] === true) archived.add(named);
      const [old, now] = [before["stars"], after["stars"]];
      if (typeof old !== "number" || typeof now !== "number" || old === now) return;
      const times = {
        before_observed_at: textOrNull(before["observed_at"]),
        after_observed_at: textOrNull(after["observed_at"]),
      };
      stars.add({ ...named, before: old, after: now, ...times });
    },
    get: () => ({
      moved: moved.get(),
      went_missing: missing.get(),
      came_back: back.get(),
      archived: archived.get(),
      stars: stars.get(),
    }),
  };
}

interface Retired {
  readonly reason: string;
  readonly surviving_id: string | null;
}

/**
 * Watches pairs of rows of the tables as they pass; `retired_ids` and `mentions` must pass before `papers`. Holds
 * ids that went and mentions that changed their paper, and nothing of what stayed.
 */
export function eventWatch() {
  const repositories = repositoryWatch();
  const mergedRepositories = list<{ repository_id: string; surviving_id: string | null }>();
  const [added, removed] = [list<PaperNamed>(), list<PaperNamed>()];
  const merged = list<PaperNamed & { surviving_id: string | null }>();
  const retired = new Map<string, Retired>();
  /** Papers that hold mentions of another paper now, by that paper. */
  const partsOf = new Map<string, Set<string>>();
  const gone = new Set<string>();

  function seeRetired(row: AnyRow): void {
    const [id, surviving_id] = [text(row["retired_id"]), textOrNull(row["surviving_id"])];
    if (row["table"] === "papers") retired.set(id, { reason: text(row["reason"]), surviving_id });
    else if (row["reason"] === "merged") mergedRepositories.add({ repository_id: id, surviving_id });
  }

  function seeMention(before: AnyRow, after: AnyRow): void {
    const [old, now] = [text(before["paper_id"]), text(after["paper_id"])];
    if (old === now) return;
    const parts = partsOf.get(old) ?? new Set();
    partsOf.set(old, parts.add(now));
  }

  function seeRemoved(row: AnyRow): void {
    const named = { paper_id: text(row["paper_id"]), title: text(row["title"]) };
    if (partsOf.has(named.paper_id)) gone.add(named.paper_id);
    const known = retired.get(named.paper_id);
    if (known === undefined || known.reason === "removed") removed.add(named);
    else if (known.reason === "merged") merged.add({ ...named, surviving_id: known.surviving_id });
  }

  function splits() {
    const split = list<{ paper_id: string; into: readonly string[] }>();
    for (const [paper_id, parts] of [...partsOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const into = [...parts, ...(gone.has(paper_id) ? [] : [paper_id])].sort();
      if (into.length > 1) split.add({ paper_id, into });
    }
    return split.get();
  }

  return {
    see(table: string, { before, after }: Pair): void {
      if (table === "retired_ids" && before === null) seeRetired(after);
      else if (table === "mentions" && before !== null && after !== null) seeMention(before, after);
      else if (table === "papers" && after === null) seeRemoved(before);
      else if (table === "papers" && before === null)
        added.add({ paper_id: text(after["paper_id"]), title: text(after["title"]) });
      else if (table === "repositories" && before !== null && after !== null) repositories.see(before, after);
    },
    papers: (): PaperEvents => ({
      added: added.get(),
      merged: merged.get(),
      split: splits(),
      removed: removed.get(),
    }),
    repositories: (): RepositoryEvents => ({ ...repositories.get(), merged: mergedRepositories.get() }),
  };
}
