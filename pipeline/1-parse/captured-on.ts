import { calendarDay } from "../core/days.ts";

/** The day of a capture, from the day that it shows and the date in its file name. */

const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const LABEL = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:, (\d{4}))?$/;
const ISO_LABEL = /^(\d{4})-(\d{2})-(\d{2})$/;
const NAME_DATE = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;

/** 1 to 12 for a month's name, whole or cut to three letters (`Sept` too); 0 for any other word. */
function monthOf(word: string): number {
  const name = word.toLowerCase();
  return (
    MONTHS.findIndex(
      (month) => name === month || name === month.slice(0, 3) || (name === "sept" && month === "september"),
    ) + 1
  );
}

/** Whether a line is nothing but a day as listing pages show it: `Mar 14`, `March 14`, `Mar 14, 2025`. */
export function isDayLabel(text: string): boolean {
  return monthOf(LABEL.exec(text)?.[1] ?? "") > 0;
}

/**
 * The day in ISO form, or null where the year is not known: never guessed from a clock or a file's time. A label may
 * be such a day already, as pages' data have it. One without a year takes the year that brings it nearest to the date
 * in the file name; else `year`.
 */
export function capturedOn(label: string | null, fileName: string, year: number | null): string | null {
  const named = NAME_DATE.exec(fileName);
  const iso = label === null ? null : ISO_LABEL.exec(label);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const nameDate = named === null ? null : calendarDay(Number(named[1]), Number(named[2]), Number(named[3]));
  const parts = label === null ? null : LABEL.exec(label);
  if (!parts) return nameDate;
  const month = monthOf(parts[1] ?? "");
  const day = Number(parts[2]);
  if (parts[3] !== undefined) return calendarDay(Number(parts[3]), month, day);
  if (nameDate === null) return year === null ? null : calendarDay(year, month, day);
  const saved = Date.parse(nameDate);
  const [nearest = null] = [0, -1, 1]
    .flatMap((turn) => calendarDay(Number(nameDate.slice(0, 4)) + turn, month, day) ?? [])
    .sort((a, b) => Math.abs(Date.parse(a) - saved) - Math.abs(Date.parse(b) - saved));
  return nearest;
}
