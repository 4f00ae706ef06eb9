import { Parser } from "htmlparser2";

/** The attributes that a page's papers are read from. */
const READ = ["href", "data-props", "data-target", "datetime"] as const;
export type Attributes = Partial<Record<(typeof READ)[number], string>>;

/** First and last line, counted from 1. */
export interface Lines {
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** What takes a page's tags and text in order. Every element that opens also closes. */
export interface PageHandler {
  open(name: string, attributes: Attributes, lines: Lines): void;
  /** Text with its references decoded; its lines are those of its first and last visible character. */
  text(text: string, lines: Lines): void;
  close(name: string, line: number): void;
}

/** From where on a page could not be read. */
export interface Damage {
  readonly text: string;
  readonly lineStart: number;
}

/** A tag or comment may be as long as a row of a table may. */
const LONGEST_TOKEN = 1 << 24;
/** Browsers nest 512 elements at most; the parser's work on a closing tag grows with the nesting. */
const DEEPEST = 1_000;
/** Pieces end at multiples of this, so that no limit depends on how the text arrives. */
const PIECE = 65_536;
/** Elements whose text nobody sees on the page. */
const HIDDEN = new Set(["script", "style", "svg", "template"]);

const lineEnds = (text: string): number => text.split("\n").length - 1;

/** Reads HTML as a stream and never runs or fetches anything of it. Bounded in depth and in the length of a token. */
export class HtmlWalker {
  /** Set once the rest of the page cannot be read. */
  damage: Damage | null = null;
  /** The last line that holds anything so far. */
  lastLine = 1;
  private readonly handler: PageHandler;
  private readonly parser: Parser;
  /** The open tag whose end has not been seen yet. */
  private tag: { readonly name: string; readonly line: number; lineEnd: number } | null = null;
  private attributes: Attributes = {};
  private depth = 0;
  private hidden: { depth: number; readonly name: string; readonly line: number } | null = null;
  private line = 1;
  private piece = "";
  /** Where the piece begins in the text, and up to where its line ends are counted. */
  private start = 0;
  private counted = 0;
  private pendingLine = 1;
  private hasEndText = false;

  constructor(handler: PageHandler) {
    this.handler = handler;
    this.parser = new Parser({
      onopentagname: (name) => this.opened(name),
      onattribute: (name, value) => this.attribute(name, value),
      onclosetag: (name) => this.closed(name),
      ontext: (text) => this.text(text),
    });
  }

  write(text: string): void {
    for (let from = 0; from < text.length; ) {
      const to = Math.min(text.length, from + PIECE - ((this.start + this.piece.length) % PIECE));
      this.feed(text.slice(from, to));
      from = to;
    }
  }

  end(): void {
    if (this.damage !== null) return;
    const hasPending = this.pending() > 0;
    const unclosed = this.hidden;
    const lineStart = this.tag?.line ?? this.pendingLine;
    this.start += this.piece.length;
    this.piece = "";
    this.line = this.lastLine;
    this.hasEndText = false;
    this.parser.end();
    if (unclosed !== null) this.damage = { text: `<${unclosed.name}>`, lineStart: unclosed.line };
    else if (hasPending && !this.hasEndText)
      this.damage = { text: "The page ends inside a tag or a comment.", lineStart };
  }

  private feed(piece: string): void {
    this.start += this.piece.length;
    this.piece = piece;
    this.counted = this.start;
    const end = this.start + piece.length;
    if (this.damage === null) this.parser.write(piece);
    const next = this.next();
    if (this.damage === null && this.start <= next && next < end) this.pendingLine = this.lineAt(next);
    this.lastLine = this.lineAt(end - 1);
    this.lineAt(end);
    if (this.damage === null && end % PIECE === 0 && this.pending() > LONGEST_TOKEN)
      this.giveUp("A tag or comment without end.", this.tag?.line ?? this.pendingLine);
  }

  /** Where what is no whole token yet begins. */
  private next(): number {
    const { startIndex, endIndex } = this.parser;
    return startIndex === 0 && endIndex === 0 ? 0 : endIndex + 1;
  }

  private pending(): number {
    return this.start + this.piece.length - this.next();
  }

  private giveUp(text: string, lineStart: number): void {
    this.damage = { text, lineStart };
    this.parser.pause();
  }

  /** The line of a place in the piece; places are asked for in order. */
  private lineAt(place: number): number {
    for (
      let next = this.piece.indexOf("\n", this.counted - this.start);
      next !== -1 && next + this.start < place;
      next = this.piece.indexOf("\n", this.counted - this.start)
    ) {
      this.counted = this.start + next + 1;
      this.line += 1;
    }
    return this.line;
  }

  private opened(name: string): void {
    this.flush();
    this.depth += 1;
    const line = this.lineAt(this.parser.endIndex);
    this.tag = { name, line, lineEnd: line };
    this.attributes = {};
    if (this.hidden === null && HIDDEN.has(name)) this.hidden = { depth: this.depth, name, line };
    if (this.depth > DEEPEST) this.giveUp("Elements nested too deeply.", line);
  }

  private attribute(name: string, value: string): void {
    const read = READ.find((each) => each === name);
    if (read === undefined || this.tag === null) return;
    this.attributes[read] ??= value;
    this.tag.lineEnd = this.lineAt(this.parser.endIndex);
  }

  private closed(name: string): void {
    this.flush();
    if (this.hidden === null) this.handler.close(name, this.lineAt(this.parser.endIndex));
    else if (this.hidden.depth === this.depth) this.hidden = null;
    this.depth -= 1;
  }

  private text(text: string): void {
    this.flush();
    this.hasEndText = true;
    const { startIndex } = this.parser;
    // a reference that is not whole yet holds back the text before it
    const isHeldBack = startIndex < this.start;
    const line = isHeldBack ? this.pendingLine : this.lineAt(startIndex);
    if (isHeldBack) this.pendingLine += lineEnds(text);
    if (this.hidden !== null) return;
    const lead = text.slice(0, text.length - text.trimStart().length);
    this.handler.text(text, {
      lineStart: line + lineEnds(lead),
      lineEnd: line + lineEnds(text.trimEnd()),
    });
  }

  /** Hands on the last open tag: its attributes are complete when anything follows it. */
  private flush(): void {
    const { tag } = this;
    this.tag = null;
    if (tag !== null && this.hidden === null)
      this.handler.open(tag.name, this.attributes, { lineStart: tag.line, lineEnd: tag.lineEnd });
  }
}
