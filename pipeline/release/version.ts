import { join } from "node:path";
import { TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import type { AnyRow } from "../4-emit/format.ts";
import { rowLine } from "../4-emit/jsonl.ts";
import { canonicalJson } from "../core/digest.ts";
import { readJson } from "../core/files.ts";
import type { Release } from "../core/release.ts";

/**
 * How large a step a release is from the one before, by the Data Package recipe
 * (https://datapackage.org/recipes/data-package-version/): major when fields change, minor when rows come or go,
 * patch when values change.
 */
export type Bump = "none" | "patch" | "minor" | "major";

const SIZES: readonly Bump[] = ["none", "patch", "minor", "major"];
export const larger = (a: Bump, b: Bump): Bump => (SIZES.indexOf(a) >= SIZES.indexOf(b) ? a : b);

/** The version that follows; equal content keeps the version. */
export function nextVersion(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const next = {
    none: [major, minor, patch],
    patch: [major, minor, patch + 1],
    minor: [major, minor + 1, 0],
    major: [major + 1, 0, 0],
  };
  return next[bump].join(".");
}

export const FIRST_VERSION = "1.0.0";

/** What two tables' rows differ by; both are sorted by key, so that one pass with two rows at hand suffices. */
export async function rowBump(
  before: AsyncIterable<AnyRow>,
  after: AsyncIterable<AnyRow> | Iterable<AnyRow>,
  table: Table,
): Promise<Bump> {
  const names = Object.keys(table.columns);
  const keyOf = (row: AnyRow) => table.key.map((name) => row[name]).join("\0");
  const old = before[Symbol.asyncIterator]();
  try {
    let bump: Bump = "none";
    for await (const row of after) {
      const earlier = await old.next();
      if (earlier.done === true || keyOf(earlier.value) !== keyOf(row)) return "minor";
      if (rowLine(names, earlier.value) !== rowLine(names, row)) bump = "patch";
    }
    return (await old.next()).done === true ? bump : "minor";
  } finally {
    await old.return?.();
  }
}

const ANNOTATIONS = new Set(["$schema", "description", "examples", "title"]);

/** The part of a schema that a version speaks of: names, order, types and constraints, not annotations. */
function shape(schema: unknown): string {
  // columns may be named like annotations; a column's value is an object, an annotation's never
  return JSON.stringify(schema, (name, value: unknown) =>
    ANNOTATIONS.has(name) && (typeof value === "string" || Array.isArray(value)) ? undefined : value,
  );
}

async function schemaBump(table: Table, previous: Release): Promise<Bump> {
  const before = await readJson(join(previous.folder, "schemas", `${table.name}.schema.json`));
  return shape(before) === shape(rowSchema(table)) ? "none" : "major";
}

/** A table's rows, which can be gone through more than once. */
type Rows = () => AsyncIterable<AnyRow> | Iterable<AnyRow>;

/** How tables differ from those of the previous release; retired ids are not looked at. */
export async function bumpFrom(previous: Release, tables: Readonly<Record<string, Rows>>): Promise<Bump> {
  let bump: Bump = "none";
  for (const table of Object.values(TABLES)) bump = larger(bump, await schemaBump(table, previous));
  for (const [name, rows] of Object.entries(tables)) {
    if (bump === "major") return bump;
    const table = TABLES[name as TableName];
    bump = larger(bump, await rowBump(previous.rows(table.name), rows(), table));
  }
  return bump;
}

/** Fingerprint of a set of retired ids, whatever the version in which they were retired. */
export function retiredFingerprint(
  rows: readonly { readonly retired_id: string; readonly surviving_id: string | null }[],
): string {
  return canonicalJson(rows.map(({ retired_id, surviving_id }) => [retired_id, surviving_id]));
}
