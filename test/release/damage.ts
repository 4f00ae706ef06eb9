import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { csv } from "../../pipeline/4-emit/csv.ts";
import type { AnyRow, Format } from "../../pipeline/4-emit/format.ts";
import { jsonl } from "../../pipeline/4-emit/jsonl.ts";
import { parquet } from "../../pipeline/4-emit/parquet.ts";
import { sha256 } from "../../pipeline/core/digest.ts";
import { readJsonLines } from "../../pipeline/core/files.ts";
import type { Manifest } from "../../pipeline/core/manifest.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { DIFFERENCE } from "../../pipeline/release/check-difference.ts";
import type { Difference, TableDifference } from "../../pipeline/release/diff.ts";
import { rowsTally } from "../../pipeline/release/diff-rows.ts";
import type { Finding } from "../../pipeline/release/gates.ts";
import { verify } from "../../pipeline/release/verify.ts";
import { type Column, TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { type FormatName, pathIn } from "../4-emit/read-back.ts";
import type { PlainRow, RowOf } from "../support/rows.ts";
import { TEST_NOW } from "../support/run-paperset.ts";
import { sharedReleases } from "../support/shared-release.ts";

/** Ways to break a release, and to sign it again so that its sums no longer tell. */

const WRITERS: Readonly<Record<FormatName, Format>> = { csv, jsonl, parquet };

/** A copy of a release, which a test may break. */
export async function copyOf(release: Release, folder: string): Promise<string> {
  await cp(release.folder, folder, { recursive: true, dereference: true });
  return folder;
}

/** What a test that breaks a release is given. */
interface Given {
  /** Made once; not to be broken. */
  readonly release: Release;
  /** A copy of it that no other test sees. */
  readonly folder: string;
  /** What the copies lie in, removed at the end. */
  readonly made: string;
}

/**
 * Gives each test of a file a copy of one release; what is returned gives another within a test.
 * @param make makes another release than the shared one, in a folder of its own
 */
export function breakCopies(
  give: (given: Given) => void,
  make: (folder: string) => Promise<Release> = async () => (await sharedReleases()).second,
): () => Promise<void> {
  let made: string;
  let release: Release;
  let copies = 0;
  async function freshCopy(): Promise<void> {
    copies += 1;
    give({ made, release, folder: await copyOf(release, join(made, `copy-${copies}`)) });
  }
  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), "paperset-damage-"));
    release = await make(join(made, "release"));
  });
  afterAll(() => rm(made, { recursive: true }));
  beforeEach(freshCopy);
  return freshCopy;
}

export async function rowsIn<N extends TableName>(folder: string, table: N): Promise<RowOf<N>[]> {
  return Array.fromAsync(readJsonLines<RowOf<N>>(join(folder, "jsonl", `${table}.jsonl`)));
}

/** The table as a writer must see it so that it lets these rows through: a column that holds null may be null. */
function letting(rows: readonly PlainRow[], table: Table): Table {
  const columns = Object.entries(table.columns).map(([name, column]): [string, Column] => [
    name,
    rows.some((row) => row[name] === null) ? { ...column, required: false } : column,
  ]);
  return { ...table, columns: Object.fromEntries(columns) };
}

async function writeUnsigned(
  folder: string,
  format: FormatName,
  table: Table,
  rows: readonly PlainRow[],
): Promise<void> {
  const writer = await WRITERS[format].open(letting(rows, table), pathIn(folder, format, table.name));
  await writer.write(rows as AnyRow[]);
  await writer.close();
}

/** Writes one file of a table, whatever the rows hold, and signs the release again. */
export async function rewriteFile(...file: Parameters<typeof writeUnsigned>): Promise<void> {
  await writeUnsigned(...file);
  await sign(file[0]);
}

type Loose<T> = { -readonly [K in keyof T]: T[K] extends object | null ? Loose<T[K]> : T[K] };

/** Changes what a release says of itself in diff.json, and signs it again. */
export async function editDifference(
  folder: string,
  edit: (difference: Loose<Difference>) => void,
): Promise<void> {
  await editText(join(folder, DIFFERENCE), (text) => {
    const difference = JSON.parse(text) as Loose<Difference>;
    edit(difference);
    return `${JSON.stringify(difference, null, 2)}\n`;
  });
  await sign(folder);
}

