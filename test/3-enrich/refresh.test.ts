import { describe, expect, test } from "vitest";
import { isDue, refreshRule } from "../../pipeline/3-enrich/refresh.ts";
import type { RepositoryRow } from "../../schemas/index.ts";
import { checkedRow } from "../support/repositories.ts";

const DAY_MS = 86_400_000;
const CHECKED = Date.parse("2026-02-01T00:00:00Z");
const FRESH_PUSH = "2026-01-20T00:00:00Z";
const OLD_PUSH = "2024-01-20T00:00:00Z";

const row = (known: Partial<RepositoryRow>) =>
  checkedRow({ checked_at: "2026-02-01T00:00:00Z", pushed_at: FRESH_PUSH, ...known });

/** After how many days, of those tried, a repository is due when a verdict is good for a week. */
function dueAfter(known: Partial<RepositoryRow>): number | null {
  const days = Array.from({ length: 120 }, (_, day) => day);
  return days.find((day) => isDue(row(known), 7, new Date(CHECKED + day * DAY_MS))) ?? null;
}

describe("a repository is asked about again", () => {
  test.each<[string, number | null, Partial<RepositoryRow>]>([
    ["that is active, weekly", 7, {}],
    ["that has moved and is active, weekly", 7, { status: "moved" }],
    ["that nobody has pushed to for a year, monthly", 28, { pushed_at: OLD_PUSH }],
    ["that nobody ever pushed to, weekly", 7, { pushed_at: null }],
    ["that is archived, quarterly", 91, { is_archived: true }],
    ["that is archived and dormant, quarterly", 91, { is_archived: true, pushed_at: OLD_PUSH }],
    ["that is missing, weekly, however old its figures", 7, { status: "missing", pushed_at: OLD_PUSH }],
    ["that is missing though it was archived, weekly", 7, { status: "missing", is_archived: true }],
    ["that is gone, monthly", 28, { status: "gone" }],
    ["that is blocked, monthly", 28, { status: "blocked" }],
    ["that is replaced, weekly", 7, { status: "replaced", is_archived: true }],
    ["whose check failed, at once", 0, { status: "unknown", is_archived: true }],
    ["that was never asked about, at once", 0, { status: "unchecked", checked_at: null }],
    ["with an impossible name, never", null, { status: "invalid", checked_at: null }],
  ])("%s: after %s days", (_what, days, known) => {
    expect(dueAfter(known)).toBe(days);
  });

  test("not a second before its time", () => {
    const due = (milliseconds: number) => isDue(row({}), 7, new Date(CHECKED + 7 * DAY_MS + milliseconds));
    expect([due(-1000), due(0)]).toEqual([false, true]);
  });

  test("after as many days as it is told, in the same proportion", () => {
    const due = (known: Partial<RepositoryRow>, days: number) =>
      isDue(row(known), 1, new Date(CHECKED + days * DAY_MS));
    expect([due({}, 1), due({ is_archived: true }, 12), due({ is_archived: true }, 13)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isDue(row({ is_archived: true }), 0, new Date(CHECKED))).toBe(true);
  });

  test("as dormant from a year and a day after its last push on", () => {
    const at = (days: number) => refreshRule(row({}), new Date(Date.parse(FRESH_PUSH) + days * DAY_MS));
    expect([at(365), at(366)]).toEqual(["active", "dormant"]);
  });
});
