import type { RepositoryObservationRow, RepositoryRow } from "../../schemas/index.ts";
import { isDaysOld } from "../core/days.ts";
import type { Answer, Figures, RepositoryAsk, StarCount } from "./repository.ts";

/** The verdicts: what an answer makes of a repository. Pure; a failure to check is never a verdict. */

/** A second sighting so many days later turns missing into gone. */
const GONE_AFTER_DAYS = 1;

/**
 * GitHub's account and repository names (docs.github.com, "Username considerations"); lenient with old accounts that
 * double or end in a hyphen, and with the underscore of managed accounts.
 */
const OWNER = /^[A-Za-z0-9-]{1,39}(?:_[A-Za-z0-9]{1,20})?$/u;
const NAME = /^[A-Za-z0-9._-]{1,100}$/u;

/** Other hosts' rules differ and are looser; GitLab's owners may be groups within groups. */
const OTHER_OWNER = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}){0,20}$/u;
const OTHER_NAME = /^[A-Za-z0-9_.-]{1,255}$/u;

/** Whether a host could have a repository of this name. */
export function isPossibleName({
  host,
  owner,
  name,
}: Pick<RepositoryAsk, "host" | "owner" | "name">): boolean {
  const [ownerForm, nameForm] = host === "github.com" ? [OWNER, NAME] : [OTHER_OWNER, OTHER_NAME];
  return ownerForm.test(owner) && nameForm.test(name) && name !== "." && name !== "..";
}

/** The row of a repository that nobody has asked about. */
export function uncheckedRow(
  ask: Pick<RepositoryAsk, "repository_id" | "host" | "owner" | "name">,
): RepositoryRow {
  return {
    ...ask,
    full_name: `${ask.owner}/${ask.name}`,
    url: `https://${ask.host}/${ask.owner}/${ask.name}`,
    host_id: null,
    status: isPossibleName(ask) ? "unchecked" : "invalid",
    status_reason: null,
    previous_names: [],
    description: null,
    license_spdx: null,
    primary_language: null,
    topics: null,
    is_fork: null,
    parent: null,
    is_archived: null,
    created_at: null,
    pushed_at: null,
    stars: null,
    forks: null,
    observed_at: null,
    checked_at: null,
    first_missing_at: null,
    swhid: null,
    swhid_checked_at: null,
  };
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function withFigures(row: RepositoryRow, figures: Figures, at: string): RepositoryRow {
  // on GitLab an owner may hold slashes of its own
  const slash = figures.full_name.lastIndexOf("/");
  const [owner, name] = [figures.full_name.slice(0, slash), figures.full_name.slice(slash + 1)];
  const previous = row.previous_names.filter((known) => !sameName(known, figures.full_name));
  if (!sameName(row.full_name, figures.full_name)) previous.push(row.full_name);
  return {
    ...row,
    ...figures,
    owner,
    name,
    url: `https://${row.host}/${figures.full_name}`,
    previous_names: previous,
    status: previous.length === 0 ? "alive" : "moved",
    status_reason: null,
    observed_at: at,
    checked_at: at,
    first_missing_at: null,
  };
}

/** The figures of a row, as its host told them; null where it never told any. */
function figuresOf({ host_id, observed_at, ...row }: RepositoryRow): Figures | null {
  return host_id === null || observed_at === null ? null : { ...row, host_id };
}

function absent(row: RepositoryRow, at: string): RepositoryRow {
  const first = row.first_missing_at ?? at;
  const isGone = isDaysOld(first, GONE_AFTER_DAYS, new Date(at));
  return {
    ...row,
    status: isGone ? "gone" : "missing",
    status_reason: null,
    first_missing_at: first,
    checked_at: at,
  };
}

/** Two numeric ids that are known and differ; a host without numeric ids cannot tell. */
const isAnother = (before: number | null, now: number | null) =>
  before !== null && now !== null && before !== now;

/**
 * The row after an answer. Figures change only by an answer that brought some, and only when it is the same
 * repository: a name that now has another numeric id is `replaced`, and keeps the figures of the one it was.
 */
export function judge(row: RepositoryRow, answer: Answer, at: string): RepositoryRow {
  switch (answer.kind) {
    case "found":
      return isAnother(row.host_id, answer.figures.host_id)
        ? { ...row, status: "replaced", status_reason: null, checked_at: at }
        : withFigures(row, answer.figures, at);
    case "unchanged": {
      const figures = figuresOf(row);
      return figures === null
        ? { ...row, status: "unknown", status_reason: null, checked_at: at }
        : withFigures(row, figures, at);
    }
    case "absent":
      return absent(row, at);
    case "blocked":
      return { ...row, status: "blocked", status_reason: answer.reason, checked_at: at };
    case "failed":
      return { ...row, status: "unknown", status_reason: null, checked_at: at };
  }
}

/** The dated check as the observations table keeps it; `row` is what the answer made of the repository. */
export function observation(row: RepositoryRow, answer: Answer, at: string): RepositoryObservationRow {
  const figures =
    answer.kind === "found" ? answer.figures : answer.kind === "unchanged" ? figuresOf(row) : null;
  return {
    repository_id: row.repository_id,
    observed_at: at,
    status: row.status,
    http_status: answer.http_status,
    full_name: figures?.full_name ?? null,
    host_id: figures?.host_id ?? null,
    stars: figures?.stars ?? null,
    forks: figures?.forks ?? null,
    is_archived: figures?.is_archived ?? null,
    pushed_at: figures?.pushed_at ?? null,
    license_spdx: figures?.license_spdx ?? null,
    source: answer.source,
  };
}

/** A figure of the past as the observations table keeps it; nobody looked then, so it has no verdict. */
export function pastObservation(row: RepositoryRow, { at, stars }: StarCount): RepositoryObservationRow {
  return {
    repository_id: row.repository_id,
    observed_at: at,
    status: "unchecked",
    http_status: 200,
    full_name: null,
    host_id: row.host_id,
    stars,
    forks: null,
    is_archived: null,
    pushed_at: null,
    license_spdx: null,
    source: "github_star_history",
  };
}
