import { type Info, type Parser, parse } from "csv-parse";
import type { ContainerReader, Entry } from "./container.ts";

const DELIMITERS = [",", "\t", ";"];

/** The character that parts the cells of a header line: of those in use, the one that it holds most often. */
export function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: Info;
}

/** Rows of a CSV or TSV file as objects by column name. A row with too few or too many cells is damage. */
export class CsvRowsReader implements ContainerReader {
  private parser: Parser | null = null;
  private readonly skipped: Entry[] = [];
  private lastLine = 1;
  private isBroken = false;

  *write(text: string): Generator<Entry> {
    if (this.isBroken) return;
    this.parser ??= this.open(text);
    this.parser.write(text);
    yield* this.drain();
  }

  *end(): Generator<Entry> {
    if (!this.isBroken) this.parser?.end();
    yield* this.drain();
  }

  private open(head: string): Parser {
    const parser = parse({
      bom: true,
      columns: (names: string[]) =>
        names.map((name, i) => (name.trim() === "" ? `column ${i + 1}` : name.trim())),
      delimiter: delimiterOf(head.slice(0, head.search(/[\r\n]|$/u))),
      info: true,
      max_record_size: 1 << 24,
      skip_empty_lines: true,
      skip_records_with_error: true,
    });
    parser.on("skip", (error: Error & { readonly lines?: number; readonly code?: string }) => {
      // a quotation mark that is never closed: nothing says where the next row begins
      if (error.code === "CSV_MAX_RECORD_SIZE") this.isBroken = true;
      const line = error.lines ?? this.lastLine;
      this.lastLine = Math.max(this.lastLine, line);
      this.skipped.push({
        kind: "damage",
        reason: "row_invalid",
        text: error.message,
        lineStart: line,
        lineEnd: line,
      });
    });
    parser.on("error", (error: Error) => {
      this.isBroken = true;
      this.skipped.push({
        kind: "damage",
        reason: "row_invalid",
        text: error.message,
        lineStart: this.lastLine,
        lineEnd: this.lastLine,
      });
    });
    return parser;
  }

  /** What the parser has complete by now: it works while it is written to, and waits to be read. */
  private *drain(): Generator<Entry> {
    for (
      let next = this.parser?.read() as Parsed | null;
      next !== null && next !== undefined;
      next = this.parser?.read() as Parsed | null
    ) {
      const lineEnd = next.info.lines;
      yield {
        kind: "value",
        value: next.record,
        lineStart: this.lastLine + 1,
        lineEnd: Math.max(lineEnd, this.lastLine + 1),
      };
      this.lastLine = lineEnd;
    }
    yield* this.skipped.splice(0);
  }
}
