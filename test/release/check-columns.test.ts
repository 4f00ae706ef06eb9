import { describe, expect, test } from "vitest";
import { viewOf } from "../../pipeline/release/check-formats.ts";
import { checkRows } from "../../pipeline/release/check-rows.ts";
import { openDatabase } from "../../pipeline/release/duckdb.ts";
import type { Finding, Gate } from "../../pipeline/release/gates.ts";
import { type Column, TABLE_NAMES, TABLES, type Table } from "../../schemas/index.ts";
import { pathIn } from "../4-emit/read-back.ts";
import { EACH_TABLE, HOSTILE_TEXTS, idOf } from "../support/rows.ts";
import { findingsIn as allFindingsIn, breakCopies, editFirst, editRows } from "./damage.ts";

/**
 * The gates `constraints` and `text` of pipeline/release/check-rows.ts. Every breach stands in all three formats
 * alike, and sums are right: only the gate that it is about can see it.
 */

/** What is found but that a value that was put in has no date, or is one in the future: other tests are about these. */
const findingsIn = async (folder: string) =>
  (await allFindingsIn(folder)).filter(({ gate }) => gate !== "dated" && gate !== "future");

let folder: string;
breakCopies((given) => {
  ({ folder } = given);
});

/** Columns by which tables and rows are joined, and the evidence, whose changes other gates see too. */
const JOINS = /^(paper_id|repository_id|mention_id|retired_id|surviving_id|url|observed_at|evidence.*)$/;

/** The columns of a table with which a test can break one gate alone. */
const plain = (table: Table, fits: (column: Column) => boolean): [string, Column][] =>
  Object.entries(table.columns).filter(([name, column]) => !JOINS.test(name) && fits(column));

