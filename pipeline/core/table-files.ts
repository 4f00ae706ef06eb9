import { TABLE_NAMES, type TableName } from "../../schemas/index.ts";
import type { FileEntry, Manifest } from "./manifest.ts";

/** The forms in which a release holds every table: folders, and the endings of what is in them. */
export const FORMAT_NAMES = ["csv", "jsonl", "parquet"] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** How CSV and JSONL may be packed, each with its ending. Parquet is compressed within. */
export const COMPRESSIONS = { gzip: ".gz", zstd: ".zst" } as const;
export type Compression = keyof typeof COMPRESSIONS;

/** Shards have so many digits, as on the hub of Hugging Face: names sort as numbers do. */
const DIGITS = 5;
const padded = (number: number) => String(number).padStart(DIGITS, "0");

export interface FilePlace {
  /** Which of how many shards, from 0; null where the table is one file. */
  readonly shard?: { readonly index: number; readonly of: number } | null;
  readonly compression?: Compression | null;
}

/** Where a file of a table stands below the release: `csv/papers.csv`, `jsonl/papers-00000-of-00003.jsonl.gz`. */
export function tablePath(
  format: FormatName,
  table: string,
  { shard = null, compression = null }: FilePlace = {},
): string {
  const part = shard === null ? "" : `-${padded(shard.index)}-of-${padded(shard.of)}`;
  return `${format}/${table}${part}.${format}${compression === null ? "" : COMPRESSIONS[compression]}`;
}

/** How a file is packed, by its ending. */
export function compressionOf(path: string): Compression | null {
  const found = Object.entries(COMPRESSIONS).find(([, ending]) => path.endsWith(ending));
  return (found?.[0] as Compression | undefined) ?? null;
}

/** The order in which files are named: that of their paths. */
export const byPath = (a: Pick<FileEntry, "path">, b: Pick<FileEntry, "path">): number =>
  a.path < b.path ? -1 : 1;

/** Where the schema of a table's rows stands below the release. */
export const schemaPath = (table: string): string => `schemas/${table}.schema.json`;

/** The files of a table in one format, in the order of its rows, as the manifest names them. */
export function tableFiles(
  { files }: Pick<Manifest, "files">,
  table: TableName,
  format: FormatName,
): readonly FileEntry[] {
  return files.filter((file) => file.table === table && file.path.startsWith(`${format}/`)).sort(byPath);
}

/** Rows of each table, by what the entries of its files in one format say. */
export function rowCounts(files: readonly FileEntry[]): Record<TableName, number> {
  const rowsOf = (table: TableName) =>
    tableFiles({ files }, table, "parquet").reduce((sum, { rows = 0 }) => sum + rows, 0);
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, rowsOf(table)])) as Record<TableName, number>;
}
