import { TABLES, type TableName } from "../../schemas/index.ts";
import type { SourceFormat } from "../../schemas/vocabularies.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { AnyRow } from "./format.ts";
import { type Layout, PLAIN_LAYOUT } from "./layout.ts";
import type { TableSources } from "./tables.ts";
import { writeTable } from "./write-table.ts";

/** The files of every table but retired_ids, and what the metadata says of their rows. */
export interface WrittenTables {
  readonly files: FileEntry[];
  readonly statuses: Record<string, number>;
  readonly inputs: Map<string, { file: string; sha256: string; format: SourceFormat; mentions: number }>;
  readonly days: string[];
}

/** Writes every table but retired_ids, and gathers what the metadata says of the rows as they pass. */
export async function writeTables(
  tables: TableSources,
  folder: string,
  progress: (done: number, total: number) => void,
  layout: Layout = PLAIN_LAYOUT,
): Promise<WrittenTables> {
  const seen: WrittenTables = { files: [], statuses: {}, inputs: new Map(), days: [] };
  const days = new Set<string>();
  const observe = (table: TableName, row: AnyRow) => {
    if (table === "repositories") {
      const status = String(row["status"]);
      seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
    }
    if (table !== "mentions") return;
    const [file, sha256] = [String(row["source_file"]), String(row["source_sha256"])];
    const format = row["source_format"] as SourceFormat; // checked against its vocabulary before it is written
    const input = seen.inputs.get(sha256) ?? { file, sha256, format, mentions: 0 };
    input.mentions += 1;
    seen.inputs.set(sha256, input);
    if (typeof row["captured_on"] === "string") days.add(row["captured_on"]);
  };
  const sources = Object.entries(tables);
  for (const [i, [name, rows]] of sources.entries()) {
    const table = TABLES[name as TableName];
    async function* observed() {
      for await (const row of rows() as AsyncIterable<AnyRow>) {
        observe(table.name, row);
        yield row;
      }
    }
    seen.files.push(...(await writeTable(table, observed(), folder, layout)));
    progress(i + 1, sources.length + 1);
  }
  seen.days.push(...[...days].sort());
  return seen;
}
