import type { RepositoryRow } from "../../schemas/index.ts";
import { DAY_MS, isDaysOld } from "../core/days.ts";

/** When a repository is asked about again. */

/** Nothing pushed for so long: dormant. */
const DORMANT_DAYS = 365;

/**
 * How many times the age of a verdict (`--max-age`) it is good for. With seven days: active ones weekly, what seldom
 * changes monthly, archived ones, which their owners froze, quarterly. A refresh of all then asks for about a third.
 */
const REFRESH = {
  active: { ages: 1, when: "Pushed to within a year, or not known; missing, moved and replaced ones too." },
  dormant: { ages: 4, when: "Nothing pushed for a year; gone and blocked ones too." },
  archived: { ages: 13, when: "Archived by its owner." },
} as const satisfies Record<string, { readonly ages: number; readonly when: string }>;

/** Which rule of refreshing holds for a repository that answered, or did not. */
export function refreshRule(row: RepositoryRow, now: Date): keyof typeof REFRESH {
  if (row.status === "gone" || row.status === "blocked") return "dormant";
  if (row.status !== "alive" && row.status !== "moved") return "active";
  if (row.is_archived === true) return "archived";
  const isDormant =
    row.pushed_at !== null && now.getTime() - Date.parse(row.pushed_at) > DORMANT_DAYS * DAY_MS;
  return isDormant ? "dormant" : "active";
}

/** Whether a repository is to be asked about: never what has no possible name, always what has no verdict. */
export function isDue(row: RepositoryRow, maxAgeDays: number, now: Date): boolean {
  if (row.status === "invalid") return false;
  if (row.checked_at === null || row.status === "unknown" || row.status === "unchecked") return true;
  return isDaysOld(row.checked_at, maxAgeDays * REFRESH[refreshRule(row, now)].ages, now);
}
