import { join } from "node:path";
import { TABLE_NAMES, TABLES, type TableName } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { PapersetError, reasonOf, systemCode } from "../core/errors.ts";
import { readJson } from "../core/files.ts";
import type { Release } from "../core/release.ts";
import { schemaPath } from "../core/table-files.ts";
import type { Rows } from "./diff-join.ts";

/** One side of a comparison: a release, or the tables that are to become one. */
export interface Side {
  /** As errors call it. */
  readonly name: string;
  /** Its tables with their rows' number; null where it is not known before they are read. */
  readonly tables: ReadonlyMap<string, number | null>;
  /** The JSON Schema of a table's rows; undefined: there is none. */
  schema(table: string): Promise<unknown>;
  rows(table: TableName): Rows;
}

/** The side before a first release. */
export const NOTHING: Side = {
  name: "nothing",
  tables: new Map(),
  schema: async () => undefined,
  rows: () => () => [],
};

/** Makes a sentence of what cannot be read; any other error is none of this release's. */
function damaged(error: unknown, what: string, folder: string): unknown {
  if (!(error instanceof SyntaxError) && systemCode(error) === undefined) return error;
  const words = reasonOf(error);
  return new PapersetError(
    "RELEASE_DAMAGED",
    `${what} of the release in ${folder} cannot be read (${words}). Run verify on it, and take another copy of it.`,
    { folder },
    { cause: error },
  );
}

export function sideOfRelease(release: Release): Side {
  const { folder, manifest, version } = release;
  return {
    name: `release ${version}`,
    tables: new Map(Object.entries(manifest.counts)),
    schema: (table) =>
      readJson(join(folder, schemaPath(table))).catch((error: unknown) => {
        throw damaged(error, `The schema of ${table}`, folder);
      }),
    rows: (table) =>
      async function* () {
        try {
          yield* release.rows(table);
        } catch (error) {
          throw damaged(error, `A row of ${table}`, folder);
        }
      },
  };
}

/** The tables that are to become a release, in today's shape. */
export function sideOfTables(tables: Readonly<Record<TableName, Rows>>): Side {
  return {
    name: "the new release",
    tables: new Map(TABLE_NAMES.map((name) => [name, null])),
    schema: async (table) => (table in TABLES ? rowSchema(TABLES[table as TableName]) : undefined),
    rows: (table) => tables[table],
  };
}
