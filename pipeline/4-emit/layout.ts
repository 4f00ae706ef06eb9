import type { Compression } from "../core/table-files.ts";

/** How a release lays its tables out in files; the rows are the same in every layout. */
export interface Layout {
  /** How CSV and JSONL are packed. */
  readonly compress: Compression | null;
  /** Tables of more rows become numbered shards of so many. */
  readonly shardRows: number | null;
  /** CSV cells that a spreadsheet would run as formulas are marked (`csv.ts`). */
  readonly csvSafe: boolean;
}

/** One file a table and format, not packed, every cell as it is. */
export const PLAIN_LAYOUT: Layout = { compress: null, shardRows: null, csvSafe: false };
