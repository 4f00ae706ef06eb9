import { openLineWriter } from "../core/files.ts";
import type { AnyRow, Format } from "./format.ts";

/** A row as one line: keys in schema order, nulls written out. */
export const rowLine = (names: readonly string[], row: AnyRow): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]])));

/** JSON Lines: one row a line, keys in schema order, nulls written out (https://jsonlines.org). */
export const jsonl: Format = {
  name: "jsonl",
  mediaType: "application/jsonl",
  async open(table, path) {
    const names = Object.keys(table.columns);
    const file = await openLineWriter(path);
    return {
      async write(rows) {
        for (const row of rows) await file.write(rowLine(names, row));
      },
      close: () => file.close(),
    };
  },
};
