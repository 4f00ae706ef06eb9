import { TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { columnsOfWords } from "../../schemas/licences.ts";
import { DAY_MS } from "../core/days.ts";
import { timestamp } from "../core/effects.ts";
import type { Difference, TableDifference } from "./diff.ts";
import type { ColumnDifference } from "./diff-rows.ts";
import * as expected from "./expectations.ts";
import type { AcceptableGate, Finding } from "./gates.ts";

/** The gates that judge a release by what it differs by from the one before, and by its dates. Pure. */

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const finding = (gate: AcceptableGate, where: string, found: string): Finding => ({ gate, where, found });

function rowFindings(name: string, { state, rows: { before, after } }: TableDifference): Finding[] {
  if (state !== "kept") return [];
  const { least, most } = expected.ROWS;
  const found = (words: string) => [finding("counts", name, `${after} rows after ${before}: ${words}`)];
  if (before - after > expected.FEW.lost && after < before * least)
    return found(`fewer than ${percent(least)} are left`);
  const mayGrow = before === 0 || expected.GROWING.has(name as TableName);
  return !mayGrow && after - before > Math.max(expected.FEW.gained, before * (most - 1))
    ? found(`more than ${most} times as many`)
    : [];
}

/** Columns in which a release without the words of others holds null: all of them, or none. */
function withheldColumns({ tables }: Difference): ReadonlySet<string> {
  const quotes = Object.values<Table>(TABLES).flatMap((table) =>
    columnsOfWords(table).flatMap(({ name }) => {
      const own = tables[table.name]?.columns[name];
      return own === undefined ? [] : [{ place: `${table.name}.${name}`, filled: own.filled_after ?? 0 }];
    }),
  );
  const isWithheld = quotes.every(({ filled }) => filled === 0);
  return new Set(isWithheld ? quotes.map(({ place }) => place) : []);
}

function valueFindings(
  place: string,
  { rows }: TableDifference,
  { filled_before, filled_after, lost }: ColumnDifference,
): Finding[] {
  if (filled_before === null || filled_after === null || rows.after === 0) return [];
  const few = expected.FEW.lost;
  if (expected.PASSING.has(place)) return [];
  if (filled_before > 0 && filled_after === 0 && rows.after > few)
    return [finding("empty_columns", place, `null in all ${rows.after} rows after ${filled_before} values`)];
  if (lost > Math.max(few, filled_before * expected.MOST_LOST))
    return [
      finding("fill", place, `${lost} of ${filled_before} values became null in rows that are still there`),
    ];
  const [before, after] = [filled_before / Math.max(1, rows.before), filled_after / rows.after];
  const isFallen = before - after > expected.MOST_FALL && (before - after) * rows.after > few;
  return isFallen && !expected.FILLED_BY_CHECKS.has(place)
    ? [finding("fill", place, `${percent(after)} of rows have a value after ${percent(before)}`)]
    : [];
}

/** The last moment that a column of dates may hold, in the form of its values: a year, a day or a second. */
function limitOf(place: string, latest: string | number, now: Date): string | number {
  if (typeof latest === "number") return now.getUTCFullYear() + expected.LEAD_YEARS;
  const days = expected.STATED.has(place) ? expected.STATED_LEAD_DAYS : expected.LEAD_DAYS;
  const limit = timestamp(new Date(now.getTime() + days * DAY_MS));
  return latest.includes("T") ? limit : limit.slice(0, 10);
}

function dateFindings(place: string, { latest }: ColumnDifference, now: Date): Finding[] {
  if (latest === null || latest <= limitOf(place, latest, now)) return [];
  return [finding("future", place, `${latest} lies in the future`)];
}

/**
 * What lies outside of what is expected of a release. `now` is the moment of checking; dates up to the release's own
 * time of making are never in the future, whatever the clock says.
 */
export function driftFindings(difference: Difference, now: Date): Finding[] {
  const moment = new Date(Math.max(now.getTime(), Date.parse(difference.to.created)));
  const withheld = withheldColumns(difference);
  return Object.entries(difference.tables).flatMap(([name, table]) => [
    ...rowFindings(name, table),
    ...Object.entries(table.columns).flatMap(([column, values]) => {
      const place = `${name}.${column}`;
      const missing = withheld.has(place) ? [] : valueFindings(place, table, values);
      return [...dateFindings(place, values, moment), ...missing];
    }),
  ]);
}
