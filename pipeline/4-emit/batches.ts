import { type AnyRow, BATCH_ROWS } from "./format.ts";

/** Text of a batch, in UTF-16 units, from which on it is closed: papers of unusual length cannot fill the memory. */
export const BATCH_TEXT = 1 << 25;

function textIn(row: AnyRow): number {
  let length = 0;
  for (const name in row) {
    const value = row[name];
    if (typeof value === "string") length += value.length;
    else if (Array.isArray(value)) for (const item of value as readonly string[]) length += item.length;
  }
  return length;
}

/**
 * Rows in batches of `BATCH_ROWS`, fewer where their text is long and at the end of a shard and of the table. Where a
 * batch ends depends on the rows alone.
 */
export async function* batches(
  rows: AsyncIterable<AnyRow> | Iterable<AnyRow>,
  shardRows = Number.POSITIVE_INFINITY,
): AsyncGenerator<AnyRow[]> {
  let batch: AnyRow[] = [];
  let text = 0;
  let inShard = 0;
  for await (const row of rows) {
    batch.push(row);
    text += textIn(row);
    inShard += 1;
    if (batch.length < BATCH_ROWS && text < BATCH_TEXT && inShard < shardRows) continue;
    if (inShard === shardRows) inShard = 0;
    yield batch;
    [batch, text] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