/** Says of a table that the release before had as many rows and values as these: no gate looks at what came or went. */
function pretendSame(own: Loose<TableDifference>, table: Table, rows: readonly PlainRow[]): void {
  const sides = { inBefore: false, inAfter: true };
  const columns = Object.entries(table.columns).map(([name, column]) => ({ name, column, ...sides }));
  const tally = rowsTally(columns, table.key);
  for (const row of rows) tally.add({ before: null, after: row as AnyRow });
  own.rows.before = own.rows.after = rows.length;
  for (const [name, { filled_after, latest }] of Object.entries(tally.columns()))
    Object.assign(own.columns[name] ?? {}, { filled_before: filled_after, filled_after, lost: 0, latest });
}

/** What the manifest counts of a table's content beside its rows. */
function countedIn(name: TableName, rows: readonly PlainRow[]): Partial<Manifest> {
  const counts = (column: string): [string, number][] =>
    Object.entries(Object.groupBy(rows, (row) => String(row[column]))).map(([value, own]) => [
      value,
      own?.length ?? 0,
    ]);
  if (name === "repositories") return { repository_statuses: Object.fromEntries(counts("status")) };
  if (name !== "mentions") return {};
  const inputs = counts("source_sha256").map(([sha256, mentions]) => ({ sha256, mentions }));
  return { inputs: inputs as unknown as Manifest["inputs"] }; // no gate reads their other parts
}

/** Writes a table in every format, the same everywhere, says its new numbers, and signs the release again. */
export async function rewriteTable(
  folder: string,
  name: TableName,
  rows: readonly PlainRow[],
): Promise<void> {
  for (const format of Object.keys(WRITERS) as FormatName[])
    await writeUnsigned(folder, format, TABLES[name], rows);
  await editManifest(folder, (manifest) => ({
    ...manifest,
    ...countedIn(name, rows),
    counts: { ...manifest.counts, [name]: rows.length },
    files: manifest.files.map((file) => (file.table === name ? { ...file, rows: rows.length } : file)),
  }));
  await editDifference(folder, ({ tables }) => {
    const own = tables[name];
    if (own !== undefined) pretendSame(own, TABLES[name], rows);
  });
}

/** Changes some rows of a table in every format; the rest of the release stays as it is. */
export async function editRows<N extends TableName>(
  folder: string,
  name: N,
  edit: (rows: readonly RowOf<N>[]) => readonly PlainRow[],
): Promise<void> {
  await rewriteTable(folder, name, edit(await rowsIn(folder, name)));
}

/** Changes the first row of a table in every format. */
export const editFirst = <N extends TableName>(folder: string, name: N, cells: PlainRow): Promise<void> =>
  editRows(folder, name, ([first, ...others]) => [{ ...first, ...cells }, ...others]);

export async function editText(path: string, edit: (text: string) => string): Promise<void> {
  await writeFile(path, edit(await readFile(path, "utf8")));
}

export const editManifest = (folder: string, edit: (manifest: Manifest) => object): Promise<void> =>
  editText(
    join(folder, "manifest.json"),
    (text) => `${JSON.stringify(edit(JSON.parse(text) as Manifest), null, 2)}\n`,
  );

/** Makes SHA256SUMS and the manifest say of every file what it is now. */
export async function sign(folder: string): Promise<void> {
  const { manifest } = await openRelease(folder);
  const entries = new Map(manifest.files.map((file) => [file.path, file]));
  const measure = async (path: string) => {
    const content = await readFile(join(folder, path));
    entries.set(path, { ...entries.get(path), path, bytes: content.length, sha256: sha256(content) });
  };
  const summed = [...entries.keys()].filter((path) => path !== "SHA256SUMS");
  await Promise.all(summed.map(measure));
  const lines = summed.map((path) => `${entries.get(path)?.sha256}  ${path}\n`);
  await writeFile(join(folder, "SHA256SUMS"), lines.join(""));
  await measure("SHA256SUMS");
  await editManifest(folder, (before) => ({ ...before, files: [...entries.values()] }));
}

/** What `verify` finds in a folder, as a stranger who opens it. */
export const findingsIn = async (folder: string): Promise<Finding[]> =>
  verify(await openRelease(folder), new Date(TEST_NOW));
