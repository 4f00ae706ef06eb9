import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { type Column, TABLES, type Table } from "../../schemas/index.ts";
import { describe as describeColumn, rowSchema } from "../../schemas/json-schema.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
formats.default(ajv);

const tables: readonly Table[] = Object.values(TABLES);
const columns = tables.flatMap((table) =>
  Object.entries(table.columns).map(([name, column]) => ({
    place: `${table.name}.${name}`,
    name,
    column,
    table,
  })),
);

/** The row that the examples of a table's columns make, with some cells changed. */
function exampleRow(table: Table, changed: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const examples = Object.entries(table.columns).map(([name, column]) => [name, column.example]);
  return { ...Object.fromEntries(examples), ...changed };
}

const checks = new Map(tables.map((table) => [table.name, ajv.compile(rowSchema(table))]));
const accepts = (table: Table, row: unknown): boolean => checks.get(table.name)?.(row) === true;

/** A table with this one column, of which nothing is known but what matters. */
function tableOf(column: Pick<Column, "type"> & Partial<Column>): Table {
  const usual = { required: true, description: "A cell.", example: null };
  const columns = { cell: { ...usual, ...column } };
  return { name: "t", title: "T", row: "One row.", key: ["cell"], foreignKeys: [], columns };
}

function acceptsCell(column: Pick<Column, "type"> & Partial<Column>, cell: unknown): boolean {
  return ajv.compile(rowSchema(tableOf(column)))({ cell });
}

describe("the JSON Schema of a row", () => {
  test.each(tables)("of $name requires every column and allows no other", (table) => {
    const schema = rowSchema(table);
    const names = Object.keys(table.columns);
    expect(schema["required"]).toEqual(names);
    expect(Object.keys(schema["properties"] as object)).toEqual(names);
    expect(accepts(table, exampleRow(table, { surplus: 1 }))).toBe(false);
  });

  test.each(tables)("of $name is draft 2020-12 and carries the table's words", (table) => {
    expect(rowSchema(table)).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: table.title,
      description: table.row,
    });
    expect(ajv.validateSchema(rowSchema(table))).toBe(true);
  });

  test.each(columns)("refuses a row without $place", ({ table, name }) => {
    const row = exampleRow(table);
    delete row[name];
    expect(accepts(table, row)).toBe(false);
  });

  test.each(columns)(
    "takes the example of $place, which is a value and no null",
    ({ table, name, column }) => {
      expect(column.example ?? null).not.toBeNull();
      expect(accepts(table, exampleRow(table, { [name]: column.example }))).toBe(true);
      expect(rowSchema(table)).toHaveProperty(`properties.${name}.examples`, [column.example]);
    },
  );

  test.each(columns)(
    "takes null at $place exactly when the column may be null",
    ({ table, name, column }) => {
      expect(accepts(table, exampleRow(table, { [name]: null }))).toBe(!column.required);
    },
  );

  test.each(columns.filter(({ column }) => column.type === "string"))(
    "refuses an empty text at $place",
    ({ table, name }) => {
      expect(accepts(table, exampleRow(table, { [name]: "" }))).toBe(false);
    },
  );

  test.each(columns.filter(({ column }) => column.vocabulary !== undefined))(
    "takes at $place every code of the vocabulary and nothing else",
    ({ table, name, column }) => {
      const cell = (code: string) => (column.type === "string[]" ? [code] : code);
      for (const code of Object.keys(column.vocabulary ?? {}))
        expect(accepts(table, exampleRow(table, { [name]: cell(code) })), code).toBe(true);
      expect(accepts(table, exampleRow(table, { [name]: cell("no_such_code") }))).toBe(false);
    },
  );

  test.each(columns.filter(({ column }) => column.minimum !== undefined))(
    "takes at $place the least value and none below it",
    ({ table, name, column: { minimum = 0 } }) => {
      expect(accepts(table, exampleRow(table, { [name]: minimum }))).toBe(true);
      expect(accepts(table, exampleRow(table, { [name]: minimum - 1 }))).toBe(false);
    },
  );

  test.each(columns.filter(({ column }) => column.maximum !== undefined))(
    "takes at $place the greatest value and none above it",
    ({ table, name, column: { maximum = 0 } }) => {
      expect(accepts(table, exampleRow(table, { [name]: maximum }))).toBe(true);
      expect(accepts(table, exampleRow(table, { [name]: maximum + 1 }))).toBe(false);
    },
  );
});

describe("a cell of type", () => {
  test.each<[Column["type"], unknown]>([
    ["string", 7],
    ["integer", 1.5],
    ["integer", "7"],
    ["number", "0.5"],
    ["boolean", 0],
    ["boolean", "true"],
    ["date", "2026-02-30"],
    ["date", "14.03.2026"],
    ["date", "2026-03-14T00:00:00Z"],
    ["datetime", "2026-03-14"],
    ["datetime", "2026-03-14T09:00:00.500Z"],
    ["datetime", "2026-03-14T09:00:00+00:00"],
    ["datetime", "2026-03-14T25:00:00Z"],
    ["string[]", "one"],
    ["string[]", [""]],
    ["string[]", [1]],
    ["string[]", [null]],
  ])("%s is never %j", (type, value) => {
    expect(acceptsCell({ type }, value)).toBe(false);
  });

  test.each<[Column["type"], unknown]>([
    ["string", " "],
    ["integer", -7],
    ["number", 0.25],
    ["number", 1],
    ["boolean", false],
    ["date", "2024-02-29"],
    ["datetime", "2026-03-14T09:00:00Z"],
    ["string[]", []],
    ["string[]", ["one", "one"]],
  ])("%s can be %j", (type, value) => {
    expect(acceptsCell({ type }, value)).toBe(true);
  });

  test("string keeps to its pattern", () => {
    expect(acceptsCell({ type: "string", pattern: "^a+$" }, "aaa")).toBe(true);
    expect(acceptsCell({ type: "string", pattern: "^a+$" }, "aab")).toBe(false);
  });
});

describe("the description of a column", () => {
  const plain: Column = { type: "integer", required: true, description: "Stones.", example: 1 };

  test("is the column's own where there is no more to say", () => {
    expect(describeColumn(plain)).toBe("Stones.");
  });

  test("adds the unit, and then what null means", () => {
    expect(describeColumn({ ...plain, unit: "count" })).toBe("Stones. Unit: count.");
    expect(describeColumn({ ...plain, required: false, unit: "count", nullMeans: "Never counted." })).toBe(
      "Stones. Unit: count. Null: Never counted.",
    );
  });

  test.each(columns)("stands in the JSON Schema at $place", ({ table, name, column }) => {
    expect(rowSchema(table)).toHaveProperty(`properties.${name}.description`, describeColumn(column));
  });
});
