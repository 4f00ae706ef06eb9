import { READ_BY_A_CHECK } from "../../schemas/dated.ts";
import type { RepositoryObservationRow, RepositoryRow } from "../../schemas/index.ts";
import type { BlockReason, Host, ObservationSource, RepositoryStatus } from "../../schemas/vocabularies.ts";
import { isFields } from "../core/json.ts";
import { isDated } from "./dated-entry.ts";

/** What names a state of a repository at its host, for one token: another token knows it not. */
export interface Etag {
  readonly value: string;
  /** Which token it was given to, by a digest; null: to none. */
  readonly token: string | null;
}

/** A repository that papers name, as one thing to ask about, with what the way of asking depends on. */
export interface RepositoryAsk {
  readonly repository_id: string;
  readonly host: Host;
  readonly owner: string;
  readonly name: string;
  readonly status: RepositoryStatus;
  /** The state that its figures are of. */
  readonly etag?: Etag;
}

/** What a host tells of a repository that is there. */
export type Figures = Pick<RepositoryRow, "full_name" | (typeof READ_BY_A_CHECK)[number]>;

interface Answered {
  readonly http_status: number | null;
  readonly source: ObservationSource;
}

/** What came of asking about one repository; not asked at all is no answer. */
export type Answer =
  | (Answered & { readonly kind: "found"; readonly figures: Figures })
  /** Still in the state of the ask's etag. */
  | (Answered & { readonly kind: "unchanged" })
  | (Answered & { readonly kind: "absent" })
  | (Answered & { readonly kind: "blocked"; readonly reason: BlockReason })
  | (Answered & { readonly kind: "failed"; readonly problem: string });

/** An answer with its repository and time: what the journal keeps. */
export interface DatedAnswer {
  readonly repository_id: string;
  readonly at: string;
  readonly answer: Answer;
  readonly etag?: Etag;
}

/** How many stars a repository had at a moment of its past. */
export interface StarCount {
  readonly at: string;
  readonly stars: number;
}

/** The past of a repository as its host tells it, and when it was asked for: what the journal keeps beside answers. */
export interface DatedHistory {
  readonly repository_id: string;
  readonly at: string;
  readonly history: readonly StarCount[];
}

export type JournalEntry = DatedAnswer | DatedHistory;

function isAnswer(value: unknown): value is Answer {
  if (!isFields(value)) return false;
  const { kind, figures, reason } = value;
  if (kind === "found")
    return (
      isFields(figures) &&
      typeof figures["full_name"] === "string" &&
      READ_BY_A_CHECK.every((name) => figures[name] !== undefined)
    );
  if (kind === "blocked") return typeof reason === "string";
  return kind === "unchanged" || kind === "absent" || kind === "failed";
}

const isStarCount = (value: unknown): value is StarCount =>
  isFields(value) && typeof value["at"] === "string" && Number.isSafeInteger(value["stars"]);

/** Whether a value that a file holds is an entry as this version writes it. */
export function isJournalEntry(value: unknown): value is JournalEntry {
  if (!isDated(value, "repository_id")) return false;
  const { history, answer } = value;
  return Array.isArray(history) ? history.every(isStarCount) : isAnswer(answer);
}

/** A repository as the release will hold it, with every dated check that is known of it. */
export interface CheckedRepository {
  readonly row: RepositoryRow;
  /** The names (`repositoryKey`) under which papers name it. */
  readonly keys: readonly string[];
  /** How many papers name it; a paper that names it under two names counts twice. */
  readonly namings: number;
  /** Ids of earlier releases, or of other names, that turned out to be this repository. */
  readonly absorbed_ids: readonly string[];
  readonly observations: readonly RepositoryObservationRow[];
}
