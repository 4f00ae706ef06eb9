import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Column, ColumnType, Table } from "../../schemas/index.ts";
import type { Release } from "../core/release.ts";
import { type Database, type FormatName, MAX_LINE, READERS, sqlName, sqlText, sqlType } from "./duckdb.ts";
import type { Finding } from "./gates.ts";

/** The name under which a table's file of one format can be queried after `checkFormats`. */
export const viewOf = (table: string, format: FormatName): string => `${table}_${format}`;

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) return line;
    return "";
  } finally {
    await file.close();
  }
}

/** The columns that a file itself declares, each with its type where the format has types. */
async function declared(db: Database, format: FormatName, path: string): Promise<string[]> {
  if (format === "csv") return (await firstLine(path)).split(",");
  if (format === "parquet") {
    const types = await db.rows(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
    const schema = await db.rows(`SELECT name, repetition_type FROM parquet_schema(${sqlText(path)})`);
    const required = new Set(
      schema.filter((row) => row["repetition_type"] === "REQUIRED").map((row) => row["name"]),
    );
    return types.map(
      ({ column_name: name, column_type: type }) => `${name} ${type}${required.has(name) ? " REQUIRED" : ""}`,
    );
  }
  const rows = await db.rows(
    `SELECT DISTINCT array_to_string(json_keys(json), ',') AS keys FROM read_json_objects(${sqlText(path)}, format='newline_delimited', maximum_object_size=${MAX_LINE})`,
  );
  return rows.length === 1 ? String(rows[0]?.["keys"]).split(",") : rows.map((row) => `(${row["keys"]})`);
}

function expected(table: Table, format: FormatName): string[] {
  return Object.entries(table.columns).map(([name, column]) =>
    format === "parquet"
      ? `${name} ${sqlType(column).replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE")}${column.required ? " REQUIRED" : ""}`
      : name,
  );
}

/** What JSON calls the values of each type. */
const JSON_TYPES = {
  string: ["VARCHAR"],
  integer: ["UBIGINT", "BIGINT"],
  number: ["UBIGINT", "BIGINT", "DOUBLE"],
  boolean: ["BOOLEAN"],
  date: ["VARCHAR"],
  datetime: ["VARCHAR"],
  "string[]": ["ARRAY"],
} as const satisfies Record<ColumnType, readonly string[]>;

/** SQL that is true where a cell of CSV or JSONL is no value of its column's type. */
function isMistyped(format: "csv" | "jsonl", name: string, column: Column): string {
  const cell = sqlName(name);
  const allowed = JSON_TYPES[column.type].map(sqlText).join(", ");
  const wrongJson = format === "jsonl" ? `json_type(${cell}) NOT IN ('NULL', ${allowed})` : "false";
  if (column.type === "string[]") {
    const items = `json_extract(${format === "csv" ? `CAST(${cell} AS JSON)` : cell}, '$[*]')`;
    const wrongItem = `len(list_filter(${items}, lambda item: json_type(item) != 'VARCHAR')) > 0`;
    const isList = format === "csv" ? `NOT json_valid(${cell})` : wrongJson;
    return `CASE WHEN ${isList} THEN true ELSE ${wrongItem} END`;
  }
  const text = READERS[format].text[column.type](cell);
  return `${wrongJson} OR (${text} IS NOT NULL AND TRY_CAST(${text} AS ${sqlType(column)}) IS NULL)`;
}

/** Columns that hold values of another type than their own; Parquet's types are checked with its columns. */
async function mistyped(db: Database, table: Table, format: FormatName): Promise<string[]> {
  if (format === "parquet") return [];
  const columns = Object.entries(table.columns);
  const counts = columns.map(
    ([name, column]) => `count(*) FILTER (WHERE ${isMistyped(format, name, column)}) AS ${sqlName(name)}`,
  );
  const [row] = await db.rows(`SELECT ${counts.join(", ")} FROM ${sqlName(viewOf(table.name, format))}`);
  return columns.map(([name]) => name).filter((name) => row?.[name] !== 0);
}

async function checkSchema(
  db: Database,
  table: Table,
  format: FormatName,
  path: string,
): Promise<string | null> {
  const [found, wanted] = [await declared(db, format, path), expected(table, format)];
  const isEmptyJsonl = format === "jsonl" && found.length === 0;
  return isEmptyJsonl || found.join() === wanted.join()
    ? null
    : `columns ${found.join(", ")} instead of ${wanted.join(", ")}`;
}

/**
 * One row of digests: of each column over all rows, each cell's text hashed with its row number, so that order counts,
 * and with a mark that tells null from text.
 */
async function digests(db: Database, table: Table, format: FormatName): Promise<Record<string, unknown>> {
  const columns = Object.entries(table.columns).map(([name, { type }]) => {
    const text = READERS[format].text[type](sqlName(name));
    return `bit_xor(hash(concat(_row, CASE WHEN ${sqlName(name)} IS NULL THEN '-' ELSE '=' END, ${text})))::VARCHAR AS ${sqlName(name)}`;
  });
  const view = sqlName(viewOf(table.name, format));
  const [row] = await db.rows(
    `SELECT count(*) AS _rows, ${columns.join(", ")} FROM (SELECT *, row_number() OVER () AS _row FROM ${view})`,
  );
  return row ?? {};
}

/** The gates `schema`, `rows` and `formats` for one table; makes a view for each format. */
export async function checkFormats(
  db: Database,
  table: Table,
  { folder, manifest }: Release,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const all: [FormatName, Record<string, unknown>][] = [];
  const counts: Readonly<Record<string, number>> = manifest.counts;
  for (const format of Object.keys(READERS) as FormatName[]) {
    const path = `${format}/${table.name}.${format}`;
    const full = join(folder, path);
    const wrong = await checkSchema(db, table, format, full);
    if (wrong !== null) {
      findings.push({ gate: "schema", where: path, found: wrong });
      continue;
    }
    await db.rows(
      `CREATE VIEW ${sqlName(viewOf(table.name, format))} AS ${READERS[format].select(table, full)}`,
    );
    const columns = await mistyped(db, table, format);
    if (columns.length > 0) {
      findings.push({
        gate: "schema",
        where: path,
        found: `values of another type in ${columns.join(", ")}`,
      });
      continue;
    }
    const found = await digests(db, table, format);
    const said = new Set([counts[table.name], manifest.files.find((file) => file.path === path)?.rows]);
    for (const rows of said)
      if (found["_rows"] !== rows)
        findings.push({ gate: "rows", where: path, found: `${found["_rows"]} rows instead of ${rows}` });
    all.push([format, found]);
  }
  const [first, ...others] = all;
  for (const [format, found] of others) {
    const differing = Object.keys(found).filter((name) => found[name] !== first?.[1][name]);
    if (differing.length > 0)
      findings.push({
        gate: "formats",
        where: table.name,
        found: `${format} and ${first?.[0]} differ in ${differing.join(", ")}`,
      });
  }
  return findings;
}
