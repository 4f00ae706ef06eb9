import type { RepositoryRow } from "../../schemas/index.ts";
import { HOSTS } from "../../schemas/vocabularies.ts";
import { Growing } from "../core/growing.ts";
import type { KnownRepositories } from "./known.ts";
import { isOfThePast, type Tracked } from "./repositories.ts";
import type { CheckedRepository } from "./repository.ts";

/** Two names that turned out to be one repository, by the host's numeric id, become one row. */

const newest = (a: RepositoryRow, b: RepositoryRow): RepositoryRow =>
  (b.observed_at ?? "") > (a.observed_at ?? "") ? b : a;

const HOST_NAMES = Object.keys(HOSTS);

/** What is the same for two names of one repository, and for no others; null: not known, or of what it was before. */
function identityOf({ row: { host, host_id, status } }: Tracked): number | null {
  if (host_id === null || status === "replaced") return null;
  return host_id * HOST_NAMES.length + HOST_NAMES.indexOf(host);
}

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

const inOrder = (repository: Tracked): CheckedRepository => {
  repository.observations.sort((a, b) => (a.observed_at < b.observed_at ? -1 : 1));
  return repository;
};

/** The one with the longer history survives, then the smaller id. The result is in the order of ids. */
export function joinByHostId(repositories: readonly Tracked[]): CheckedRepository[] {
  const checks = ({ observations }: Tracked) => observations.filter((seen) => !isOfThePast(seen)).length;
  const ordered = repositories.toSorted(
    (a, b) => checks(b) - checks(a) || (a.row.repository_id < b.row.repository_id ? -1 : 1),
  );
  const byHostId = new Map<number, Tracked>();
  const kept: Tracked[] = [];
  for (const repository of ordered) {
    const key = identityOf(repository);
    const survivor = key === null ? undefined : byHostId.get(key);
    if (survivor !== undefined) absorb(survivor, repository);
    else {
      kept.push(repository);
      if (key !== null) byHostId.set(key, repository);
    }
  }
  return kept.map(inOrder).sort((a, b) => (a.row.repository_id < b.row.repository_id ? -1 : 1));
}

/** The identities that more than one repository has. */
async function sharedIdentities(known: KnownRepositories): Promise<ReadonlySet<number>> {
  const all = new Growing((length) => new Float64Array(length));
  for await (const repository of known.all()) all.push(identityOf(repository) ?? Number.NaN);
  const sorted = all.all().sort();
  return new Set(sorted.filter((identity, i) => identity === sorted[i - 1]));
}

/** Every repository once, in the order of ids: those with an identity of their own as they come, the others joined. */
export async function* joined(known: KnownRepositories): AsyncGenerator<CheckedRepository> {
  const shared = await sharedIdentities(known);
  const isShared = (repository: Tracked) => shared.has(identityOf(repository) ?? Number.NaN);
  const several: Tracked[] = [];
  if (shared.size > 0)
    for await (const repository of known.all()) if (isShared(repository)) several.push(repository);
  const survivors = new Map(joinByHostId(several).map((one) => [one.row.repository_id, one]));
  for await (const repository of known.all()) {
    const one = isShared(repository) ? survivors.get(repository.row.repository_id) : inOrder(repository);
    if (one !== undefined) yield one;
  }
}
