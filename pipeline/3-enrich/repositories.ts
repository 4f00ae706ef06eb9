import type { RepositoryObservationRow, RepositoryRow } from "../../schemas/index.ts";
import { judge, observation, pastObservation } from "./judge.ts";
import type { DatedAnswer, DatedHistory, Etag, JournalEntry, RepositoryAsk } from "./repository.ts";

/** A repository while it is being checked: its row so far, and every check that is known. */
export interface Tracked {
  row: RepositoryRow;
  /** The names (`repositoryKey`) under which papers name it. */
  readonly keys: string[];
  namings: number;
  readonly observations: RepositoryObservationRow[];
  readonly absorbed_ids: string[];
  /** The host was asked for its past, whatever that held. */
  hasHistory?: true;
  /** The state that the row's figures are of, where the host named it. */
  etag?: Etag;
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

export const isOfThePast = ({ source }: RepositoryObservationRow) => source === "github_star_history";

/** Whether the past of a repository is known, as far as its host tells it. */
export const knowsHistory = ({ hasHistory, observations }: Tracked): boolean =>
  hasHistory === true || observations.some(isOfThePast);

/** Adds what the host tells of the past, once, up to the first figures that a check brought: these were seen. */
function applyHistory(repository: Tracked, { history }: DatedHistory): void {
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
