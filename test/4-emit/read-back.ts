import { join } from "node:path";
import {
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { ColumnType, Table } from "../../schemas/index.ts";
import type { PlainRow } from "../support/rows.ts";

/**
 * Reads tables with DuckDB and makes plain values of them in JavaScript. It shares nothing with the reader behind
 * `verify`, so that one cannot hide what the other does wrong.
 */

/** Runs one query in a database of its own, so that no file is remembered from an earlier one. */
export async function query(sql: string): Promise<Record<string, DuckDBValue>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/** A typed value of DuckDB as a row holds it; a type that no column has comes out as it is, and so differs. */
function fromTyped(value: DuckDBValue): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DuckDBListValue) return value.items.map(fromTyped);
  if (value instanceof DuckDBDateValue) return isoOfDays(value.days);
  if (value instanceof DuckDBTimestampTZValue) return isoOfMilliseconds(Number(value.micros / 1000n));
  return value;
}

const isoOfMilliseconds = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");
const isoOfDays = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** What a cell of text stands for, by the logical type of its column. */
const FROM_CELL = {
  string: (cell) => cell,
  integer: Number,
  number: Number,
  boolean: (cell) => ({ true: true, false: false })[cell] ?? `no boolean: ${cell}`,
  date: (cell) => cell,
  datetime: (cell) => cell,
  "string[]": (cell) => JSON.parse(cell) as unknown,
} as const satisfies Record<ColumnType, (cell: string) => unknown>;

function byColumn(table: Table, value: (name: string, type: ColumnType) => unknown): PlainRow {
  const columns = Object.entries(table.columns);
  return Object.fromEntries(columns.map(([name, { type }]) => [name, value(name, type)]));
}

/** Reads a file of one format; the rows have the columns that the file has, in its order. */
export const READ_BACK = {
  async csv(table: Table, path: string): Promise<PlainRow[]> {
    const rows = await query(
      `SELECT * FROM read_csv(${quoted(path)}, all_varchar=true, auto_detect=false, header=true, delim=',', quote='"', escape='"', new_line='\\n', max_line_size=8000000, columns={${Object.keys(
        table.columns,
      )
        .map((name) => `'${name}': 'VARCHAR'`)
        .join(", ")}})`,
    );
    return rows.map((row) =>
      byColumn(table, (name, type) => {
        const cell = row[name];
        return cell === null ? null : FROM_CELL[type](String(cell));
      }),
    );
  },
  async jsonl(table: Table, path: string): Promise<PlainRow[]> {
    const columns = Object.keys(table.columns).map((name) => `'${name}': 'JSON'`);
    const rows = await query(
      `SELECT * FROM read_json(${quoted(path)}, format='newline_delimited', columns={${columns.join(", ")}})`,
    );
    return rows.map((row) => byColumn(table, (name) => JSON.parse(String(row[name])) as unknown));
  },
  async parquet(_table: Table, path: string): Promise<PlainRow[]> {
    const rows = await query(`SELECT * FROM read_parquet(${quoted(path)})`);
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fromTyped(value)])),
    );
  },
} as const;
export type FormatName = keyof typeof READ_BACK;
export const FORMAT_NAMES = Object.keys(READ_BACK) as FormatName[];

/** Where a table's file of one format stands below a release's folder. */
export const pathIn = (folder: string, format: FormatName, table: string): string =>
  join(folder, format, `${table}.${format}`);

/** What the footer of a Parquet file says of each row group and column. */
export const footer = (path: string): Promise<Record<string, DuckDBValue>[]> =>
  query(`SELECT * FROM parquet_metadata(${quoted(path)})`);

/** The columns of a Parquet file as its own schema declares them. */
export const declaredColumns = (path: string): Promise<Record<string, DuckDBValue>[]> =>
  query(`SELECT * FROM parquet_schema(${quoted(path)})`);
