import { tmpdir } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Column, ColumnType, Table } from "../../schemas/index.ts";

/** Reading a release with DuckDB, a reader that has nothing in common with the writers. */

const SQL_TYPES = {
  string: "VARCHAR",
  integer: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  datetime: "TIMESTAMPTZ",
  "string[]": "VARCHAR[]",
} as const satisfies Record<ColumnType, string>;

export const sqlType = (column: Column): string => SQL_TYPES[column.type];
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface Database {
  /** Rows of a query; integers come as numbers. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** A fresh database in memory; nothing is fetched, and files are read as they are now. */
export async function openDatabase(): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    enable_external_file_cache: "false",
    memory_limit: "1GB",
    temp_directory: tmpdir(),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    async rows(sql) {
      const rows = (await connection.runAndReadAll(sql)).getRowObjects();
      return rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === "bigint" ? Number(value) : value,
          ]),
        ),
      );
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const struct = (entries: readonly (readonly [string, string])[]) =>
  `{${entries.map(([name, type]) => `${sqlText(name)}: ${sqlText(type)}`).join(", ")}}`;

/** Lines above this size, in bytes, are read as damage; the CSV reader would keep 16 of them at once otherwise. */
export const MAX_LINE = 1 << 24;

function fromCell(name: string, column: Column): string {
  const cell = sqlName(name);
  return column.type === "string[]"
    ? `from_json(${cell}, '["VARCHAR"]')`
    : `CAST(${cell} AS ${sqlType(column)})`;
}

/** For each format, the SQL that reads a table's file with the columns and types of the schema, in the file's order. */
export const READERS = {
  csv: (table: Table, path: string) => {
    const columns = Object.entries(table.columns);
    const cells = struct(columns.map(([name]) => [name, "VARCHAR"]));
    const selected = columns
      .map(([name, column]) => `${fromCell(name, column)} AS ${sqlName(name)}`)
      .join(", ");
    return `SELECT ${selected} FROM read_csv(${sqlText(path)}, auto_detect=false, header=true, delim=',', quote='"', escape='"', nullstr='', new_line='\\n', max_line_size=${MAX_LINE}, buffer_size=${2 * MAX_LINE}, parallel=false, columns=${cells})`;
  },
  jsonl: (table: Table, path: string) => {
    const columns = struct(Object.entries(table.columns).map(([name, column]) => [name, sqlType(column)]));
    return `SELECT * FROM read_json(${sqlText(path)}, format='newline_delimited', maximum_object_size=${MAX_LINE}, columns=${columns})`;
  },
  parquet: (_table: Table, path: string) => `SELECT * FROM read_parquet(${sqlText(path)})`,
} as const;
export type FormatName = keyof typeof READERS;
