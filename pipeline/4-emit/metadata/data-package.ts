import { type Column, type ColumnType, TABLES, type Table } from "../../../schemas/index.ts";
import { describe } from "../../../schemas/json-schema.ts";
import { SOURCE_LICENCES } from "../../../schemas/source-licences.ts";
import { SOURCE_FORMATS } from "../../../schemas/vocabularies.ts";
import { DATASET, LICENCE_NOTE, type ReleaseFacts } from "./facts.ts";

/** Field types of Table Schema v2 (https://datapackage.org/standard/table-schema/). */
const FIELD_TYPES = {
  string: { type: "string" },
  integer: { type: "integer" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  date: { type: "date" },
  datetime: { type: "datetime" },
  "string[]": { type: "array" },
} as const satisfies Record<ColumnType, object>;

function field(name: string, column: Column): object {
  const codes =
    column.vocabulary === undefined || column.type === "string[]"
      ? {}
      : { enum: Object.keys(column.vocabulary) };
  const constraints = {
    ...(column.required ? { required: true } : {}),
    ...(column.pattern === undefined ? {} : { pattern: column.pattern }),
    ...(column.minimum === undefined ? {} : { minimum: column.minimum }),
    ...(column.maximum === undefined ? {} : { maximum: column.maximum }),
    ...codes,
  };
  return {
    name,
    ...FIELD_TYPES[column.type],
    description: describe(column),
    example: column.example,
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  };
}

function tableSchema(table: Table): object {
  return {
    fields: Object.entries(table.columns).map(([name, column]) => field(name, column)),
    missingValues: [""],
    primaryKey: table.key,
    ...(table.foreignKeys.length === 0
      ? {}
      : {
          foreignKeys: table.foreignKeys.map(({ column, table: resource, references }) => ({
            fields: [column],
            reference: { resource, fields: [references] },
          })),
        }),
  };
}

/** `datapackage.json`, Data Package v2: the CSV files as tables, with the same data as JSONL and Parquet beside them. */
export function dataPackage(facts: ReleaseFacts): object {
  const resources = facts.files.flatMap((file) => {
    if (file.table === undefined) return [];
    const table = TABLES[file.table];
    const [format = ""] = file.path.split("/");
    const common = {
      path: file.path,
      title: table.title,
      description: table.row,
      format,
      bytes: file.bytes,
      hash: `sha256:${file.sha256}`,
    };
    if (format !== "csv") return [{ name: `${file.table}_${format}`, ...common }];
    const dialect = { lineTerminator: "\n", doubleQuote: true };
    return [
      {
        name: file.table,
        type: "table",
        ...common,
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect,
        schema: tableSchema(table),
      },
    ];
  });
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: DATASET.name,
    id: `${DATASET.name}-${facts.version}`,
    title: DATASET.title,
    description: `${DATASET.description}\n\n${LICENCE_NOTE}`,
    version: facts.version,
    created: facts.created,
    licenses: [DATASET.license],
    sources: facts.formats.map((format) => ({
      title: SOURCE_FORMATS[format],
      ...(SOURCE_LICENCES[format] === undefined ? {} : { licence: SOURCE_LICENCES[format] }),
    })),
    resources,
  };
}
