import { Parser } from "htmlparser2";
import { AtomEntry, localName } from "./atom-entry.ts";
import type { ContainerReader, Entry } from "./container.ts";

/** Characters that one tag, comment or run of markup may have; more is damage, since all of it would be held. */
const MARKUP_LENGTH = 1 << 24;
/** Characters of one line that the parser is given at once. */
const SPAN = 1 << 16;
/** How deep elements may stand in each other: a feed needs six. */
const DEPTH = 1_000;

const numberIn = (text: string): number | null => (/^\s*\d{1,15}\s*$/u.test(text) ? Number(text) : null);

/**
 * The entries of Atom feeds (RFC 4287), also of several feeds in one text, as a stream: one entry is held at a time.
 * Elements are known by their local names, whatever their prefixes are. Entities that a document defines are text and
 * never expanded, so that none can grow; only XML's own five and numbers are decoded.
 */
export class AtomEntriesReader implements ContainerReader {
  private readonly found: Entry[] = [];
  private readonly stack: string[] = [];
  private readonly parser: Parser;
  private entry: AtomEntry | null = null;
  private head: { readonly lineStart: number; lineEnd: number } | null = null;
  private line = 1;
  /** The end of the text so far: the beginning of a span that is not yet whole. */
  private rest = "";
  /** Characters since the parser last told of anything. */
  private silence = 0;
  private isBroken = false;
  private results: number | null = null;

  constructor() {
    this.parser = new Parser(
      {
        onopentagname: (name) => this.open(localName(name)),
        onopentag: (_name, attributes) => this.entry?.attributes(this.stack, attributes),
        onclosetag: (_name, isImplied) => this.close(isImplied),
        ontext: (text) => this.text(text),
        oncomment: () => this.outside(),
        onprocessinginstruction: () => this.outside(),
      },
      { xmlMode: true },
    );
  }

  /** How many results the feed says that a search has (OpenSearch 1.1, "totalResults"); null where it has not said so yet. */
  get totalResults(): number | null {
    return this.results;
  }

  *write(text: string): Generator<Entry> {
    const held = this.rest + text;
    let from = 0;
    for (let to = this.spanEnd(held, from); to !== -1; to = this.spanEnd(held, from)) {
      this.parse(held.slice(from, to));
      from = to;
    }
    this.rest = held.slice(from);
    yield* this.found.splice(0);
  }

  *end(): Generator<Entry> {
    this.parse(this.rest);
    if (!this.isBroken) this.parser.end();
    this.endHead();
    yield* this.found.splice(0);
  }

  /**
   * The parser is given one line at a time, so that whatever it tells of is known to be on this line, and long lines in
   * spans of one length: it reads damaged markup otherwise where a piece ends within it.
   */
  private spanEnd(text: string, from: number): number {
    const newline = text.indexOf("\n", from);
    const end = newline === -1 ? text.length : newline + 1;
    if (end - from > SPAN) return from + SPAN;
    return newline === -1 ? -1 : end;
  }

  private parse(span: string): void {
    if (this.isBroken || span === "") return;
    this.silence += span.length;
    this.parser.write(span);
    if (this.silence > MARKUP_LENGTH) this.damage("Markup without end.");
    if (span.endsWith("\n")) this.line += 1;
  }

  private open(name: string): void {
    this.silence = 0;
    if (this.isBroken) return;
    if (name === "entry" || name === "feed") this.endEntry(true);
    if (name === "entry") {
      this.endHead();
      this.entry = new AtomEntry(this.stack.length + 1, this.line);
    }
    this.stack.push(name);
    if (this.entry === null) this.outside();
    else this.entry.open(this.stack, this.line);
    if (this.stack.length > DEPTH) this.damage("Elements stand too deep in each other.");
  }

  private close(isImplied: boolean): void {
    this.silence = 0;
    if (this.isBroken) return;
    this.entry?.close(this.stack, isImplied ? null : this.line);
    const name = this.stack.pop();
    if (this.entry !== null && this.stack.length < this.entry.depth) this.endEntry(isImplied);
    else if (this.head !== null && !isImplied) this.outside();
    if (name === "feed") this.endHead();
  }

  private text(text: string): void {
    this.silence = 0;
    if (this.isBroken) return;
    if (this.entry !== null) this.entry.text(text, this.line);
    else if (text.trim() !== "") {
      if (this.stack.at(-1) === "totalResults") this.results = numberIn(text);
      this.outside();
    }
  }

  /** Something that is no entry's: it belongs to the head of the feed that begins or goes on here. */
  private outside(): void {
    this.silence = 0;
    if (this.entry !== null || this.isBroken) return;
    this.head ??= { lineStart: this.line, lineEnd: this.line };
    this.head.lineEnd = this.line;
  }

  private endHead(): void {
    if (this.head !== null) this.found.push({ kind: "furniture", name: "feed_head", ...this.head });
    this.head = null;
  }

  private endEntry(isCut: boolean): void {
    if (this.entry !== null) this.found.push(this.entry.end(isCut));
    this.entry = null;
  }

  private damage(text: string): void {
    this.isBroken = true;
    this.endHead();
    this.endEntry(true);
    this.found.push({
      kind: "damage",
      reason: "entry_invalid",
      text,
      lineStart: this.line,
      lineEnd: this.line,
    });
  }
}
