import { describe, expect, test } from "vitest";
import { diffSchemas } from "../../pipeline/release/diff-schema.ts";
import { TABLE_NAMES, TABLES } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";

interface Properties {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
/** The schema of papers, of which a release had another version. */
const schema = rowSchema(TABLES.papers) as Readonly<Record<string, unknown>> & Properties;
const withColumns = (properties: Readonly<Record<string, unknown>>) => ({
  ...schema,
  properties,
  required: Object.keys(properties),
});
const { title, venue, stars, ...others } = schema.properties;
const NO_CHANGE = { columns_added: [], columns_removed: [], columns_changed: [], is_reordered: false };

describe("a schema differs from an earlier one", () => {
  test.each<readonly [string, unknown, object]>([
    ["by a column that has come", withColumns({ stars, venue, ...others }), { columns_added: ["title"] }],
    [
      "by a column that has gone",
      withColumns({ ...schema.properties, colour: { type: "string" } }),
      { columns_removed: ["colour"] },
    ],
    [
      "by a column with another name",
      withColumns({ ...schema.properties, stars: undefined, star_count: stars }),
      { columns_added: ["stars"], columns_removed: ["star_count"] },
    ],
    ["by the order of columns", withColumns({ title, venue, stars, ...others }), { is_reordered: true }],
    [
      "by a column's type",
      withColumns({ ...schema.properties, mention_count: { type: "number" } }),
      { columns_changed: [{ name: "mention_count", before: { type: "number" } }] },
    ],
    [
      "by a column's pattern",
      withColumns({ ...schema.properties, paper_id: { ...others["paper_id"], pattern: "^p" } }),
      { columns_changed: [{ name: "paper_id", before: { pattern: "^p" } }] },
    ],
    [
      "by a column's minimum",
      withColumns({ ...schema.properties, mention_count: { ...others["mention_count"], minimum: 0 } }),
      { columns_changed: [{ name: "mention_count", before: { minimum: 0 }, after: { minimum: 1 } }] },
    ],
    [
      "by a column that may not be null any more",
      withColumns({ ...schema.properties, title: { anyOf: [title, { type: "null" }] } }),
      { columns_changed: [{ name: "title" }] },
    ],
    [
      "by a code",
      withColumns({
        ...schema.properties,
        issues: { type: "array", items: { type: "string", minLength: 1, enum: ["abstract_missing"] } },
      }),
      { columns_changed: [{ name: "issues" }] },
    ],
    [
      "by all columns where there was no schema",
      undefined,
      { columns_added: Object.keys(schema.properties) },
    ],
    [
      "by all columns where there was something else",
      "no schema at all",
      { columns_added: Object.keys(schema.properties) },
    ],
  ])("%s", (_rule, before, expected) => {
    const asWritten: unknown = before === undefined ? undefined : JSON.parse(JSON.stringify(before));
    expect(diffSchemas(asWritten, schema)).toMatchObject(expected);
  });

  test("by what holds for no single column, in whichever table it is", () => {
    for (const name of TABLE_NAMES) {
      const before = { ...rowSchema(TABLES[name]), additionalProperties: true };
      expect(diffSchemas(before, rowSchema(TABLES[name])), name).toEqual(NO_CHANGE);
    }
  });

  test("by a column that is called as an annotation is", () => {
    const { title: _title, ...untitled } = schema.properties;
    expect(diffSchemas(withColumns(untitled), schema)).toMatchObject({ columns_added: ["title"] });
    const retyped = withColumns({ ...schema.properties, title: { type: "integer" } });
    expect(diffSchemas(retyped, schema)).toMatchObject({ columns_changed: [{ name: "title" }] });
    const repositories = rowSchema(TABLES.repositories) as typeof schema;
    const { description: _description, ...undescribed } = repositories.properties;
    expect(diffSchemas({ ...repositories, properties: undescribed }, repositories)).toMatchObject({
      columns_added: ["description"],
    });
  });
});

describe("words about a table are no part of its shape", () => {
  test.each<readonly [string, unknown]>([
    [
      "a column's description",
      withColumns({ ...schema.properties, venue: { ...venue, description: "Elsewhere." } }),
    ],
    [
      "a column's examples",
      withColumns({ ...schema.properties, venue: { ...venue, examples: ["A river", "A lake"] } }),
    ],
    [
      "the description of a column that is called title",
      withColumns({ ...schema.properties, title: { ...title, description: "Its name." } }),
    ],
    ["the table's title", { ...schema, title: "Writings" }],
    ["the table's description", { ...schema, description: "One writing." }],
    ["the address of the dialect", { ...schema, $schema: "https://json-schema.org/draft/2019-09/schema" }],
  ])("%s may change", (_rule, before) => {
    expect(JSON.stringify(before)).not.toBe(JSON.stringify(schema));
    expect(diffSchemas(before, schema)).toBeNull();
  });
});
