import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { parquet } from "../../pipeline/4-emit/parquet.ts";
import { type Column, type ColumnType, TABLES, type Table } from "../../schemas/index.ts";
import { EACH_TABLE, hostileRows, rowOf } from "../support/rows.ts";
import { declaredColumns, footer, query } from "./read-back.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-parquet-"));
  path = join(folder, "t.parquet");
});
afterEach(() => rm(folder, { recursive: true }));

async function write(table: Table, rows: readonly object[]): Promise<void> {
  const writer = await parquet.open(table, path);
  if (rows.length > 0) await writer.write(rows as AnyRow[]);
  await writer.close();
}

/** What a Parquet file has to declare for a column of each logical type. */
const DECLARED: Record<ColumnType, object> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  integer: { type: "INT64", converted_type: null, logical_type: null },
  number: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
  date: { type: "INT32", converted_type: "DATE", logical_type: expect.stringContaining("DateType") },
  datetime: {
    type: "INT64",
    logical_type: expect.stringMatching(/^TimestampType\(isAdjustedToUTC=1, unit=TimeUnit\(MILLIS=MilliS/),
  },
  "string[]": { converted_type: "LIST" },
};

/** The same for a table: its root, then each column, and below a list its two inner levels. */
function declaredFor(table: Table): object[] {
  return Object.entries(table.columns).flatMap(([name, column]: [string, Column]) => {
    const repetition_type = column.required ? "REQUIRED" : "OPTIONAL";
    const own = { name, repetition_type, ...DECLARED[column.type] };
    if (column.type !== "string[]") return [own];
    const item = { name: "element", repetition_type: "REQUIRED", ...DECLARED.string };
    return [own, { name: "list", repetition_type: "REPEATED" }, item];
  });
}

describe.each(EACH_TABLE)("the Parquet file of %s", (_name, table) => {
  test("declares the columns in schema order, each with its type and whether it may be null", async () => {
    await write(table, hostileRows(table));
    const [, ...columns] = await declaredColumns(path);
    expect(columns).toMatchObject(declaredFor(table));
  });

  test("declares the same columns when it has no rows", async () => {
    await write(table, []);
    const [, ...columns] = await declaredColumns(path);
    expect(columns).toMatchObject(declaredFor(table));
    expect(await query(`SELECT count(*) AS n FROM read_parquet('${path}')`)).toEqual([{ n: 0n }]);
  });

  test("is compressed with zstd, column by column", async () => {
    await write(table, hostileRows(table));
    const groups = await footer(path);
    expect(groups.length).toBeGreaterThan(0);
    for (const column of groups) expect(column["compression"], String(column["path_in_schema"])).toBe("ZSTD");
  });
});

test("a second file in one process has the properties of the first: they are built for each", async () => {
  await write(TABLES.papers, [rowOf("papers")]);
  const first = await readFile(path);
  await write(TABLES.papers, [rowOf("papers")]);
  expect((await readFile(path)).equals(first)).toBe(true);
  const [file] = await query(`SELECT created_by FROM parquet_file_metadata('${path}')`);
  expect(file).toEqual({ created_by: "paperset" });
});

test("what a column means travels with the file, in the schema that it carries for Arrow", async () => {
  await write(TABLES.retired_ids, [rowOf("retired_ids")]);
  const [entry] = await query(
    `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${path}')`,
  );
  expect(entry?.["key"]).toBe("ARROW:schema");
  const schema = Buffer.from(String(entry?.["value"]), "base64").toString("utf8");
  for (const { description } of Object.values(TABLES.retired_ids.columns))
    expect(schema).toContain(description);
});

describe("a place that cannot be written is named with what to do", () => {
  const refused = { code: "OUTPUT_UNWRITABLE", message: expect.stringContaining("choose a folder") };

  test("where the folder is missing", async () => {
    path = join(folder, "missing", "t.parquet");
    await expect(write(TABLES.papers, [rowOf("papers")])).rejects.toMatchObject(refused);
  });

  test("where a folder stands in the way", async () => {
    await mkdir(path);
    await expect(write(TABLES.papers, [])).rejects.toMatchObject(refused);
  });
});

test("a row that cannot be written stops the run at the latest at the end, and nothing of its row group is written", async () => {
  const rows = [rowOf("papers"), { ...rowOf("papers"), mention_count: 1.5 }];
  await expect(write(TABLES.papers, rows)).rejects.toMatchObject({ code: "DEFECT" });
  expect(await readFile(path, "utf8")).toBe("");
});

test("Parquet says what it is", () => {
  expect([parquet.name, parquet.mediaType]).toEqual(["parquet", "application/vnd.apache.parquet"]);
});
