import type { TableName } from "./index.ts";
import type { RepositoryStatus } from "./vocabularies.ts";

/** A value that ages, and the date without which it may not stand. */
export interface Dated {
  readonly table: TableName;
  readonly column: string;
  /** The codes that need the date; left out: every value. */
  readonly codes?: readonly string[];
  readonly by: string;
}

const statuses = (by: string, codes: readonly RepositoryStatus[]): Dated => ({
  table: "repositories",
  column: "status",
  codes,
  by,
});

/** What a successful check reads of a repository, beside its name. */
export const READ_BY_A_CHECK = [
  "host_id",
  "description",
  "license_spdx",
  "primary_language",
  "topics",
  "is_fork",
  "parent",
  "is_archived",
  "created_at",
  "pushed_at",
  "stars",
  "forks",
] as const;

/** Every value that must stand beside a date. */
export const DATED: readonly Dated[] = [
  statuses("checked_at", ["alive", "moved", "replaced", "missing", "gone", "blocked", "unknown"]),
  statuses("observed_at", ["alive", "moved"]),
  statuses("first_missing_at", ["missing", "gone"]),
  ...READ_BY_A_CHECK.map((column): Dated => ({ table: "repositories", column, by: "observed_at" })),
  { table: "papers", column: "stars", by: "stars_observed_at" },
  {
    table: "paper_links",
    column: "status",
    codes: ["alive", "missing", "blocked", "withheld", "unknown"],
    by: "checked_at",
  },
  ...["likes", "downloads", "is_gated"].map(
    (column): Dated => ({ table: "paper_links", column, by: "observed_at" }),
  ),
  { table: "repositories", column: "swhid", by: "swhid_checked_at" },
];
