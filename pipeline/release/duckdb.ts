import { tmpdir } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Column, ColumnType, Table } from "../../schemas/index.ts";
import type { FormatName } from "../core/table-files.ts";

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
/** A path as text in which no character is a pattern: a folder may be called `data [2]`, beside another called `data 2`. */
export const sqlPath = (path: string): string => sqlText(path.replaceAll(/[*?[]/gu, "[$&]"));
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface Database {
  /** Rows of a query; integers come as numbers. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** What a database holds at most; what needs more goes to the disk. A million papers are checked within it. */
const MEMORY = "512MB";

/** A fresh database in memory; nothing is fetched, and files are read as they are now. */
export async function openDatabase(): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    enable_external_file_cache: "false",
    memory_limit: MEMORY,
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

const struct = (table: Table, type: (column: Column) => string) =>
  `{${Object.entries(table.columns)
    .map(([name, column]) => `${sqlText(name)}: ${sqlText(type(column))}`)
    .join(", ")}}`;

/** Lines above this size, in bytes, are read as damage; the CSV reader would keep 16 of them at once otherwise. */
export const MAX_LINE = 1 << 24;

const list = (text: string) => `CAST(to_json(from_json(${text}, '["VARCHAR"]')) AS VARCHAR)`;
const double = (text: string) => `CAST(TRY_CAST(${text} AS DOUBLE) AS VARCHAR)`;
const same = (value: string) => value;
const asText = (value: string) => `CAST(${value} AS VARCHAR)`;
const unquoted = (value: string) => `json_extract_string(${value}, '$')`;

/** The column of a view that says which file a row is from; no column of a table begins with a low line. */
export const FILE_COLUMN = "_file";
const ofFiles = (paths: readonly string[]) => `[${paths.map(sqlPath).join(", ")}], filename='${FILE_COLUMN}'`;

interface FormatReader {
  /** SQL that selects a table's rows in the order of its files and of what is in them, cells as the format has them. */
  readonly select: (table: Table, paths: readonly string[]) => string;
  /**
   * For each type, SQL that gives a cell's text in the one form in which all formats must agree: a CSV or JSON cell as
   * it is written, so that no reader's leniency hides a difference, and Parquet's value in that form.
   */
  readonly text: Readonly<Record<ColumnType, (cell: string) => string>>;
}

/** How each format is read. */
export const READERS = {
  csv: {
    select: (table, paths) =>
      `SELECT * FROM read_csv(${ofFiles(paths)}, auto_detect=false, header=true, delim=',', quote='"', escape='"', nullstr='', new_line='\\n', max_line_size=${MAX_LINE}, buffer_size=${2 * MAX_LINE}, parallel=false, columns=${struct(table, () => "VARCHAR")})`,
    text: {
      string: same,
      integer: same,
      number: double,
      boolean: same,
      date: same,
      datetime: same,
      "string[]": list,
    },
  },
  jsonl: {
    select: (table, paths) =>
      `SELECT * FROM read_json(${ofFiles(paths)}, format='newline_delimited', maximum_object_size=${MAX_LINE}, columns=${struct(table, () => "JSON")})`,
    text: {
      string: unquoted,
      integer: unquoted,
      number: (cell) => double(unquoted(cell)),
      boolean: unquoted,
      date: unquoted,
      datetime: unquoted,
      "string[]": list,
    },
  },
  parquet: {
    select: (_table, paths) => `SELECT * FROM read_parquet(${ofFiles(paths)})`,
    text: {
      string: same,
      integer: asText,
      number: asText,
      boolean: asText,
      date: (cell) => `strftime(${cell}, '%Y-%m-%d')`,
      datetime: (cell) => `strftime(${cell}, '%Y-%m-%dT%H:%M:%SZ')`,
      "string[]": (cell) => `CAST(to_json(${cell}) AS VARCHAR)`,
    },
  },
} as const satisfies Record<FormatName, FormatReader>;
