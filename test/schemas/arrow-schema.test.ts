import { describe, expect, test } from "vitest";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { type ColumnType, TABLES, type Table } from "../../schemas/index.ts";
import { describe as describeColumn } from "../../schemas/json-schema.ts";

const tables: readonly Table[] = Object.values(TABLES);

/** Arrow's own names for the types of columns. */
const NAMES: Readonly<Record<ColumnType, string>> = {
  string: "Utf8",
  integer: "Int64",
  number: "Float64",
  boolean: "Bool",
  date: "Date32<DAY>",
  datetime: "Timestamp<MILLISECOND, UTC>",
  "string[]": "List<Utf8>",
};

describe.each(tables)("the Arrow schema of $name", (table) => {
  const { fields, metadata } = arrowSchema(table);

  test("has the columns in their order", () => {
    expect(fields.map((field) => field.name)).toEqual(Object.keys(table.columns));
  });

  test("allows null exactly where the column does", () => {
    for (const field of fields)
      expect(field.nullable, field.name).toBe(table.columns[field.name]?.required === false);
  });

  test("has the Arrow type of each column's type", () => {
    const types = fields.map((field) => [field.name, String(field.type)]);
    const expected = Object.entries(table.columns).map(([name, { type }]) => [name, NAMES[type]]);
    expect(types).toEqual(expected);
  });

  test("has no null inside a list", () => {
    const elements = fields.flatMap((field) => field.type.children ?? []);
    const lists = Object.values(table.columns).filter(({ type }) => type === "string[]");
    expect(elements.map(({ name, nullable }) => ({ name, nullable }))).toEqual(
      lists.map(() => ({ name: "element", nullable: false })),
    );
  });

  test("says of each column and of the table what documents say", () => {
    expect(metadata.get("description")).toBe(table.row);
    const said = fields.map((field) => field.metadata.get("description"));
    expect(said).toEqual(Object.values(table.columns).map(describeColumn));
  });
});
