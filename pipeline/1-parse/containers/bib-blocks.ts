import { type BibBlock, BibBody, type Opening } from "./bib-body.ts";

/** What stands between the blocks of a bibliography: text, which BibTeX passes over. */
export interface BibLoose {
  readonly kind: "loose";
  readonly lineStart: number;
  readonly lineEnd: number;
}

const NAME = /^[a-zA-Z][\w+-]{0,63}$/u;

/** `@`, a name and an opening mark, read one character at a time. */
class BibHead {
  readonly line: number;
  /** Where it begins in the block that it may cut off. */
  readonly at: number;
  private name = "";
  private isNamed = false;

  constructor(line: number, at: number) {
    this.line = line;
    this.at = at;
  }

  /** The block that this character opens; else whether this may still become one. */
  take(c: string): Opening | boolean {
    if ((c === "{" || c === "(") && this.name !== "")
      return { type: this.name.toLowerCase(), mark: c, line: this.line };
    if (c <= " ") {
      this.isNamed = this.name !== "";
      return true;
    }
    if (this.isNamed) return false;
    this.name += c;
    return NAME.test(this.name);
  }
}

/**
 * Cuts a bibliography into its blocks (BibTeX's manual, btxdoc, section 3; a percent sign begins a comment as for
 * biber). Each character is looked at once, and one block is held at a time. A block that is never closed ends where a
 * line begins with the next one, so that it takes no other block with it.
 */
export class BibBlockCutter {
  private line = 1;
  /** The last line that is not blank. */
  private lastLine = 1;
  private isLineStart = true;
  private isComment = false;
  private head: BibHead | null = null;
  private body: BibBody | null = null;
  private loose: { readonly lineStart: number; lineEnd: number } | null = null;

  *write(text: string): Generator<BibBlock | BibLoose> {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const c = text.charAt(at);
      if (c > " ") this.lastLine = this.line;
      const opening = this.takeHead(c);
      if (opening !== null) {
        this.body?.hold(text.slice(from, at));
        yield* this.begin(opening);
        from = at + 1;
      } else if (this.body?.take(c) === true) {
        this.body.hold(text.slice(from, at));
        yield this.body.end(true, this.line);
        this.body = null;
      } else if (this.body === null) this.takeLoose(c);
      this.isLineStart = c === "\n";
      if (c === "\n") this.line += 1;
    }
    this.body?.hold(text.slice(from));
  }

  *end(): Generator<BibBlock | BibLoose> {
    if (this.body !== null) yield this.body.end(false, this.lastLine);
    else this.endHead();
    yield* this.endLoose();
  }

  /** The block that opens with this character, or null. */
  private takeHead(c: string): Opening | null {
    const opening = this.head?.take(c) ?? false;
    if (typeof opening === "object") return opening;
    if (opening === false) this.endHead();
    if (c === "@" && this.mayBegin()) this.head = new BibHead(this.line, this.body?.length ?? 0);
    return null;
  }

  /** Whether a block may begin here: anywhere outside of blocks, and inside of one only where a line begins. */
  private mayBegin(): boolean {
    return this.body === null ? !this.isComment : this.isLineStart && !this.body.isPlain;
  }

  private *begin(opening: Opening): Generator<BibBlock | BibLoose> {
    if (this.body !== null) yield this.body.end(false, opening.line - 1, this.head?.at);
    this.head = null;
    yield* this.endLoose();
    this.body = new BibBody(opening);
  }

  private takeLoose(c: string): void {
    if (c === "%") this.isComment = true;
    if (c === "\n") this.isComment = false;
    if (c > " " && this.head === null) this.addLoose(this.line);
  }

  private addLoose(line: number): void {
    this.loose ??= { lineStart: line, lineEnd: line };
    this.loose.lineEnd = this.lastLine;
  }

  /** What looked like the beginning of a block is text after all. */
  private endHead(): void {
    if (this.head !== null && this.body === null) this.addLoose(this.head.line);
    this.head = null;
  }

  private *endLoose(): Generator<BibLoose> {
    if (this.loose !== null) yield { kind: "loose", ...this.loose };
    this.loose = null;
  }
}
