import type { Column } from "../../schemas/index.ts";
import type { AnyRow } from "../4-emit/format.ts";
import { differAt } from "../core/text.ts";
import { keyOf, type Pair } from "./diff-join.ts";

/** A cell that differs, as one of a few examples. Long texts are cut around the place where they part. */
export interface CellExample {
  readonly key: readonly string[];
  /** Left out, like `after`, where the column quotes the words of others, which a difference must not spread. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What a column of two releases differs by. Counts of cells are of rows that both releases have. */
export interface ColumnDifference {
  /** Rows with a value; null where the release has no such column. */
  readonly filled_before: number | null;
  readonly filled_after: number | null;
  /** Cells with another value, those that gained or lost one included. */
  readonly changed: number;
  /** Cells that were null and hold a value. */
  readonly gained: number;
  /** Cells that held a value and are null. */
  readonly lost: number;
  /** The latest date or year in the later release; null in other columns and where there is none. */
  readonly latest: string | number | null;
  readonly examples: readonly CellExample[];
}

export interface RowsDifference {
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
  /** Rows of both releases with at least one cell that differs. */
  readonly changed: number;
  /** The first keys of rows that came and went. */
  readonly first_added: readonly (readonly string[])[];
  readonly first_removed: readonly (readonly string[])[];
}

/** Rows of which nothing is known but how many there are. */
export const countedRows = (before: number, after: number): RowsDifference => ({
  before,
  after,
  added: before === 0 ? after : 0,
  removed: after === 0 ? before : 0,
  changed: 0,
  first_added: [],
  first_removed: [],
});

/** So many keys of rows are named, and so many cells of a column. */
export const MOST_KEYS = 10;
export const MOST_CELLS = 3;
/** Characters of a text that an example shows, and of them before the place where two texts part. */
const SHOWN = 120;
const SHOWN_BEFORE = 30;

const isFilled = (value: unknown): boolean => value !== null && value !== undefined;

function sameCell(a: unknown, b: unknown): boolean {
  if (a === b || (!isFilled(a) && !isFilled(b))) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** The part of a long text from a place on; a short text and anything else stays as it is. */
function cut(value: unknown, from: number): unknown {
  if (!isFilled(value)) return null;
  const text = Array.isArray(value) ? JSON.stringify(value) : value;
  if (typeof text !== "string" || text.length <= SHOWN) return value;
  const start = Math.max(0, from - SHOWN_BEFORE);
  const end = start + SHOWN;
  const middle = text.slice(start, end).replaceAll(/^[\udc00-\udfff]|[\ud800-\udbff]$/gu, "");
  return `${start > 0 ? "…" : ""}${middle}${end < text.length ? "…" : ""}`;
}

const asText = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : String(value));

/** Whether a column holds dates, times or years, which may lie in the future by mistake. */
export const isCalendar = ({ type, unit }: Column): boolean =>
  type === "date" || type === "datetime" || unit === "calendar year";

/** Whether a column quotes the words of others, which belong to them. */
export const isQuote = (column: Column | undefined): boolean =>
  column !== undefined && "wordsOf" in column && column.wordsOf !== undefined;

interface Tally {
  readonly name: string;
  readonly isCalendar: boolean;
  readonly isQuote: boolean;
  filledBefore: number;
  filledAfter: number;
  changed: number;
  gained: number;
  lost: number;
  latest: string | number | null;
  readonly examples: CellExample[];
}

/** What is known of a column before its rows are read. */
export interface ColumnSides {
  readonly name: string;
  /** As the schemas of this program describe it; undefined for a column that they no longer have. */
  readonly column: Column | undefined;
  readonly inBefore: boolean;
  readonly inAfter: boolean;
}

/** Counts what rows of one table differ by, pair by pair, with a bounded number of examples. */
export function rowsTally(columns: readonly ColumnSides[], key: readonly string[]) {
  const rows = { before: 0, after: 0, added: 0, removed: 0, changed: 0 };
  const [firstAdded, firstRemoved]: [string[][], string[][]] = [[], []];
  const tallies = columns.map(({ name, column }): Tally => {
    const zero = { filledBefore: 0, filledAfter: 0, changed: 0, gained: 0, lost: 0, latest: null };
    const isDate = column !== undefined && isCalendar(column);
    return { name, isCalendar: isDate, isQuote: isQuote(column), ...zero, examples: [] };
  });
  const compared = tallies.filter((_, i) => columns[i]?.inBefore === true && columns[i]?.inAfter === true);

  function fill(row: AnyRow, side: "filledBefore" | "filledAfter"): void {
    for (const tally of tallies) {
      const value = row[tally.name];
      if (!isFilled(value)) continue;
      tally[side] += 1;
      if (side === "filledBefore" || !tally.isCalendar) continue;
      const date = value as string | number; // a column of dates or years holds nothing else
      if (tally.latest === null || date > tally.latest) tally.latest = date;
    }
  }

  function example(tally: Tally, row: AnyRow, before: unknown, after: unknown): CellExample {
    if (tally.isQuote) return { key: keyOf(row, key) };
    const place = differAt(asText(before), asText(after));
    return { key: keyOf(row, key), before: cut(before, place), after: cut(after, place) };
  }

  function compare(before: AnyRow, after: AnyRow): void {
    let isChanged = false;
    for (const tally of compared) {
      const [old, now] = [before[tally.name], after[tally.name]];
      if (sameCell(old, now)) continue;
      isChanged = true;
      tally.changed += 1;
      if (!isFilled(old)) tally.gained += 1;
      if (!isFilled(now)) tally.lost += 1;
      if (tally.examples.length < MOST_CELLS) tally.examples.push(example(tally, after, old, now));
    }
    if (isChanged) rows.changed += 1;
  }

  return {
    add({ before, after }: Pair): void {
      if (before !== null) {
        rows.before += 1;
        fill(before, "filledBefore");
      }
      if (after !== null) {
        rows.after += 1;
        fill(after, "filledAfter");
      }
      if (before !== null && after !== null) compare(before, after);
      else if (after !== null) {
        rows.added += 1;
        if (firstAdded.length < MOST_KEYS) firstAdded.push(keyOf(after, key));
      } else if (before !== null) {
        rows.removed += 1;
        if (firstRemoved.length < MOST_KEYS) firstRemoved.push(keyOf(before, key));
      }
    },
    rows: (): RowsDifference => ({ ...rows, first_added: firstAdded, first_removed: firstRemoved }),
    columns(): Record<string, ColumnDifference> {
      const entries = tallies.map((tally, i): [string, ColumnDifference] => {
        const { name, filledBefore, filledAfter, changed, gained, lost, latest, examples } = tally;
        const filled_before = columns[i]?.inBefore === true ? filledBefore : null;
        const filled_after = columns[i]?.inAfter === true ? filledAfter : null;
        return [name, { filled_before, filled_after, changed, gained, lost, latest, examples }];
      });
      return Object.fromEntries(entries);
    },
  };
}
