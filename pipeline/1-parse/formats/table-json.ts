import { isPaperTable, tableRecord } from "../records/table-row.ts";
import { jsonLayout } from "./record-layout.ts";

/** A plain table as JSON or JSON Lines. */
export const tableJson = jsonLayout({
  name: "table_json",
  isOne: (fields) => isPaperTable(Object.keys(fields)),
  toRecord: tableRecord,
});
