import { join } from "node:path";
import type { Table, TableName } from "../../schemas/index.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { Release } from "../core/release.ts";
import { compressionOf, FORMAT_NAMES, type FormatName, tableFiles, tablePath } from "../core/table-files.ts";
import { checkColumns } from "./check-schema.ts";
import { digests, type FileDigests, type View } from "./digests.ts";
import { type Database, READERS, sqlName } from "./duckdb.ts";
import { firstDifference } from "./first-difference.ts";
import type { Finding } from "./gates.ts";

/** The name under which a table's files of one format can be queried after `checkFormats`. */
export const viewOf = (table: string, format: FormatName): string => `${table}_${format}`;

type NamedTable = Table & { readonly name: TableName };

/** Whether a table's files are one, or shards numbered without a gap; otherwise a file may have been lost unseen. */
function checkNames(table: NamedTable, format: FormatName, files: readonly FileEntry[]): Finding[] {
  const compression = compressionOf(files[0]?.path ?? "");
  const isNamed = files.every(({ path }, index) => {
    const shard = files.length === 1 ? null : { index, of: files.length };
    return path === tablePath(format, table.name, { shard, compression });
  });
  if (files.length > 0 && isNamed) return [];
  const found = files.length === 0 ? "the manifest names no file of it" : "its shards are not all there";
  return [{ gate: "schema", where: tablePath(format, table.name), found }];
}

/** What a pass over the files of one format finds, or what made it impossible. */
interface Pass {
  readonly findings: readonly Finding[];
  /** Null where the files are not fit to be compared. */
  readonly view: View | null;
  readonly columns: readonly bigint[];
  readonly rows: number;
}

const UNFIT = { view: null, columns: [], rows: 0 } as const;

function fileFindings(
  { path, rows, marked_cells = 0 }: FileEntry,
  found: FileDigests | undefined,
): Finding[] {
  const [foundRows, foundMarked] = [found?.rows ?? 0, found?.markedCells ?? 0];
  const findings: Finding[] = [];
  if (found !== undefined && found.mistyped.length > 0)
    findings.push({
      gate: "schema",
      where: path,
      found: `values of another type in ${found.mistyped.join(", ")}`,
    });
  if (foundRows !== rows)
    findings.push({ gate: "rows", where: path, found: `${foundRows} rows instead of ${rows}` });
  if (foundMarked !== marked_cells)
    findings.push({
      gate: "rows",
      where: path,
      found: `${foundMarked} marked cells instead of ${marked_cells}`,
    });
  return findings;
}

async function passOver(
  db: Database,
  table: NamedTable,
  format: FormatName,
  files: readonly FileEntry[],
  { folder, manifest }: Release,
): Promise<Pass> {
  const findings = checkNames(table, format, files);
  const full = files.map(({ path }) => join(folder, path));
  if (findings.length === 0)
    for (const [i, { path }] of files.entries()) {
      const wrong = await checkColumns(db, table, format, full[i] ?? "");
      if (wrong !== null) findings.push({ gate: "schema", where: path, found: wrong });
    }
  if (findings.length > 0) return { findings, ...UNFIT };
  const name = viewOf(table.name, format);
  await db.rows(`CREATE VIEW ${sqlName(name)} AS ${READERS[format].select(table, full)}`);
  const isMarked = tableFiles(manifest, table.name, "csv").some((file) => file.marked_cells !== undefined);
  const view: View = { db, table, format, isMarked, name };
  const found = await digests(view);
  for (const [i, file] of files.entries()) findings.push(...fileFindings(file, found.get(full[i] ?? "")));
  const ill = findings.filter(({ gate }) => gate === "schema");
  if (ill.length > 0) return { findings: ill, ...UNFIT };
  const all = [...found.values()];
  return {
    findings,
    view,
    rows: all.reduce((sum, file) => sum + file.rows, 0),
    columns: Object.keys(table.columns).map((_name, i) =>
      all.reduce((digest, file) => digest ^ (file.columns[i] ?? 0n), 0n),
    ),
  };
}

/** The gates `schema`, `rows` and `formats` for one table; makes a view for each format. */
export async function checkFormats(db: Database, table: NamedTable, release: Release): Promise<Finding[]> {
  const findings: Finding[] = [];
  const counted = release.manifest.counts[table.name];
  let first: Pass | null = null;
  for (const format of FORMAT_NAMES) {
    const files = tableFiles(release.manifest, table.name, format);
    const pass = await passOver(db, table, format, files, release);
    findings.push(...pass.findings);
    if (pass.view === null) continue;
    const said = files.reduce((sum, { rows = 0 }) => sum + rows, 0);
    // where both say the same and are wrong, the files' findings have told it
    if (pass.rows !== counted && said !== counted)
      findings.push({
        gate: "rows",
        where: files.length === 1 ? (files[0]?.path ?? "") : tablePath(format, table.name),
        found: `${pass.rows} rows instead of ${counted}`,
      });
    first ??= pass;
    const differing = Object.keys(table.columns).filter((_name, i) => pass.columns[i] !== first?.columns[i]);
    if (first.view === null || differing.length === 0) continue;
    const place = await firstDifference(pass.view, first.view, differing);
    findings.push({
      gate: "formats",
      where: table.name,
      found: `${format} and ${first.view.format} differ in ${differing.join(", ")}${place}`,
    });
  }
  return findings;
}
