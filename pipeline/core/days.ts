/** The day in ISO form, or null where the calendar has no such day; `month` counts from 1. */
export function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : null;
}

/** A day of UTC, in milliseconds. */
export const DAY_MS = 86_400_000;

/** Whether a moment, as tables write it, lies so many days back or more. */
export const isDaysOld = (moment: string, days: number, now: Date): boolean =>
  now.getTime() - Date.parse(moment) >= days * DAY_MS;
