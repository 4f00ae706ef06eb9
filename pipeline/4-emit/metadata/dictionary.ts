import { type Column, TABLES, type Table, type Vocabulary } from "../../../schemas/index.ts";
import { WORDS_OF } from "../../../schemas/table.ts";
import { markdownTable } from "../../core/markdown.ts";

/** The data dictionary as Markdown: every table, every column, every code, from the schemas alone. */

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function columnCells(name: string, column: Column): string[] {
  const unit = column.unit === undefined ? "" : ` (${column.unit})`;
  const codes =
    column.vocabulary === undefined
      ? ""
      : ` One of: ${Object.keys(column.vocabulary)
          .map((code) => `\`${code}\``)
          .join(", ")}.`;
  const words = column.wordsOf === undefined ? "" : ` ${WORDS_OF[column.wordsOf]}`;
  const nulls = column.nullMeans ?? "never null";
  const example = `\`${JSON.stringify(column.example)}\``;
  const meaning = column.description + words + codes;
  return [`\`${name}\``, column.type + unit, cell(meaning), cell(nulls), cell(example)];
}

function tableSection(table: Table): string {
  const references = table.foreignKeys
    .map((key) => `\`${key.column}\` → \`${key.table}.${key.references}\``)
    .join(", ");
  return [
    `### ${table.name}`,
    "",
    `${table.row} Key: ${table.key.map((name) => `\`${name}\``).join(", ")}.${references === "" ? "" : ` References: ${references}.`}`,
    "",
    markdownTable(
      ["column", "type", "meaning", "null", "example"],
      Object.entries(table.columns).map(([name, column]) => columnCells(name, column)),
    ),
    "",
  ].join("\n");
}

function vocabularies(): Map<string, Vocabulary> {
  const found = new Map<Vocabulary, string[]>();
  for (const table of Object.values(TABLES) as Table[])
    for (const [name, { vocabulary }] of Object.entries(table.columns))
      if (vocabulary !== undefined)
        found.set(vocabulary, [...(found.get(vocabulary) ?? []), `${table.name}.${name}`]);
  return new Map(
    [...found].map(([vocabulary, places]) => [places.map((place) => `\`${place}\``).join(", "), vocabulary]),
  );
}

function vocabularySection([places, vocabulary]: readonly [string, Vocabulary]): string {
  const rows = Object.entries(vocabulary).map(([code, meaning]) => [`\`${code}\``, cell(meaning)]);
  return [`${places}:`, "", markdownTable(["code", "meaning"], rows), ""].join("\n");
}

/** Tables and columns, each under a heading of level 3. */
export const columnsMarkdown = (): string => Object.values(TABLES).map(tableSection).join("\n");

/** Every list of codes, with the columns that use it. */
export const codesMarkdown = (): string => [...vocabularies()].map(vocabularySection).join("\n");

/** Where a release explains its columns and codes. */
export const DICTIONARY_PAGE = "data-dictionary.md";

/** The whole dictionary as a page; `origin` says where it comes from. */
export const dictionaryPage = (origin: string): string => `# Data dictionary

${origin}

## Columns

${columnsMarkdown()}
## Codes

${codesMarkdown()}`;
