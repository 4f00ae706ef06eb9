import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Table, TableName } from "../../schemas/index.ts";
import { sha256OfFile } from "../core/digest.ts";
import type { FileEntry } from "../core/manifest.ts";
import { tablePath } from "../core/table-files.ts";
import { batches } from "./batches.ts";
import { csv } from "./csv.ts";
import type { AnyRow, Format, TableWriter } from "./format.ts";
import { jsonl } from "./jsonl.ts";
import { parquet } from "./parquet.ts";
import { rowCheck } from "./row-check.ts";

/** The forms in which every table is released. */
export const FORMATS: readonly Format[] = [csv, jsonl, parquet];

/** What a manifest says of a file. */
export async function fileEntry(folder: string, path: string): Promise<FileEntry> {
  const file = join(folder, path);
  return { path, bytes: (await stat(file)).size, sha256: await sha256OfFile(file) };
}

/**
 * Writes a table in every format in one pass over its rows, which come in the order of the key, and says what was
 * written. Every row is checked against the schema first.
 */
export async function writeTable(
  table: Table & { readonly name: TableName },
  rows: AsyncIterable<AnyRow> | Iterable<AnyRow>,
  folder: string,
  { formats = FORMATS }: { readonly formats?: readonly Format[] } = {},
): Promise<FileEntry[]> {
  const check = rowCheck(table);
  const paths = formats.map((format) => tablePath(format.name, table.name));
  const writers: TableWriter[] = [];
  let count = 0;
  try {
    for (const [i, format] of formats.entries()) {
      const path = join(folder, paths[i] ?? "");
      await mkdir(dirname(path), { recursive: true });
      writers.push(await format.open(table, path));
    }
    for await (const batch of batches(rows)) {
      batch.forEach(check);
      await Promise.all(writers.map((writer) => writer.write(batch)));
      count += batch.length;
    }
  } catch (error) {
    await Promise.allSettled(writers.map((writer) => writer.close())); // the first error is the one to tell of
    throw error;
  }
  const written = await Promise.all(writers.map((writer) => writer.close()));
  return written.map((file, i) => ({ path: paths[i] ?? "", ...file, table: table.name, rows: count }));
}
