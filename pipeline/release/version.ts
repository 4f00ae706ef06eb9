import { join } from "node:path";
import { TABLES, type Table } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { canonicalJson } from "../core/digest.ts";
import { readJson, readLineBatches } from "../core/files.ts";
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

async function* lines(path: string): AsyncGenerator<string> {
  for await (const batch of readLineBatches(path)) yield* batch;
}

type Keyed = { readonly key: string; readonly line: string };

function keyed(line: string, names: readonly string[]): Keyed {
  const row = JSON.parse(line) as Record<string, string>;
  return { key: names.map((name) => row[name]).join("\0"), line };
}

/** What the rows of two files of one table differ by; both are sorted by key, so that one pass and two rows suffice. */
export async function rowBump(before: string, after: string, key: readonly string[]): Promise<Bump> {
  const [old, now] = [lines(before), lines(after)];
  let bump: Bump = "none";
  let [a, b] = [await old.next(), await now.next()];
  while (a.done !== true && b.done !== true) {
    if (a.value !== b.value) {
      const [x, y] = [keyed(a.value, key), keyed(b.value, key)];
      if (x.key !== y.key) return "minor";
      bump = larger(bump, "patch");
    }
    [a, b] = [await old.next(), await now.next()];
  }
  return a.done === b.done ? bump : "minor";
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

/** How the tables in `folder` (its JSONL files) differ from the previous release; retired ids are not looked at. */
export async function bumpFrom(previous: Release, folder: string): Promise<Bump> {
  let bump: Bump = "none";
  for (const table of Object.values(TABLES)) {
    bump = larger(bump, await schemaBump(table, previous));
    if (table.name === "retired_ids") continue;
    const path = join("jsonl", `${table.name}.jsonl`);
    bump = larger(bump, await rowBump(join(previous.folder, path), join(folder, path), table.key));
  }
  return bump;
}

/** Fingerprint of a set of retired ids, whatever the version in which they were retired. */
export function retiredFingerprint(
  rows: readonly { readonly retired_id: string; readonly surviving_id: string | null }[],
): string {
  return canonicalJson(rows.map(({ retired_id, surviving_id }) => [retired_id, surviving_id]));
}
