import { stringify } from "csv-stringify/sync";
import type { Table } from "../../schemas/index.ts";
import { FORMULA_MARK, MARKED_TEXT } from "../core/formulas.ts";
import type { Format, TableWriter } from "./format.ts";
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

async function openCsv(
  table: Table,
  path: string,
  cellOf: (name: string, value: unknown) => string,
): Promise<TableWriter> {
  const names = Object.keys(table.columns);
  const text = new TextOutput(await openOutput(path));
  text.put(stringify([names]));
  return {
    async write(rows) {
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        const records = rows
          .slice(at, at + ROWS_AT_ONCE)
          .map((row) => names.map((name) => cellOf(name, row[name])));
        const waiting = text.put(stringify(records));
        if (waiting !== undefined) await waiting;
      }
    },
    close: () => text.close(),
  };
}

/** CSV after RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with LF line ends: UTF-8, one header line. */
export const csv: Format = {
  name: "csv",
  mediaType: "text/csv",
  isPacked: false,
  open: (table, path) => openCsv(table, path, (_name, value) => cell(value)),
};

const MARKED = new RegExp(MARKED_TEXT, "u");

/** As `csv`, with texts marked that spreadsheets would run; the entry of the file says how many. */
export const safeCsv: Format = {
  ...csv,
  async open(table, path) {
    const texts = new Set(
      Object.entries(table.columns).flatMap(([name, { type }]) => (type === "string" ? [name] : [])),
    );
    let marked = 0;
    const writer = await openCsv(table, path, (name, value) => {
      const plain = cell(value);
      if (!texts.has(name) || !MARKED.test(plain)) return plain;
      marked += 1;
      return FORMULA_MARK + plain;
    });
    return { ...writer, close: async () => ({ ...(await writer.close()), marked_cells: marked }) };
  },
};
