import type { AnyRow, Format } from "./format.ts";
import { openOutput } from "./output-file.ts";
import { TextOutput } from "./text-output.ts";

/** A row as one line: keys in schema order, nulls written out. */
export const rowLine = (names: readonly string[], row: AnyRow): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]])));

/** What JSON escapes in a text, and halves of characters, which it escapes where they stand alone. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

function json(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "string" && !ESCAPED.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** Makes lines of rows, as `rowLine` does and with a line feed, at a third of its cost. */
export function lineMaker(names: readonly string[]): (row: AnyRow) => string {
  const keys = names.map((name, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  return (row) => {
    let line = "";
    for (let i = 0; i < names.length; i += 1) line += `${keys[i]}${json(row[names[i] ?? ""])}`;
    return `${line}}\n`;
  };
}

/** JSON Lines: one row a line, keys in schema order, nulls written out (https://jsonlines.org). */
export const jsonl: Format = {
  name: "jsonl",
  mediaType: "application/jsonl",
  isPacked: false,
  async open(table, path) {
    const lineOf = lineMaker(Object.keys(table.columns));
    const text = new TextOutput(await openOutput(path));
    return {
      async write(rows) {
        for (const row of rows) {
          const waiting = text.put(lineOf(row));
          if (waiting !== undefined) await waiting;
        }
      },
      close: () => text.close(),
    };
  },
};
