import { TABLES, type TableName } from "../../schemas/index.ts";
import { columnsOfWords } from "../../schemas/licences.ts";
import type { Manifest } from "../core/manifest.ts";
import type { AnyRow } from "./format.ts";
import type { RowSource, TableSources } from "./tables.ts";

/** Whether a release holds the words of others (abstracts, evidence, descriptions) or leaves them out. */
export type Words = Manifest["words_of_others"];

function withNulls(rows: RowSource<AnyRow>, nulls: AnyRow): RowSource<AnyRow> {
  return async function* () {
    for await (const row of rows()) yield { ...row, ...nulls };
  };
}

/** The same rows with null in every column of others' words. Places of evidence stay: they are no words. */
export function withoutWords(tables: TableSources): TableSources {
  const withheld = Object.entries<RowSource<AnyRow>>(tables).map(([name, rows]) => {
    const columns = columnsOfWords(TABLES[name as TableName]);
    const nulls = Object.fromEntries(columns.map((column) => [column.name, null]));
    return [name, columns.length === 0 ? rows : withNulls(rows, nulls)];
  });
  return Object.fromEntries(withheld) as TableSources; // the same tables; null may stand in each of these columns
}
