import { expect, test } from "vitest";
import { calendarDay } from "../../pipeline/core/days.ts";

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
