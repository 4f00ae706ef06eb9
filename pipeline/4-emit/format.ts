import type { Row, Table } from "../../schemas/index.ts";

/** A row as writers see it: values by column name. */
export type AnyRow = Row<Table>;

/** Rows that writers take at once; also the rows of a Parquet row group, so that bytes do not depend on pace. */
export const BATCH_ROWS = 16_384;

/** A file that is being written. */
export interface TableWriter {
  /** Takes the next rows: `BATCH_ROWS` of them, fewer only at the end. */
  write(rows: readonly AnyRow[]): Promise<void>;
  close(): Promise<void>;
}

/** One of the forms in which a release holds every table. */
export interface Format {
  /** Folder and file extension. */
  readonly name: "csv" | "jsonl" | "parquet";
  readonly mediaType: string;
  open(table: Table, path: string): Promise<TableWriter>;
}
