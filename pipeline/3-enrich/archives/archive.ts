import type { RepositoryRow } from "../../../schemas/index.ts";
import type { RepositoryStatus } from "../../../schemas/vocabularies.ts";
import { isDaysOld } from "../../core/days.ts";
import { isFields } from "../../core/json.ts";
import { isDated } from "../dated-entry.ts";
import type { Plan, Service } from "../hosts/service.ts";

/** A repository that its host no longer shows, as one thing to look for in an archive. */
export interface ArchiveAsk {
  readonly repository_id: string;
  /** The addresses that it ever had, the newest first. */
  readonly urls: readonly string[];
}

/** What came of looking. */
export type ArchiveAnswer =
  | { readonly kind: "archived"; readonly swhid: string }
  | { readonly kind: "not_archived" }
  | { readonly kind: "failed"; readonly problem: string };

/** An answer with its repository and time: what the journal keeps. */
export interface DatedArchive {
  readonly repository_id: string;
  readonly at: string;
  readonly answer: ArchiveAnswer;
}

/** Whether a value that a file holds is such an answer as this version writes it. */
export function isArchiveEntry(value: unknown): value is DatedArchive {
  if (!isDated(value, "repository_id")) return false;
  const { answer } = value;
  if (!isFields(answer)) return false;
  const { kind, swhid } = answer;
  return kind === "archived" ? typeof swhid === "string" : kind === "not_archived" || kind === "failed";
}

/** An archive that is asked for repositories. */
export interface ArchiveService extends Service<ArchiveAsk, DatedArchive> {
  /** What asking costs where no more is known than between how many addresses it will be. */
  planBetween(least: number, most: number): Plan;
}

/** What is known of a repository's archived state: columns of `repositories`. */
export interface ArchiveState {
  readonly repository_id: string;
  readonly swhid: string | null;
  readonly swhid_checked_at: string | null;
}

/** The state after an answer, if it is newer; a failure to look is none. */
export function judgeArchive(state: ArchiveState, { at, answer }: DatedArchive): ArchiveState {
  if (answer.kind === "failed" || (state.swhid_checked_at !== null && at <= state.swhid_checked_at))
    return state;
  // what was archived once stays archived
  const swhid = answer.kind === "archived" ? answer.swhid : state.swhid;
  return { ...state, swhid, swhid_checked_at: at };
}

/** What is not archived may be later, seldom; what is archived stays so. */
const LOOK_AGAIN_DAYS = 30;

/** With these statuses a repository is out of reach at its host. */
const LOST: ReadonlySet<RepositoryStatus> = new Set(["missing", "gone", "blocked"]);

/** More earlier names than these are not looked for. */
const MOST_NAMES = 3;

/** Whether readers can no longer get at a repository where it was. */
export const isLost = ({ status }: RepositoryRow): boolean => LOST.has(status);

/** The repository as something to look for. */
export function askOf(row: RepositoryRow): ArchiveAsk {
  const names = [row.full_name, ...row.previous_names.toReversed()].slice(0, MOST_NAMES);
  return {
    repository_id: row.repository_id,
    urls: [...new Set(names)].map((name) => `https://${row.host}/${name}`),
  };
}

/** Whether it is to be looked for: it never was, or in vain long ago. */
export function isDue({ swhid, swhid_checked_at }: Omit<ArchiveState, "repository_id">, now: Date): boolean {
  if (swhid !== null) return false;
  return swhid_checked_at === null || isDaysOld(swhid_checked_at, LOOK_AGAIN_DAYS, now);
}
