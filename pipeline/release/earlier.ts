import { stat } from "node:fs/promises";
import { join } from "node:path";
import { TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { rowCheck } from "../4-emit/row-check.ts";
import { sha256OfFile } from "../core/digest.ts";
import { PapersetError, reasonOf } from "../core/errors.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { Release } from "../core/release.ts";
import { CHANGELOG } from "./check-difference.ts";
import { columnsIn, diffSchemas } from "./diff-schema.ts";
import { sideOfRelease } from "./diff-side.ts";

/** What a new release takes from the one before, and what that one must be like. */

/** Files from which ids, observations, the difference and earlier entries of the changelog are carried on. */
const isCarried = ({ path }: FileEntry) =>
  path.startsWith("jsonl/") || path.startsWith("schemas/") || path === CHANGELOG;

/** What is wrong with a file, in words; null where it is as it was when the release was made. */
async function damageOf(folder: string, { path, bytes, sha256 }: FileEntry): Promise<string | null> {
  const file = join(folder, path);
  try {
    const { size } = await stat(file);
    if (size !== bytes) return `${path} has ${size} bytes instead of ${bytes}`;
    return (await sha256OfFile(file)) === sha256 ? null : `the content of ${path} has changed`;
  } catch (error) {
    return `${path} cannot be read (${reasonOf(error)})`;
  }
}

/** Stops a run that would carry on from a release that somebody changed or that lost a file. */
export async function requireIntact(release: Release | null): Promise<void> {
  if (release === null) return;
  const { folder, version, manifest } = release;
  for (const file of manifest.files.filter(isCarried)) {
    const damage = await damageOf(folder, file);
    if (damage !== null)
      throw new PapersetError(
        "RELEASE_DAMAGED",
        `Release ${version} in ${folder} is not as it was made: ${damage}. A new release would carry that on: put the file back from another copy, or name another release with --previous.`,
        { folder, file: file.path },
      );
  }
}

/** The tables whose rows the stages read. */
const CARRIED: readonly TableName[] = [
  "papers",
  "mentions",
  "repositories",
  "repository_observations",
  "paper_links",
  "retired_ids",
];

function tooOld({ folder, version, manifest }: Release, words: string): PapersetError {
  return new PapersetError(
    "RELEASE_OUTDATED",
    `Release ${version} in ${folder} was made with schema ${manifest.schema_version}: ${words}, so that nothing can be carried on from it. Start anew in another --out with --previous none.`,
    { folder },
  );
}

interface Reshaped {
  readonly columns: readonly string[];
  /** Checks a row where a column had other values than it may have today. */
  readonly check: ((row: unknown) => void) | null;
}

/** How a release's rows of a table become today's; null where they are that already. */
async function reshaping(release: Release, table: Table): Promise<Reshaped | null> {
  const before = await sideOfRelease(release).schema(table.name);
  const difference = diffSchemas(before, rowSchema(table));
  if (difference === null) return null;
  const known = columnsIn(before);
  for (const [name, { required }] of Object.entries(table.columns))
    if (required && !known.has(name)) throw tooOld(release, `its table ${table.name} has no column ${name}`);
  return {
    columns: Object.keys(table.columns),
    check: difference.columns_changed.length > 0 ? rowCheck(table) : null,
  };
}

/**
 * The release with rows in today's shape: a column that it had not is null, one that is no more is left out. Stops the
 * run where a column is missing whose values cannot be null, or holds what it may not hold today.
 */
export async function inTodaysShape(release: Release): Promise<Release> {
  const reshaped = new Map<TableName, Reshaped>();
  for (const name of CARRIED) {
    if (!(name in release.manifest.counts)) throw tooOld(release, `it has no table ${name}`);
    const way = await reshaping(release, TABLES[name]);
    if (way !== null) reshaped.set(name, way);
  }
  if (reshaped.size === 0) return release;
  const rows = async function* (table: TableName): AsyncGenerator<Readonly<Record<string, unknown>>> {
    const way = reshaped.get(table);
    for await (const row of release.rows(table)) {
      const known: Readonly<Record<string, unknown>> = row;
      const today =
        way === undefined
          ? known
          : Object.fromEntries(way.columns.map((name) => [name, known[name] ?? null]));
      try {
        way?.check?.(today);
      } catch (error) {
        const words = reasonOf(error);
        throw tooOld(release, `a row of ${table} does not fit today's (${words})`);
      }
      yield today;
    }
  };
  return { ...release, rows: rows as Release["rows"] }; // rows were brought into the shape of today's types
}
