import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Table } from "../../schemas/index.ts";
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
    const rows = await db.rows(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
    return rows.map((row) => `${row["column_name"]} ${row["column_type"]}`);
  }
  const rows = await db.rows(
    `SELECT DISTINCT array_to_string(json_keys(json), ',') AS keys FROM read_json_objects(${sqlText(path)}, format='newline_delimited', maximum_object_size=${MAX_LINE})`,
  );
  return rows.length === 1 ? String(rows[0]?.["keys"]).split(",") : rows.map((row) => `(${row["keys"]})`);
}

function expected(table: Table, format: FormatName): string[] {
  return Object.entries(table.columns).map(([name, column]) =>
    format === "parquet"
      ? `${name} ${sqlType(column).replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE")}`
      : name,
  );
}

async function checkSchema(db: Database, table: Table, format: FormatName, path: string): Promise<Finding[]> {
  const [found, wanted] = [await declared(db, format, path), expected(table, format)];
  const isEmptyJsonl = format === "jsonl" && found.length === 0;
  if (isEmptyJsonl || found.join() === wanted.join()) return [];
  return [
    { gate: "schema", where: path, found: `columns ${found.join(", ")} instead of ${wanted.join(", ")}` },
  ];
}

/** One row of digests: of each column over all rows, each value hashed with its row number, so that order counts. */
async function digests(db: Database, table: Table, format: FormatName): Promise<Record<string, unknown>> {
  const columns = Object.keys(table.columns).map(
    (name) => `bit_xor(hash(_row, ${sqlName(name)}))::VARCHAR AS ${sqlName(name)}`,
  );
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
  folder: string,
  rows: number,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const all: [FormatName, Record<string, unknown>][] = [];
  for (const format of Object.keys(READERS) as FormatName[]) {
    const path = `${format}/${table.name}.${format}`;
    const full = join(folder, path);
    for (const finding of await checkSchema(db, table, format, full))
      findings.push({ ...finding, where: path });
    if (findings.some((finding) => finding.where === path)) continue;
    await db.rows(`CREATE VIEW ${sqlName(viewOf(table.name, format))} AS ${READERS[format](table, full)}`);
    const found = await digests(db, table, format);
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
