import { stringify } from "csv-stringify/sync";
import type { Format } from "./format.ts";
import { openOutput } from "./output-file.ts";
import { TextOutput } from "./text-output.ts";

/** A value as the text of a CSV cell: null is the empty cell, which no text is; lists are JSON. */
function cell(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Rows that are made text at once; with more of them csv-stringify takes longer for each. */
const ROWS_AT_ONCE = 16;

/** CSV after RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with LF line ends: UTF-8, one header line. */
export const csv: Format = {
  name: "csv",
  mediaType: "text/csv",
  async open(table, path) {
    const names = Object.keys(table.columns);
    const text = new TextOutput(await openOutput(path));
    text.put(stringify([names]));
    return {
      async write(rows) {
        for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
          const records = rows
            .slice(at, at + ROWS_AT_ONCE)
            .map((row) => names.map((name) => cell(row[name])));
          const waiting = text.put(stringify(records));
          if (waiting !== undefined) await waiting;
        }
      },
      close: () => text.close(),
    };
  },
};
