/** The day of a capture, from the day that it shows and the date in its file name. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LABEL = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:, (\d{4}))?$/;
const NAME_DATE = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;
const DAY_MS = 86_400_000;

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : null;
}

/** Whether a line is nothing but a day as listing pages show it: `Mar 14`, `March 14`, `Mar 14, 2025`. */
export function isDayLabel(text: string): boolean {
  const match = LABEL.exec(text);
  return match?.[1] !== undefined && MONTHS.includes(match[1].toLowerCase());
}

/**
 * The day in ISO form, or null where the year is not known: never guessed from a clock or a file's time. A label
 * without a year takes the year of the date in the file name, or the year before where the page would otherwise
 * show a day more than half a year after it was saved; else `year`.
 */
export function capturedOn(label: string | null, fileName: string, year: number | null): string | null {
  const named = NAME_DATE.exec(fileName);
  const nameDate = named === null ? null : isoDate(Number(named[1]), Number(named[2]), Number(named[3]));
  const parts = label === null ? null : LABEL.exec(label);
  if (!parts) return nameDate;
  const month = MONTHS.indexOf((parts[1] ?? "").toLowerCase()) + 1;
  const day = Number(parts[2]);
  if (parts[3] !== undefined) return isoDate(Number(parts[3]), month, day);
  if (nameDate === null) return year === null ? null : isoDate(year, month, day);
  const nameYear = Number(nameDate.slice(0, 4));
  const sameYear = isoDate(nameYear, month, day);
  const isLater = sameYear !== null && Date.parse(sameYear) - Date.parse(nameDate) > 183 * DAY_MS;
  return isLater ? isoDate(nameYear - 1, month, day) : sameYear;
}
