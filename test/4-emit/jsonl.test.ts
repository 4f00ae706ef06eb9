import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { jsonl, lineMaker, rowLine } from "../../pipeline/4-emit/jsonl.ts";
import { TABLES } from "../../schemas/index.ts";
import { bareRowOf, EACH_TABLE, hostileRows, idOf, rowOf } from "../support/rows.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-jsonl-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(table: (typeof EACH_TABLE)[number][1], ...batches: readonly (readonly object[])[]) {
  const path = join(folder, "t.jsonl");
  const writer = await jsonl.open(table, path);
  for (const batch of batches) await writer.write(batch as AnyRow[]);
  await writer.close();
  return readFile(path, "utf8");
}

describe("a JSONL file", () => {
  test.each(EACH_TABLE)("of %s has every column in schema order, nulls written out", async (name, table) => {
    const row = bareRowOf(name);
    const shuffled = Object.fromEntries(Object.entries(row).toReversed());
    const text = await written(table, [shuffled]);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(table.columns));
    expect(JSON.parse(text)).toStrictEqual(row);
  });

  test.each(EACH_TABLE)("of %s has one row a line, whatever its texts hold", async (_name, table) => {
    const rows = hostileRows(table);
    const text = await written(table, rows);
    expect(text.endsWith("}\n")).toBe(true);
    const lines = text.split("\n").slice(0, -1);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toStrictEqual(rows);
  });

  test("holds batches one after the other", async () => {
    const rows = [1, 2, 3].map((number) => rowOf("papers", { paper_id: idOf("p", number) }));
    const text = await written(TABLES.papers, rows.slice(0, 2), rows.slice(2));
    expect(text).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  });

  test("without rows is empty", async () => {
    expect(await written(TABLES.papers)).toBe("");
  });

  test("holds no column that the schema does not have", async () => {
    const text = await written(TABLES.retired_ids, [{ ...rowOf("retired_ids"), note: "not for release" }]);
    expect(text).toBe(`${JSON.stringify(rowOf("retired_ids"))}\n`);
  });
});

test("a line is what JSON makes of the row, whatever characters its texts hold, and halves of them", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', "\\", "\ud83e", "\udea8", "a", "\n", "\u2028") }),
  );
  const names = ["title", "abstract", "authors", "stars"];
  fc.assert(
    fc.property(
      text,
      fc.option(text),
      fc.array(text),
      fc.option(fc.integer()),
      (title, abstract, authors, stars) => {
        const row = { stars, authors, abstract, title } as unknown as AnyRow;
        expect(lineMaker(names)(row)).toBe(`${rowLine(names, row)}\n`);
      },
    ),
  );
});

test("a place that cannot be written is named with what to do", async () => {
  await expect(jsonl.open(TABLES.papers, join(folder, "missing", "t.jsonl"))).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringMatching(/missing.t\.jsonl \(ENOENT\): choose a folder/),
  });
});

test("JSONL says what it is", () => {
  expect([jsonl.name, jsonl.mediaType]).toEqual(["jsonl", "application/jsonl"]);
});
