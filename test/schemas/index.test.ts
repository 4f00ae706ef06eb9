import { describe, expect, test } from "vitest";
import { SCHEMA_VERSION, TABLE_NAMES, TABLES, type Table } from "../../schemas/index.ts";
import { columnsOfWords, columnsQuoting } from "../../schemas/licences.ts";
import { WITHHELD } from "../../schemas/shared.ts";

const tables: readonly Table[] = Object.values(TABLES);
const byName = new Map(tables.map((table) => [table.name, table]));
const columns = tables.flatMap((table) =>
  Object.entries(table.columns).map(([name, column]) => ({
    place: `${table.name}.${name}`,
    name,
    column,
    table,
  })),
);

describe("the tables", () => {
  test("stand in the order in which documents list them", () => {
    expect(TABLE_NAMES).toEqual([
      "papers",
      "repositories",
      "paper_repositories",
      "repository_observations",
      "paper_links",
      "mentions",
      "retired_ids",
    ]);
  });

  test("are listed under their own names", () => {
    expect(tables.map((table) => table.name)).toEqual(TABLE_NAMES);
  });

  test("have titles of their own and say in a sentence what one row is", () => {
    expect(new Set(tables.map((table) => table.title)).size).toBe(tables.length);
    for (const { name, row } of tables) expect(row, name).toMatch(/^One .+\.$/u);
  });

  test("have names and columns that need no quoting in SQL", () => {
    for (const { place } of columns) expect(place).toMatch(/^[a-z][a-z_]*\.[a-z][a-z0-9_]*$/u);
  });

  test("have a semantic version for their shape", () => {
    expect(SCHEMA_VERSION).toMatch(/^\d+\.\d+\.\d+$/u);
  });
});

describe("a column of others' words", () => {
  const quoting = columns.filter(({ column }) => column.wordsOf !== undefined);

  test("may be null, and says that null may stand for words left out", () => {
    for (const { place, column } of quoting) {
      expect(column.required, place).toBe(false);
      expect(column.nullMeans, place).toContain(WITHHELD);
    }
  });

  test("is every column that holds sentences which Paperset did not write, titles aside", () => {
    expect(quoting.map(({ place }) => place).sort()).toEqual([
      "paper_links.evidence",
      "paper_repositories.evidence",
      "papers.abstract",
      "repositories.description",
    ]);
  });

  test("is found by its table and by whose words it holds", () => {
    expect(columnsOfWords(TABLES.repositories)).toEqual([{ name: "description", wordsOf: "owners" }]);
    expect(columnsOfWords(TABLES.mentions)).toEqual([]);
    const all = [...columnsQuoting("authors"), ...columnsQuoting("owners")];
    expect(all.sort()).toEqual(quoting.map(({ place }) => place).sort());
  });
});

describe("a key", () => {
  test.each(tables)("of $name names required columns, each once", ({ key, columns }) => {
    expect(key.length).toBeGreaterThan(0);
    expect(new Set(key).size).toBe(key.length);
    for (const name of key) expect(columns[name]?.required, name).toBe(true);
  });

  test.each(tables)("of $name begins with the first columns, so that sorted rows read in order", (table) => {
    expect(Object.keys(table.columns).slice(0, table.key.length)).toEqual(table.key);
  });
});

const foreignKeys = tables.flatMap((table) =>
  table.foreignKeys.map((key) => ({ ...key, from: table.name, place: `${table.name}.${key.column}` })),
);

describe("a foreign key", () => {
  test.each(foreignKeys)("at $place names the whole key of a table", ({ table, references }) => {
    expect(byName.get(table)?.key).toEqual([references]);
  });

  test.each(foreignKeys)("at $place has the type and form of what it names", (key) => {
    const own = byName.get(key.from)?.columns[key.column];
    const named = byName.get(key.table)?.columns[key.references];
    expect(own).toBeDefined();
    expect({ type: own?.type, pattern: own?.pattern }).toEqual({
      type: named?.type,
      pattern: named?.pattern,
    });
  });

  test("stands at every column that bears the name of another table's id", () => {
    const ids = new Map(tables.filter(({ key }) => key.length === 1).map(({ key, name }) => [key[0], name]));
    const expected = columns
      .filter(({ name, table }) => ids.has(name) && ids.get(name) !== table.name)
      .map(({ place }) => place);
    expect(foreignKeys.map(({ place }) => place).sort()).toEqual(expected.sort());
  });
});

describe("a column", () => {
  test.each(columns)("$place is described in a sentence", ({ column }) => {
    expect(column.description).toMatch(/^[A-Za-z].*[^\s.]\.$/su);
  });

  test.each(columns.filter(({ column }) => !column.required))(
    "$place, which may be null, says what null means",
    ({ column }) => {
      expect(column.nullMeans).toMatch(/^[A-Za-z].*\.$/u);
    },
  );

  test("that is never null does not say what null means", () => {
    const required = columns.filter(({ column }) => column.required);
    for (const { place, column } of required) expect(column, place).not.toHaveProperty("nullMeans");
  });

  test.each(columns)("$place has a unit if it is a measure", ({ name, column }) => {
    const isPlainNumber = name === "host_id" || name === "http_status";
    const isMeasure = (column.type === "integer" || column.type === "number") && !isPlainNumber;
    expect(column.unit !== undefined).toBe(isMeasure);
  });

  test.each(columns)("$place has bounds only as a number and a pattern only as text", ({ column }) => {
    const { type, minimum, maximum, pattern, vocabulary } = column;
    if (minimum !== undefined || maximum !== undefined) expect(["integer", "number"]).toContain(type);
    if (pattern !== undefined) expect(type).toBe("string");
    if (vocabulary !== undefined) expect(["string", "string[]"]).toContain(type);
  });

  const shared = Map.groupBy(columns, ({ name }) => name);
  test.each([...shared].filter(([, places]) => places.length > 1))(
    "%s has the same type in every table that has it",
    (_name, places) => {
      expect(new Set(places.map(({ column }) => column.type)).size).toBe(1);
    },
  );
});
