import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Release } from "../../pipeline/core/release.ts";
import { type Column, TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { FORMAT_NAMES, type FormatName, pathIn } from "../4-emit/read-back.ts";
import type { PlainRow, RowOf } from "../support/rows.ts";
import { breakCopies, editText, findingsIn, rewriteFile, rowsIn, sign } from "./damage.ts";

let release: Release;
let folder: string;
breakCopies((given) => {
  ({ release, folder } = given);
});

const gates = async () => [...new Set((await findingsIn(folder)).map(({ gate }) => gate))];

/** Writes one format of a table anew, with rows that were changed; the other two stay. */
async function changeIn<N extends TableName>(
  format: FormatName,
  name: N,
  change: (rows: readonly RowOf<N>[]) => readonly PlainRow[],
): Promise<void> {
  await rewriteFile(folder, format, TABLES[name], change(await rowsIn(folder, name)));
}

/** The table with its columns listed otherwise. */
const listed = (
  table: Table,
  change: (columns: [string, Table["columns"][string]][]) => unknown[][],
): Table => ({
  ...table,
  columns: Object.fromEntries(change(Object.entries(table.columns)) as [string, Table["columns"][string]][]),
});

describe("the gate schema, and no other, finds in each format", () => {
  const table: Table = TABLES.retired_ids;
  const renamed = (from: string, to: string) =>
    listed(table, (columns) => columns.map(([name, column]) => [name === from ? to : name, column]));
  const note: Column = { type: "string", required: true, description: "A note.", example: "?" };
  const cells = { cause: "removed", Reason: "removed", note: "?" };

  test.each<readonly [string, Table, string]>([
    ["a column with another name", renamed("reason", "cause"), "cause"],
    ["a name in other letters", renamed("reason", "Reason"), "Reason"],
    [
      "columns in another order",
      listed(table, (columns) => columns.toReversed()),
      "columns retired_in_version",
    ],
    ["a column that is missing", listed(table, (columns) => columns.slice(1)), "columns table"],
    ["a column too many", listed(table, (columns) => [...columns, ["note", note]]), "note"],
  ])("%s", async (_what, as, words) => {
    const rows = (await rowsIn(folder, "retired_ids")).map((row) => ({ ...row, ...cells }));
    for (const format of FORMAT_NAMES) await rewriteFile(folder, format, as, rows);
    expect(await findingsIn(folder)).toEqual(
      FORMAT_NAMES.map((format) => ({
        gate: "schema",
        where: `${format}/retired_ids.${format}`,
        found: expect.stringContaining(words),
      })),
    );
  });

  test.each(FORMAT_NAMES)("that a file of %s is cut off, or holds something else", async (format) => {
    const path = pathIn(folder, format, "papers");
    await truncate(path, (await stat(path)).size - 40);
    await editText(
      pathIn(folder, format, "mentions"),
      () => "\u0000\u0001\u0002 {{{ nothing that can be read\n",
    );
    await sign(folder);
    const found = await findingsIn(folder);
    expect(found.map(({ gate }) => gate)).toEqual(["schema", "schema"]);
    expect(found[0]).toMatchObject({ where: "papers", found: expect.stringMatching(/^it cannot be read: /) });
    expect(found[1]?.where).toMatch(/mentions/);
  });
});

describe("the gate schema, and no other, finds", () => {
  test("a Parquet column of another type, or one that may be null and is required", async () => {
    const { title, mention_count } = TABLES.papers.columns;
    const others: Readonly<Record<string, Column>> = {
      title: { ...title, required: false },
      mention_count: { ...mention_count, type: "string" },
    };
    const table = listed(TABLES.papers, (columns) =>
      columns.map(([name, column]) => [name, others[name] ?? column]),
    );
    const rows = await rowsIn(folder, "papers");
    await rewriteFile(
      folder,
      "parquet",
      table,
      rows.map((row) => ({ ...row, mention_count: String(row.mention_count) })),
    );
    expect(await findingsIn(folder)).toEqual([
      {
        gate: "schema",
        where: "parquet/papers.parquet",
        found: expect.stringMatching(/ title VARCHAR, .* mention_count VARCHAR REQUIRED, .* instead of /),
      },
    ]);
  });

  test("one JSONL line whose keys are in another order", async () => {
    await changeIn("jsonl", "papers", (rows) => rows);
    await editText(pathIn(folder, "jsonl", "papers"), (text) => {
      const [first = "", ...others] = text.split("\n");
      const turned = Object.fromEntries(Object.entries(JSON.parse(first) as object).toReversed());
      return [JSON.stringify(turned), ...others].join("\n");
    });
    await sign(folder);
    expect(await findingsIn(folder)).toMatchObject([{ gate: "schema", where: "jsonl/papers.jsonl" }]);
  });

  test.each<readonly ["csv" | "jsonl", Partial<Record<keyof RowOf<"papers">, unknown>>]>([
    ["csv", { mention_count: "many", first_captured_on: "2026-02-30", issues: "abstract_missing;" }],
    ["jsonl", { mention_count: "many", first_captured_on: "2026-02-30", issues: "abstract_missing" }],
    ["jsonl", { title: 7, mention_count: 1.25, first_captured_on: 20_260_320, issues: "[]" }],
    ["jsonl", { title: { en: "Kites" }, mention_count: "1", first_captured_on: true, issues: {} }],
  ])("in %s values that are none of their column's type: %j", async (format, cells) => {
    await changeIn(format, "papers", ([first, ...others]) => [{ ...first, ...cells }, ...others]);
    const columns = Object.keys(TABLES.papers.columns).filter((name) => name in cells);
    expect(await findingsIn(folder)).toEqual([
      {
        gate: "schema",
        where: `${format}/papers.${format}`,
        found: `values of another type in ${columns.join(", ")}`,
      },
    ]);
  });

  test("in JSONL a truth value or a moment that is a text of something else", async () => {
    await changeIn("jsonl", "repositories", (rows) =>
      rows.map((row) => ({ ...row, is_fork: "false", checked_at: "yesterday" })),
    );
    expect(await findingsIn(folder)).toEqual([
      {
        gate: "schema",
        where: "jsonl/repositories.jsonl",
        found: "values of another type in is_fork, checked_at",
      },
    ]);
  });

  test.each(["csv", "jsonl"] as const)("in %s a list with an item that is no text", async (format) => {
    await editText(pathIn(folder, format, "repositories"), (text) => text.replace(/"+drones"+/, "7"));
    await sign(folder);
    expect(await gates()).not.toEqual([]);
    const texts = await rowsIn(release.folder, "repositories");
    const sevens = texts.map((row) => ({
      ...row,
      topics: row.topics?.map((topic) => topic.replace("drones", "7")) ?? null,
    }));
    for (const other of FORMAT_NAMES)
      if (other !== format) await rewriteFile(folder, other, TABLES.repositories, sevens);
    expect(await gates()).toEqual(["schema"]);
  });

  test("a CSV line with a cell too many", async () => {
    await editText(pathIn(folder, "csv", "retired_ids"), (text) => text.replace(/\n$/, ",?\n"));
    await sign(folder);
    expect(await gates()).toEqual(["schema"]);
  });

  test("bytes that are no UTF-8", async () => {
    await editText(pathIn(folder, "csv", "papers"), (text) => text.replace("Kites", "Kit\ue000es"));
    const path = pathIn(folder, "csv", "papers");
    const bytes = await readFile(path);
    bytes[bytes.indexOf(0xee)] = 0xff;
    await writeFile(path, bytes);
    await sign(folder);
    expect(await gates()).toEqual(["schema"]);
  });
});
