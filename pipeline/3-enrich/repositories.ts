import type { RepositoryObservationRow, RepositoryRow } from "../../schemas/index.ts";
import type { Paper } from "../2-dedupe/paper.ts";
import { stableId } from "../core/digest.ts";
import type { Release } from "../core/release.ts";
import { repositoryKey } from "../core/repository-key.ts";
import { judge, observation, pastObservation, uncheckedRow } from "./judge.ts";
import type {
  CheckedRepository,
  DatedAnswer,
  DatedHistory,
  Etag,
  JournalEntry,
  RepositoryAsk,
} from "./repository.ts";

/** A repository while it is being checked: its row so far, and every check that is known. */
export interface Tracked {
  row: RepositoryRow;
  readonly keys: string[];
  namings: number;
  readonly observations: RepositoryObservationRow[];
  readonly absorbed_ids: string[];
  /** The host was asked for its past, whatever that held. */
  hasHistory?: true;
  /** The state that the row's figures are of, where the host named it. */
  etag?: Etag;
}

interface Naming {
  readonly host: RepositoryRow["host"];
  readonly owner: string;
  readonly name: string;
  readonly times: number;
}

const keyOfName = (host: string, fullName: string) => `${host}/${fullName}`.toLowerCase();

/** The repositories of the previous release, by each name that they ever had. */
async function earlierByName(previous: Release | null): Promise<Map<string, Tracked>> {
  const byName = new Map<string, Tracked>();
  const byId = new Map<string, Tracked>();
  if (previous === null) return byName;
  for await (const row of previous.rows("repositories")) {
    const tracked: Tracked = { row, keys: [], namings: 0, observations: [], absorbed_ids: [] };
    byId.set(row.repository_id, tracked);
    for (const name of [row.full_name, ...row.previous_names]) byName.set(keyOfName(row.host, name), tracked);
  }
  for await (const row of previous.rows("repository_observations"))
    byId.get(row.repository_id)?.observations.push(row);
  return byName;
}

/**
 * Every different repository that the papers name, with what the previous release knew of it. A name that an earlier
 * check followed to its new place is the same repository, with the same id.
 */
export async function namedRepositories(
  papers: AsyncIterable<Paper>,
  previous: Release | null,
  count: (namings: number) => void,
): Promise<Tracked[]> {
  const known = await earlierByName(previous);
  const named = new Map<string, Naming>();
  for await (const paper of papers) {
    count(paper.repositories.length);
    for (const { host, owner, name } of paper.repositories) {
      const key = repositoryKey({ host, owner, name });
      const other = named.get(key);
      const times = (other?.times ?? 0) + 1;
      // of two spellings, the first in character order: independent of the order of papers
      const isFirst = other === undefined || `${owner}/${name}` < `${other.owner}/${other.name}`;
      named.set(key, isFirst ? { host, owner, name, times } : { ...other, times });
    }
  }
  const tracked = new Set<Tracked>();
  for (const [key, { times, ...name }] of [...named].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const repository = known.get(key);
    if (repository === undefined) {
      const row = uncheckedRow({ repository_id: stableId("r", key), ...name });
      tracked.add({ row, keys: [key], namings: times, observations: [], absorbed_ids: [] });
    } else {
      repository.keys.push(key);
      repository.namings += times;
      tracked.add(repository);
    }
  }
  return [...tracked];
}

/** Takes an answer into account, once: one that the row's own check is not older than is known already. */
export function apply(repository: Tracked, { at, answer, etag }: DatedAnswer): void {
  if (repository.row.checked_at !== null && at <= repository.row.checked_at) {
    // a release holds the figures, the journal alone the name of their state
    if (etag !== undefined && at === repository.row.observed_at) repository.etag = etag;
    return;
  }
  repository.row = judge(repository.row, answer, at);
  repository.observations.push(observation(repository.row, answer, at));
  if (answer.kind !== "found") return;
  // figures from elsewhere are of another state, even of a repository that is another one now
  if (etag === undefined || repository.row.observed_at !== at) delete repository.etag;
  else repository.etag = etag;
}

