import { open } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import { unwritable } from "../core/files.ts";
import type { Format } from "./format.ts";

/** A value as a CSV cell: null is the empty cell, which no text is; lists are JSON. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const ROWS_AT_ONCE = 512;

/** CSV after RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with LF line ends: UTF-8, one header line. */
export const csv: Format = {
  name: "csv",
  mediaType: "text/csv",
  async open(table, path) {
    const names = Object.keys(table.columns);
    const file = await open(path, "w").catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
    const append = (records: readonly (readonly string[])[]) =>
      file
        .writeFile(stringify(records as string[][]))
        .catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
    await append([names]);
    return {
      async write(rows) {
        for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
          await append(rows.slice(at, at + ROWS_AT_ONCE).map((row) => names.map((name) => cell(row[name]))));
      },
      close: () => file.close(),
    };
  },
};
