import { type Column, type ColumnType, type Table, WORDS_OF } from "./table.ts";

/** A JSON Schema fragment or document; plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const JSON_TYPES = {
  string: { type: "string", minLength: 1 },
  integer: { type: "integer" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  datetime: {
    type: "string",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$",
    format: "date-time",
  },
  "string[]": { type: "array" },
} as const satisfies Record<ColumnType, JsonSchema>;

function constraints(column: Column): JsonSchema {
  return {
    ...(column.pattern === undefined ? {} : { pattern: column.pattern }),
    ...(column.minimum === undefined ? {} : { minimum: column.minimum }),
    ...(column.maximum === undefined ? {} : { maximum: column.maximum }),
    ...(column.vocabulary === undefined || column.type === "string[]"
      ? {}
      : { enum: Object.keys(column.vocabulary) }),
  };
}

function items(column: Column): JsonSchema {
  const codes = column.vocabulary === undefined ? {} : { enum: Object.keys(column.vocabulary) };
  return column.type === "string[]" ? { items: { type: "string", minLength: 1, ...codes } } : {};
}

/** The description that every document prints: meaning, whose words they are, unit, and what null stands for. */
export function describe(column: Column): string {
  const unit = column.unit === undefined ? "" : ` Unit: ${column.unit}.`;
  const words = column.wordsOf === undefined ? "" : ` ${WORDS_OF[column.wordsOf]}`;
  const nulls = column.nullMeans === undefined ? "" : ` Null: ${column.nullMeans}`;
  return `${column.description}${words}${unit}${nulls}`;
}

function property(column: Column): JsonSchema {
  const value: JsonSchema = { ...JSON_TYPES[column.type], ...constraints(column), ...items(column) };
  const annotated = { description: describe(column), examples: [column.example] };
  return column.required ? { ...annotated, ...value } : { ...annotated, anyOf: [value, { type: "null" }] };
}

/**
 * The JSON Schema (draft 2020-12) of one row as the JSONL files hold it: every column present, null where
 * unknown, nothing else.
 */
export function rowSchema(table: Table): JsonSchema {
  const columns = Object.entries(table.columns);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: table.title,
    description: table.row,
    type: "object",
    properties: Object.fromEntries(columns.map(([name, column]) => [name, property(column)])),
    required: columns.map(([name]) => name),
    additionalProperties: false,
  };
}
