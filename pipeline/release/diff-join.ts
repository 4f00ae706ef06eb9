import type { AnyRow } from "../4-emit/format.ts";
import { PapersetError } from "../core/errors.ts";
import { compareText } from "../core/text.ts";

/** A table's rows in the order of its key, which can be gone through more than once. */
export type Rows = () => AsyncIterable<AnyRow> | Iterable<AnyRow>;

/** One side of a table. */
export interface TableSide {
  readonly rows: Rows;
  /** What errors call the table and whose it is, such as `release 1.2.0`. */
  readonly table: string;
  readonly side: string;
}

/** A row's key: its values of the key columns. */
export const keyOf = (row: AnyRow, key: readonly string[]): string[] => key.map((name) => String(row[name]));

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const order = compareText(a[i] ?? "", b[i] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}

interface Keyed {
  readonly row: AnyRow;
  readonly key: readonly string[];
}

/** Rows with their keys; stops where one does not follow the one before it, since pairs would be missed. */
async function* keyed({ rows, table, side }: TableSide, key: readonly string[]): AsyncGenerator<Keyed> {
  let last: readonly string[] | null = null;
  for await (const row of rows()) {
    const own = keyOf(row, key);
    if (last !== null && compareKeys(last, own) >= 0)
      throw new PapersetError(
        "RELEASE_DAMAGED",
        `Rows of ${table} in ${side} are not in the order of their keys (${own.join(", ")} follows ${last.join(", ")}): rows cannot be compared. Run verify on it, and take another copy of it.`,
        { table, side, key: own },
      );
    last = own;
    yield { row, key: own };
  }
}

/** A row of one side or of both. */
export type Pair =
  | { readonly before: AnyRow; readonly after: AnyRow }
  | { readonly before: AnyRow; readonly after: null }
  | { readonly before: null; readonly after: AnyRow };

/**
 * Rows of two sorted tables side by side, by key: one pass over both, with one row of each at hand. An error of
 * either side, or a caller that stops early, lets go of both.
 */
export async function* joinByKey(
  before: TableSide,
  after: TableSide,
  key: readonly string[],
): AsyncGenerator<Pair> {
  const [left, right] = [keyed(before, key), keyed(after, key)];
  try {
    let [old, now] = [await left.next(), await right.next()];
    for (;;) {
      if (old.done === true) {
        if (now.done === true) return;
        yield { before: null, after: now.value.row };
        now = await right.next();
        continue;
      }
      const order = now.done === true ? -1 : compareKeys(old.value.key, now.value.key);
      if (order < 0 || now.done === true) {
        yield { before: old.value.row, after: null };
        old = await left.next();
      } else if (order > 0) {
        yield { before: null, after: now.value.row };
        now = await right.next();
      } else {
        yield { before: old.value.row, after: now.value.row };
        [old, now] = [await left.next(), await right.next()];
      }
    }
  } finally {
    await Promise.all([left.return(undefined), right.return(undefined)]);
  }
}
