import type { Column, ColumnType, Table } from "../../schemas/index.ts";
import { readLineBatches } from "../core/files.ts";
import type { FormatName } from "../core/table-files.ts";
import { type Database, MAX_LINE, READERS, sqlName, sqlPath, sqlText, sqlType } from "./duckdb.ts";

/** The gate `schema`: what a file says of its columns, and whether a cell is a value of its column's type. */

async function firstLine(path: string): Promise<string> {
  for await (const [line] of readLineBatches(path)) return line ?? "";
  return "";
}

/** The columns that a file itself declares, each with its type where the format has types. */
async function declared(db: Database, format: FormatName, path: string): Promise<string[]> {
  if (format === "csv") return (await firstLine(path)).split(",");
  if (format === "parquet") {
    const types = await db.rows(`DESCRIBE SELECT * FROM read_parquet(${sqlPath(path)})`);
    const schema = await db.rows(`SELECT name, repetition_type FROM parquet_schema(${sqlPath(path)})`);
    const required = new Set(
      schema.filter((row) => row["repetition_type"] === "REQUIRED").map((row) => row["name"]),
    );
    return types.map(
      ({ column_name: name, column_type: type }) => `${name} ${type}${required.has(name) ? " REQUIRED" : ""}`,
    );
  }
  const rows = await db.rows(
    `SELECT DISTINCT array_to_string(json_keys(json), ',') AS keys FROM read_json_objects(${sqlPath(path)}, format='newline_delimited', maximum_object_size=${MAX_LINE})`,
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

/** What is wrong with a file's columns; null when they are those of the schema. */
export async function checkColumns(
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

/** SQL that is true where a cell is no value of its column's type. Parquet's types are checked with its columns. */
export function isMistyped(format: FormatName, name: string, column: Column): string {
  if (format === "parquet") return "false";
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
