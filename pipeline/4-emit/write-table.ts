import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { Table, TableName } from "../../schemas/index.ts";
import { digestOfFile } from "../core/digest.ts";
import type { FileEntry } from "../core/manifest.ts";
import { batches } from "./batches.ts";
import { csv, safeCsv } from "./csv.ts";
import type { AnyRow, Format, WrittenTable } from "./format.ts";
import { jsonl } from "./jsonl.ts";
import { type Layout, PLAIN_LAYOUT } from "./layout.ts";
import { parquet } from "./parquet.ts";
import { rowCheck } from "./row-check.ts";
import { pathsOf, Shard, type Target } from "./shard.ts";

/** The forms in which every table is released. */
export const FORMATS: readonly Format[] = [csv, jsonl, parquet];

const formatsOf = ({ csvSafe }: Layout) =>
  FORMATS.map((format) => (csvSafe && format === csv ? safeCsv : format));

/** What a manifest says of a file. */
export async function fileEntry(folder: string, path: string): Promise<FileEntry> {
  const { size, sha256 } = await digestOfFile(join(folder, path));
  return { path, bytes: size, sha256 };
}

interface WrittenShard {
  readonly shard: Shard;
  readonly files: readonly WrittenTable[];
}

/** Names the shards now that their number is known, and says what they hold. */
async function settle(target: Target, shards: readonly WrittenShard[]): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const [index, { shard, files }] of shards.entries()) {
    const paths = shards.length === 1 ? shard.paths : pathsOf(target, { index, of: shards.length });
    for (const [i, file] of files.entries()) {
      const path = paths[i] ?? "";
      if (path !== shard.paths[i])
        await rename(join(target.folder, shard.paths[i] ?? ""), join(target.folder, path));
      entries.push({ path, ...file, table: target.table.name, rows: shard.rows });
    }
  }
  return entries;
}

/**
 * Writes a table in every format in one pass over its rows, which come in the order of the key, and says what was
 * written. Every row is checked against the schema first.
 */
export async function writeTable(
  table: Table & { readonly name: TableName },
  rows: AsyncIterable<AnyRow> | Iterable<AnyRow>,
  folder: string,
  layout: Layout = PLAIN_LAYOUT,
  formats: readonly Format[] = formatsOf(layout),
): Promise<FileEntry[]> {
  const target: Target = { table, formats, folder, compress: layout.compress };
  const check = rowCheck(table);
  const shards: WrittenShard[] = [];
  let open: Shard | null = null;
  const finish = async (shard: Shard) => {
    open = null;
    shards.push({ shard, files: await shard.close() });
  };
  try {
    for await (const batch of batches(rows, layout.shardRows ?? undefined)) {
      batch.forEach(check);
      const shard: Shard = open ?? (await Shard.open(target, shards.length));
      open = shard;
      await shard.write(batch);
      if (shard.rows === layout.shardRows) await finish(shard);
    }
    if (open !== null || shards.length === 0) await finish(open ?? (await Shard.open(target, 0)));
  } catch (error) {
    await (open as Shard | null)?.letGo();
    throw error;
  }
  return settle(target, shards);
}
