import { type Line, LineCutter } from "../lines.ts";
import type { ContainerReader, Entry } from "./container.ts";

/** JSON Lines: a value a line; a line that is no JSON is damage, and the next is read all the same. */
export class JsonLinesReader implements ContainerReader {
  private readonly cutter = new LineCutter();

  *write(text: string): Generator<Entry> {
    for (const line of this.cutter.write(text)) yield* entry(line);
  }

  *end(): Generator<Entry> {
    for (const line of this.cutter.end()) yield* entry(line);
  }
}

function* entry(line: Line): Generator<Entry> {
  const text = line.text.trim();
  const place = { lineStart: line.number, lineEnd: line.number };
  if (text === "") return;
  if (line.isTooLong) {
    yield { kind: "damage", reason: "line_too_long", text, ...place };
    return;
  }
  try {
    yield { kind: "value", value: JSON.parse(text) as unknown, ...place };
  } catch {
    yield { kind: "damage", reason: "json_invalid", text, ...place };
  }
}
