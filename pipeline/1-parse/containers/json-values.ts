import { JSONParser } from "@streamparser/json";
import { reasonOf } from "../../core/errors.ts";
import type { ContainerReader, Entry } from "./container.ts";

/** Names under which answers of services wrap their list of papers. */
const WRAPPERS = ["papers", "results", "dailyPapers", "data", "items"];

/** Where the papers of a JSON text are: in a list, in a list under a usual name, or the whole is one. */
function pathsOf(head: string): string[] {
  if (head.trimStart().startsWith("[")) return ["$.*"];
  const wrapper = WRAPPERS.find((name) =>
    new RegExp(`^\\s*\\{(?:[^\\[{]*)"${name}"\\s*:\\s*\\[`, "u").test(head),
  );
  return [wrapper === undefined ? "$" : `$.${wrapper}.*`];
}

/** A JSON text as a stream of the papers in it. What follows damage is not read: nothing says where a value begins. */
export class JsonValuesReader implements ContainerReader {
  private parser: JSONParser | null = null;
  private readonly found: Entry[] = [];
  private line = 1;
  /** The line on which the value that is being read begins. */
  private start: number | null = null;
  private isBroken = false;

  *write(text: string): Generator<Entry> {
    if (this.isBroken) return;
    this.parser ??= this.open(text);
    // one line at a time, so that a value's lines are known when it is complete
    for (let from = 0; from < text.length && !this.isBroken; ) {
      const newline = text.indexOf("\n", from);
      const to = newline === -1 ? text.length : newline + 1;
      this.feed(text.slice(from, to));
      if (newline !== -1) this.line += 1;
      from = to;
    }
    yield* this.found.splice(0);
  }

  *end(): Generator<Entry> {
    if (this.parser !== null && !this.isBroken && !this.parser.isEnded)
      this.damage("The text ends in the middle of a value.");
    yield* this.found.splice(0);
  }

  private open(head: string): JSONParser {
    const parser = new JSONParser({ paths: pathsOf(head), keepStack: false });
    parser.onValue = ({ value }) => {
      this.found.push({ kind: "value", value, lineStart: this.start ?? this.line, lineEnd: this.line });
      this.start = null;
    };
    parser.onError = (error) => this.damage(error.message);
    parser.onEnd = () => {};
    return parser;
  }

  private feed(piece: string): void {
    if (this.parser?.isEnded === true) {
      if (piece.trim() !== "") this.damage(piece);
      return;
    }
    if (this.start === null && /[^\s,[\]]/u.test(piece)) this.start = this.line;
    try {
      this.parser?.write(piece);
    } catch (error) {
      if (!this.isBroken) this.damage(reasonOf(error));
    }
  }

  private damage(text: string): void {
    this.isBroken = true;
    this.found.push({
      kind: "damage",
      reason: "json_invalid",
      text,
      lineStart: this.line,
      lineEnd: this.line,
    });
  }
}