/** Puts a value in every such column of the first row of every table, and expects one finding for each. */
async function eachIsFound(
  fits: (column: Column) => boolean,
  value: (column: Column) => unknown,
  gate: Gate,
  words: (name: string, column: Column) => string,
): Promise<void> {
  const all = EACH_TABLE.map(([name, table]) => [name, plain(table, fits)] as const);
  for (const [name, columns] of all)
    await editFirst(folder, name, Object.fromEntries(columns.map(([column, it]) => [column, value(it)])));
  const expected = all.flatMap(([name, columns]) =>
    columns.map(([column, it]) => ({ gate, where: name, found: `${words(column, it)} in 1 rows` })),
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(await findingsIn(folder)).toEqual(expected);
}

/** What the gates of rows alone find in a table, whatever the gates before them would say. */
async function rowFindings(table: Table): Promise<Finding[]> {
  const db = await openDatabase();
  try {
    for (const name of TABLE_NAMES)
      await db.rows(
        `CREATE VIEW ${viewOf(name, "parquet")} AS SELECT * FROM read_parquet('${pathIn(folder, "parquet", name)}')`,
      );
    return await checkRows(db, table, "held");
  } finally {
    db.close();
  }
}

describe("the gate constraints, and no other, finds in every column of every table", () => {
  test("with a vocabulary a code that is not in it, alone or in a list", async () => {
    await eachIsFound(
      ({ vocabulary }) => vocabulary !== undefined,
      ({ type }) => (type === "string[]" ? ["no_such_code"] : "no_such_code"),
      "constraints",
      (name) => `${name} is no code of its vocabulary`,
    );
  });

  test("with a pattern a text that does not fit it", async () => {
    await eachIsFound(
      ({ pattern }) => pattern !== undefined,
      () => "?",
      "constraints",
      (name, { pattern }) => `${name} does not fit ${pattern}`,
    );
  });

  test("with a pattern a text that does not fit it, also where tables are joined by it", async () => {
    for (const [name, table] of EACH_TABLE) {
      const columns = Object.entries<Column>(table.columns).filter(
        ([column, { pattern }]) => pattern !== undefined && JOINS.test(column),
      );
      await editFirst(folder, name, Object.fromEntries(columns.map(([column]) => [column, "?"])));
      const found = (await rowFindings(table)).filter(({ gate }) => gate === "constraints");
      expect(found).toEqual(
        columns.map(([column, { pattern }]) => ({
          gate: "constraints",
          where: name,
          found: `${column} does not fit ${pattern} in 1 rows`,
        })),
      );
    }
  });

  test("with a minimum a number that is just below it", async () => {
    await eachIsFound(
      ({ minimum }) => minimum !== undefined,
      ({ minimum = 0, type }) => minimum - (type === "number" ? 0.01 : 1),
      "constraints",
      (name, { minimum }) => `${name} is below ${minimum}`,
    );
  });

  test("with a maximum a number that is just above it", async () => {
    await eachIsFound(
      ({ maximum }) => maximum !== undefined,
      ({ maximum = 0, type }) => maximum + (type === "number" ? 0.01 : 1),
      "constraints",
      (name, { maximum }) => `${name} is above ${maximum}`,
    );
  });

  test("with a list an item that is empty", async () => {
    await eachIsFound(
      ({ type, vocabulary }) => type === "string[]" && vocabulary === undefined,
      () => ["a", ""],
      "constraints",
      (name) => `${name} holds an empty text`,
    );
  });
});

describe("a null in a column that is required", () => {
  test.each(EACH_TABLE)("of %s is found by constraints, column by column", async (name, table) => {
    const columns = plain(table, ({ required }) => required).map(([column]) => column);
    expect(columns.length).toBeGreaterThan(0);
    await editFirst(folder, name, Object.fromEntries(columns.map((column) => [column, null])));
    expect(await rowFindings(table)).toEqual(
      columns.map((column) => ({ gate: "constraints", where: name, found: `${column} is null in 1 rows` })),
    );
  });

  test("has no place in a Parquet file of the schema's columns, so that verify stops at schema", async () => {
    await editFirst(folder, "papers", { title: null });
    expect(await findingsIn(folder)).toMatchObject([{ gate: "schema", where: "parquet/papers.parquet" }]);
  });
});

describe("the gate constraints finds", () => {
  test("an empty text, which CSV cannot hold, so that formats finds it too", async () => {
    await editFirst(folder, "papers", { venue: "" });
    expect(await findingsIn(folder)).toEqual([
      { gate: "formats", where: "papers", found: expect.stringContaining("jsonl and csv differ in venue: ") },
      {
        gate: "formats",
        where: "papers",
        found: expect.stringContaining("parquet and csv differ in venue: "),
      },
      { gate: "constraints", where: "papers", found: "venue holds an empty text in 1 rows" },
    ]);
  });

  test("that evidence begins before its text, which evidence finds too", async () => {
    await editFirst(folder, "paper_links", { evidence_start: -1 });
    expect(await findingsIn(folder)).toEqual([
      { gate: "constraints", where: "paper_links", found: "evidence_start is below 0 in 1 rows" },
      {
        gate: "evidence",
        where: "paper_links",
        found: "the evidence does not stand at its offsets in 1 rows",
      },
    ]);
  });

  test("how many rows break a rule", async () => {
    await editRows(folder, "mentions", (rows) =>
      rows.map((row, i) => (i < 4 ? { ...row, position: 0 } : row)),
    );
    expect(await findingsIn(folder)).toEqual([
      { gate: "constraints", where: "mentions", found: "position is below 1 in 4 rows" },
    ]);
  });

  test("nothing in values at the very bounds", async () => {
    await editFirst(folder, "papers", { year: 1600, mention_count: 1 });
    await editFirst(folder, "mentions", { match_score: 1, upvotes: 0 });
    expect(await findingsIn(folder)).toEqual([]);
  });
});

describe("the gate text, and no other, finds in every free text of every table, alone or in a list", () => {
  test.each([
    ["another normal form", "E\u0301tude"],
    ["a control character", "a\u0007b"],
  ])("%s", async (_what, text) => {
    await eachIsFound(
      ({ type, vocabulary, pattern }) =>
        type.startsWith("string") && vocabulary === undefined && pattern === undefined,
      ({ type }) => (type === "string[]" ? ["fine", text] : text),
      "text",
      (name) => `${name} is not in normal form or holds control characters`,
    );
  });
});

describe("the gate text", () => {
  const BAD = {
    "a tab": "a\tb",
    "a line feed": "a\nb",
    "a carriage return": "a\rb",
    "a delete": "a\u007fb",
    "a control of the second half": "a\u0085b",
    "a character that normal form C replaces": "\u212b",
    "marks in another order": "a\u0301\u0323",
  };

  test(`finds ${Object.keys(BAD).join(", ")}`, async () => {
    const { columns } = TABLES.repositories;
    const names = Object.keys(columns).filter((name) =>
      /^(owner|name|full_name|url|description|primary_language|parent)$/.test(name),
    );
    await editFirst(
      folder,
      "repositories",
      Object.fromEntries(Object.values(BAD).map((text, i) => [names[i], text])),
    );
    expect(names).toHaveLength(Object.keys(BAD).length);
    expect((await findingsIn(folder)).map(({ gate, found }) => `${gate} ${found.split(" ")[0]}`)).toEqual(
      names.map((name) => `text ${name}`),
    );
  });

  test("finds nothing in text that is unusual and allowed, alone or in a list", async () => {
    await editRows(folder, "mentions", (rows) => {
      const texts = HOSTILE_TEXTS.map((title_as_captured, i) => ({
        ...rows[0],
        mention_id: idOf("m", i),
        title_as_captured,
      }));
      return [...texts, ...rows];
    });
    await editFirst(folder, "papers", { authors: HOSTILE_TEXTS });
    expect(await findingsIn(folder)).toEqual([]);
  });
});
