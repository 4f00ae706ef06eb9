import { describe, expect, test } from "vitest";
import { codesMarkdown, columnsMarkdown } from "../../../pipeline/4-emit/metadata/dictionary.ts";
import { type Column, TABLE_NAMES, type Vocabulary } from "../../../schemas/index.ts";
import { EACH_TABLE } from "../../support/rows.ts";
import { columnsOf, section, tablesIn } from "./markdown.ts";

const columns = columnsMarkdown();
const codes = codesMarkdown();
const all = EACH_TABLE.flatMap(([table, { columns }]) =>
  Object.entries(columns).map(([name, column]): [string, string, Column] => [table, name, column]),
);
/** The line of a column, as cells. */
const lineOf = (table: string, name: string) =>
  tablesIn(section(columns, `### ${table}`))[0]?.find(([first]) => first === `\`${name}\``) ?? [];

test("every table has a section, in the order of the schema", () => {
  expect([...columns.matchAll(/^### (.+)$/gm)].map(([, name]) => name)).toEqual(TABLE_NAMES);
});

test.each(EACH_TABLE)(
  "the section of %s says what a row is, its key, its references, and every column",
  (name, table) => {
    const text = section(columns, `### ${name}`);
    expect(text).toContain(table.row);
    expect(text).toContain(`Key: ${table.key.map((column) => `\`${column}\``).join(", ")}.`);
    for (const { column, table: target, references } of table.foreignKeys)
      expect(text).toContain(`\`${column}\` → \`${target}.${references}\``);
    expect(columnsOf(columns, name)).toEqual(Object.keys(table.columns));
  },
);

describe("the line of a column", () => {
  test.each(all)("%s.%s has its type, meaning, null and example", (table, name, column) => {
    const [, type, meaning, nulls, example] = lineOf(table, name);
    expect(type).toBe(column.unit === undefined ? column.type : `${column.type} (${column.unit})`);
    expect(meaning).toContain(column.description);
    expect(nulls).toBe(column.required ? "never null" : column.nullMeans);
    expect(example).toBe(`\`${JSON.stringify(column.example)}\``);
  });

  test("lists every code that the column may hold", () => {
    const coded = all.filter(([, , { vocabulary }]) => vocabulary !== undefined);
    expect(coded.length).toBeGreaterThan(0);
    for (const [table, name, { vocabulary = {} }] of coded)
      expect(lineOf(table, name)[2]).toContain(
        `One of: ${Object.keys(vocabulary)
          .map((code) => `\`${code}\``)
          .join(", ")}.`,
      );
  });
});

describe("the codes", () => {
  const places = new Map<Vocabulary, string[]>();
  for (const [table, name, { vocabulary }] of all)
    if (vocabulary !== undefined)
      places.set(vocabulary, [...(places.get(vocabulary) ?? []), `${table}.${name}`]);

  test("of every vocabulary stand once, with every column that uses it and every code's meaning", () => {
    const blocks = codes.split(/^(?=`.*:$)/m).filter((block) => block !== "");
    expect(blocks).toHaveLength(places.size);
    for (const [vocabulary, used] of places) {
      const block = blocks.find((text) => text.startsWith(`\`${used[0]}\``)) ?? "";
      expect(block.split("\n")[0]).toBe(`${used.map((place) => `\`${place}\``).join(", ")}:`);
      const lines = (tablesIn(block)[0] ?? []).slice(1);
      expect(lines).toEqual(Object.entries(vocabulary).map(([code, meaning]) => [`\`${code}\``, meaning]));
    }
  });
});
