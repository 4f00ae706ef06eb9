import { isFields } from "../../core/json.ts";
import type { Service } from "../hosts/service.ts";

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
  if (!isFields(value) || typeof value["repository_id"] !== "string" || typeof value["at"] !== "string")
    return false;
  const { answer } = value;
  if (!isFields(answer)) return false;
  const { kind, swhid } = answer;
  return kind === "archived" ? typeof swhid === "string" : kind === "not_archived" || kind === "failed";
}

/** An archive that is asked for repositories. */
export type ArchiveService = Service<ArchiveAsk, DatedArchive>;

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
