import type { ContainerReader, Entry } from "./container.ts";
import { JsonValuesReader } from "./json-values.ts";
import { JsonLinesReader } from "./jsonl-lines.ts";

/** A first line longer than this is no line of JSON Lines that could be told from one long JSON text. */
const FIRST_LINE = 65_536;

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false; // no JSON by itself: the first line of a longer text
  }
}

/** JSON Lines if the first line is an object by itself and more follows; else one JSON text. */
function kindOf(start: string): ContainerReader {
  const [first = "", ...others] = start.trim().split("\n");
  const isLines = isObject(first) && others.some((line) => line.trim() !== "");
  return isLines ? new JsonLinesReader() : new JsonValuesReader();
}

/** JSON in either form, told apart by how it begins. */
export class AnyJsonReader implements ContainerReader {
  private reader: ContainerReader | null = null;
  private start = "";

  *write(text: string): Generator<Entry> {
    if (this.reader !== null) {
      yield* this.reader.write(text);
      return;
    }
    this.start += text;
    const isList = this.start.trimStart().startsWith("[");
    const lines = this.start.trimStart().split("\n", 3);
    if (isList || lines.length > 2 || this.start.length > FIRST_LINE) yield* this.begin();
  }

  *end(): Generator<Entry> {
    if (this.reader === null) yield* this.begin();
    if (this.reader !== null) yield* (this.reader as ContainerReader).end();
  }

  private *begin(): Generator<Entry> {
    this.reader = kindOf(this.start);
    const start = this.start;
    this.start = "";
    yield* this.reader.write(start);
  }
}
