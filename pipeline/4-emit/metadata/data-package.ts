import { type Column, type ColumnType, TABLES, type Table } from "../../../schemas/index.ts";
import { describe } from "../../../schemas/json-schema.ts";
import { SOURCE_FORMATS } from "../../../schemas/vocabularies.ts";
import { markedWords } from "./about.ts";
import { aboutWords, DATASET, type ReleaseFacts } from "./facts.ts";
import { isAllCC0, LICENCE_PAGE, licenceNote, licences, licensedSources } from "./licence.ts";
import { oneOrMany, type TableFiles, tableFiles } from "./table-files.ts";

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

/** Size and digest of a resource that is one file; one of several files has none, so each file has its own. */
function sums(files: TableFiles["files"]): object {
  const each = files.map(({ path, bytes, sha256 }) => ({ path, bytes, hash: `sha256:${sha256}` }));
  const [first] = each;
  if (each.length !== 1 || first === undefined) return { files: each };
  return { bytes: first.bytes, hash: first.hash };
}

/** A table's CSV is the tabular resource of its name; its other formats hold the same rows. */
function resource({ table: name, format, files }: TableFiles): object {
  const table = TABLES[name];
  const common = {
    path: oneOrMany(files.map(({ path }) => path)),
    title: table.title,
    description: table.row,
    format: format.name,
    mediatype: format.mediaType,
    ...sums(files),
  };
  if (format.name !== "csv") return { name: `${name}_${format.name}`, ...common };
  const marked = markedWords({ files });
  const description = marked === null ? table.row : `${table.row} ${marked}`;
  const dialect = { lineTerminator: "\n", doubleQuote: true };
  const schema = tableSchema(table);
  return { name, type: "table", ...common, description, encoding: "utf-8", dialect, schema };
}

/** What was read: each layout, with the address of a source that has one. */
function sources(facts: ReleaseFacts): object[] {
  return facts.formats.map((format) => ({
    title: SOURCE_FORMATS[format],
    ...Object.fromEntries(licensedSources({ formats: [format] }).map(({ url }) => ["path", url])),
  }));
}

/**
 * `datapackage.json`, Data Package v2 (https://datapackage.org/standard/data-package/): the CSV files as tables, with
 * the same data as JSONL and Parquet beside them.
 */
export function dataPackage(facts: ReleaseFacts): object {
  const { title, creators, homepage } = facts.attribution;
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: DATASET.name,
    id: `${DATASET.name}-${facts.version}`,
    title,
    description: `${aboutWords(facts)}\n\n${licenceNote(facts)}`,
    homepage,
    version: facts.version,
    created: facts.created,
    keywords: DATASET.keywords,
    contributors: creators.map((name) => ({ title: name, roles: ["creator"] })),
    licenses: [
      ...licences(facts).map(({ spdx, title, url }) => ({ name: spdx, title, path: url })),
      ...(isAllCC0(facts) ? [] : [{ title: "Licence by layer", path: LICENCE_PAGE }]),
    ],
    sources: sources(facts),
    resources: tableFiles(facts.files).map(resource),
  };
}
