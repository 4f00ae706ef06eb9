import type { AnyRow } from "./format.ts";

/** Texts of a row, in UTF-16 units. */
function textIn(row: AnyRow): number {
  let length = 0;
  for (const name in row) {
    const value = row[name];
    if (typeof value === "string") length += value.length;
    else if (Array.isArray(value)) for (const item of value as readonly string[]) length += item.length;
  }
  return length;
}

/** So much is done at once. Papers of unusual length cannot fill the memory: a batch of long texts has fewer rows. */
export interface BatchSize {
  readonly rows: number;
  /** In UTF-16 units. */
  readonly text: number;
}

/** Rows that writers take at once: so few that what is made of them is not moved by the collector before it is gone. */
export const BATCH: BatchSize = { rows: 128, text: 1 << 22 };

/** Gathers rows to batches. Where one ends depends on the rows alone. */
export class Gathering {
  private readonly size: BatchSize;
  private rows: AnyRow[] = [];
  private text = 0;

  constructor(size: BatchSize) {
    this.size = size;
  }

  /** Adds a row; whether the batch is full with it. */
  add(row: AnyRow): boolean {
    this.rows.push(row);
    this.text += textIn(row);
    return this.rows.length >= this.size.rows || this.text >= this.size.text;
  }

  /** Gives what was gathered, and begins anew. */
  take(): AnyRow[] {
    const { rows } = this;
    this.rows = [];
    this.text = 0;
    return rows;
  }
}

/** Rows in batches, a smaller one at the end of a shard and of the table. */
export async function* batches(
  rows: AsyncIterable<AnyRow> | Iterable<AnyRow>,
  shardRows = Number.POSITIVE_INFINITY,
  size: BatchSize = BATCH,
): AsyncGenerator<AnyRow[]> {
  const batch = new Gathering(size);
  let inShard = 0;
  for await (const row of rows) {
    inShard += 1;
    const isFull = batch.add(row);
    if (!isFull && inShard < shardRows) continue;
    if (inShard === shardRows) inShard = 0;
    yield batch.take();
  }
  const rest = batch.take();
  if (rest.length > 0) yield rest;
}
