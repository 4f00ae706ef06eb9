import { CsvRowsReader, delimiterOf } from "../containers/csv-rows.ts";
import type { Layout } from "../layout.ts";
import { isPaperTable, tableRecord } from "../records/table-row.ts";
import { RecordReader } from "./record-layout.ts";

/** The column names of a text that begins so; one name alone is a line of text, not a header. */
function headerOf(head: string): string[] {
  const line = head.replace(/^\ufeff/u, "").split(/\r?\n/u, 1)[0] ?? "";
  const names = line.split(delimiterOf(line)).map((name) => name.trim().replace(/^"(.*)"$/u, "$1"));
  return names.length > 1 ? names : [];
}

/** A plain table as CSV or TSV, recognised by the names in its header. */
export const tableCsv: Layout = {
  name: "table_csv",
  recognises: (head) => isPaperTable(headerOf(head)),
  open: () => new RecordReader(new CsvRowsReader(), tableRecord),
};
