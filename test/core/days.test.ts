import { expect, test } from "vitest";
import { calendarDay, isDaysOld } from "../../pipeline/core/days.ts";

test.each([
  [2024, 2, 29, "2024-02-29"],
  [2025, 12, 31, "2025-12-31"],
  [2025, 1, 1, "2025-01-01"],
])("the day %i-%i-%i is %s", (year, month, day, iso) => {
  expect(calendarDay(year, month, day)).toBe(iso);
});

test.each([
  [2025, 2, 29],
  [2025, 4, 31],
  [2025, 13, 1],
  [2025, 0, 1],
  [2025, 1, 0],
  [2025, 1, 32],
])("there is no day %i-%i-%i", (year, month, day) => {
  expect(calendarDay(year, month, day)).toBeNull();
});

test.each([
  ["2026-11-14T09:00:00Z", true],
  ["2026-11-14T09:00:01Z", false],
  ["2026-11-14", true],
])("%s lies seven days before 2026-11-21T09:00:00Z or more: %s", (moment, isOld) => {
  expect(isDaysOld(moment, 7, new Date("2026-11-21T09:00:00Z"))).toBe(isOld);
});