const isOfThePast = ({ source }: RepositoryObservationRow) => source === "github_star_history";

/** Whether the past of a repository is known, as far as its host tells it. */
export const knowsHistory = ({ hasHistory, observations }: Tracked): boolean =>
  hasHistory === true || observations.some(isOfThePast);

/** Adds what the host tells of the past, once, up to the first figures that a check brought: these were seen. */
export function applyHistory(repository: Tracked, { history }: DatedHistory): void {
  if (knowsHistory(repository)) return;
  const { row, observations } = repository;
  const seen = observations.flatMap(({ stars, observed_at }) => (stars === null ? [] : [observed_at]));
  const [first = "9999"] = seen.sort();
  repository.hasHistory = true;
  for (const count of history) if (count.at < first) observations.push(pastObservation(row, count));
}

/** Takes into account what the journal holds. */
export function applyEntry(repository: Tracked, entry: JournalEntry): void {
  if ("history" in entry) applyHistory(repository, entry);
  else apply(repository, entry);
}

/** The repository as something to ask about. */
export function askOf({ row, etag }: Tracked): RepositoryAsk {
  return etag === undefined ? row : { ...row, etag };
}

const newest = (a: RepositoryRow, b: RepositoryRow): RepositoryRow =>
  (b.observed_at ?? "") > (a.observed_at ?? "") ? b : a;

/** Makes another name's repository part of the survivor: its id and history stay, the newest figures count. */
function absorb(survivor: Tracked, other: Tracked): void {
  const { row } = survivor;
  const current = newest(row, other.row);
  const names = [row.full_name, ...row.previous_names, other.row.full_name, ...other.row.previous_names];
  const isOther = (name: string) => name.toLowerCase() !== current.full_name.toLowerCase();
  const previous_names = [...new Set(names)].filter(isOther);
  const status = current.status === "alive" && previous_names.length > 0 ? "moved" : current.status;
  survivor.row = { ...current, repository_id: row.repository_id, previous_names, status };
  survivor.keys.push(...other.keys);
  survivor.namings += other.namings;
  survivor.absorbed_ids.push(other.row.repository_id, ...other.absorbed_ids);
  const byTime = new Map(survivor.observations.map((seen) => [seen.observed_at, seen]));
  for (const seen of other.observations) {
    const same = byTime.get(seen.observed_at);
    // of two answers at one time, the one that brought figures is of the repository that is still there
    if (same === undefined || (same.host_id === null && seen.host_id !== null))
      byTime.set(seen.observed_at, { ...seen, repository_id: row.repository_id });
  }
  survivor.observations.splice(0, Infinity, ...byTime.values());
}

/**
 * Two names that turned out to be one repository, by the host's numeric id, become one row. The one with the longer
 * history survives, then the smaller id. The result is in the order of ids.
 */
export function joinByHostId(repositories: readonly Tracked[]): CheckedRepository[] {
  const checks = ({ observations }: Tracked) => observations.filter((seen) => !isOfThePast(seen)).length;
  const ordered = repositories.toSorted(
    (a, b) => checks(b) - checks(a) || (a.row.repository_id < b.row.repository_id ? -1 : 1),
  );
  const byHostId = new Map<string, Tracked>();
  const kept: Tracked[] = [];
  for (const repository of ordered) {
    const { host, host_id, status } = repository.row;
    const key = `${host}:${host_id}`;
    const survivor = host_id === null || status === "replaced" ? undefined : byHostId.get(key);
    if (survivor !== undefined) absorb(survivor, repository);
    else {
      kept.push(repository);
      if (host_id !== null && status !== "replaced") byHostId.set(key, repository);
    }
  }
  for (const { observations } of kept) observations.sort((a, b) => (a.observed_at < b.observed_at ? -1 : 1));
  return kept.sort((a, b) => (a.row.repository_id < b.row.repository_id ? -1 : 1));
}
