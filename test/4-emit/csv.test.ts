import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { csv, safeCsv } from "../../pipeline/4-emit/csv.ts";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { TABLES } from "../../schemas/index.ts";
import { bareRowOf, EACH_TABLE, idOf, type RowOf, rowOf } from "../support/rows.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-csv-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The text of the file that holds these rows of retired ids, a table of few columns. */
async function written(...batches: readonly (readonly AnyRow[])[]): Promise<string> {
  const path = join(folder, "t.csv");
  const writer = await csv.open(TABLES.retired_ids, path);
  for (const batch of batches) await writer.write(batch);
  await writer.close();
  return readFile(path, "utf8");
}
const HEADER = "retired_id,table,surviving_id,reason,retired_in_version\n";
const [one, two] = [idOf("p", 1), idOf("p", 2)];
const row = (known: Partial<RowOf<"retired_ids">> = {}) =>
  bareRowOf("retired_ids", { retired_id: one, reason: "removed", ...known });

describe("a CSV file", () => {
  test.each(EACH_TABLE)(
    "of %s begins with the names of the columns in schema order",
    async (_name, table) => {
      const path = join(folder, "t.csv");
      await (await csv.open(table, path)).close();
      expect(await readFile(path, "utf8")).toBe(`${Object.keys(table.columns).join(",")}\n`);
    },
  );

  test("has one header, however many batches follow", async () => {
    const text = await written([row()], [row({ retired_id: two })]);
    expect(text).toBe(`${HEADER}${one},papers,,removed,1.1.0\n${two},papers,,removed,1.1.0\n`);
  });

  test("ends every line, the last one too, with a line feed alone", async () => {
    const text = await written([row()]);
    expect(text.endsWith("\n")).toBe(true);
    expect(text).not.toContain("\r");
  });

  test("holds its cells in the order of columns, whatever the order in the row", async () => {
    const shuffled = Object.fromEntries(Object.entries(row()).toReversed());
    expect(await written([shuffled])).toBe(await written([row()]));
  });

  test("is complete where a batch is longer than what is written at once", async () => {
    const rows = Array.from({ length: 1_025 }, (_, i) => row({ retired_id: idOf("p", i) }));
    const ids = (await written(rows)).split("\n").slice(1, -1);
    expect(ids.map((line) => line.slice(0, one.length))).toEqual(rows.map(({ retired_id }) => retired_id));
  });
});

describe("a CSV cell", () => {
  /** The cells of one repository's line, in which only one column is not null or plain. */
  async function cellOf(name: keyof RowOf<"repositories">, value: unknown): Promise<string> {
    const path = join(folder, "t.csv");
    const writer = await csv.open({ ...TABLES.repositories, columns: pick(name) }, path);
    await writer.write([{ ...rowOf("repositories"), [name]: value } as AnyRow]);
    await writer.close();
    return (await readFile(path, "utf8")).slice(
      `host,${name},status\ngithub.com,`.length,
      -",alive\n".length,
    );
  }
  const pick = (name: keyof RowOf<"repositories">) => {
    const { host, status } = TABLES.repositories.columns;
    return { host, [name]: TABLES.repositories.columns[name], status };
  };

  test.each([
    ["null is empty", "description", null, ""],
    ["false is written out, not empty", "is_fork", false, "false"],
    ["true is written out, not 1", "is_fork", true, "true"],
    ["zero is 0", "stars", 0, "0"],
    ["an integer beyond 32 bits has all its digits", "host_id", 9_007_199_254_740_991, "9007199254740991"],
    ["an empty list is a JSON array", "topics", [], "[]"],
    ["a list is a JSON array in one cell", "topics", ['a "b"', "c,d"], '"[""a \\""b\\"""",""c,d""]"'],
    ["a comma is quoted", "description", "rivers, stones", '"rivers, stones"'],
    ["a quote is quoted and doubled", "description", 'say "stone"', '"say ""stone"""'],
    ["a line separator stands as it is", "description", "a\u2028b", "a\u2028b"],
    ["a formula is not changed", "description", "=1+1", "=1+1"],
    ["text in any script stands as it is", "description", "石頭 🪨 עברית", "石頭 🪨 עברית"],
    ["white space at the ends is kept", "description", " a ", " a "],
  ] as const)("%s", async (_rule, name, value, cell) => {
    expect(await cellOf(name, value)).toBe(cell);
  });
});

describe("a CSV cell that is marked against formulas", () => {
  const marked = async (column: "description" | "stars" | "topics", value: unknown) => {
    const path = join(folder, "t.csv");
    const columns = { [column]: TABLES.repositories.columns[column] };
    const writer = await safeCsv.open({ ...TABLES.repositories, columns }, path);
    await writer.write([{ [column]: value } as AnyRow]);
    const { marked_cells } = await writer.close();
    return [(await readFile(path, "utf8")).slice(column.length + 1, -1), marked_cells];
  };

  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(1;2)", "'@SUM(1;2)"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠a", "'＠a"],
    ["'twas", "''twas"],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
  ])("has an apostrophe before %s", async (text, cell) => {
    expect(await marked("description", text)).toEqual([cell, 1]);
  });

  test.each([
    ["description", "a=b", "a=b"],
    ["description", " =1", " =1"],
    ["description", null, ""],
    ["stars", -1, "-1"],
    ["topics", ["=a", "'b"], '"[""=a"",""\'b""]"'],
    ["topics", [], "[]"],
  ] as const)("is left as it is where no spreadsheet would run it: %s %j", async (column, value, cell) => {
    expect(await marked(column, value)).toEqual([cell, 0]);
  });
});

test("a place that cannot be written is named with what to do", async () => {
  await expect(csv.open(TABLES.papers, join(folder, "missing", "t.csv"))).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringMatching(/missing.t\.csv \(ENOENT\): choose a folder/),
  });
});

test("CSV says what it is", () => {
  expect([csv.name, csv.mediaType]).toEqual(["csv", "text/csv"]);
});
