/** How a block of a bibliography begins: `@type{` or `@type(`. */
export interface Opening {
  readonly type: string;
  readonly mark: "{" | "(";
  readonly line: number;
}

/** A block of a bibliography, `@type{text}`. */
export interface BibBlock {
  readonly kind: "block";
  readonly type: string;
  /** What stands between the marks; its beginning alone where it is too long. */
  readonly text: string;
  /** Where the commas between its fields are. */
  readonly commas: readonly number[];
  readonly isClosed: boolean;
  readonly isTooLong: boolean;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** Characters that a block may have; what goes beyond is not held. */
const BLOCK_LENGTH = 1 << 20;

/** The inside of a block while it is read: knows braces, quotes, comments and escapes, and finds its end. */
export class BibBody {
  readonly opening: Opening;
  private readonly parts: string[] = [];
  private readonly commas: number[] = [];
  private held = 0;
  private taken = 0;
  private depth = 0;
  private isEscaped = false;
  private isQuoted = false;
  private isComment = false;

  constructor(opening: Opening) {
    this.opening = opening;
  }

  /** Nothing but braces counts in a comment: its text has no fields. */
  get isPlain(): boolean {
    return this.opening.type === "comment";
  }

  /** How many characters of the block were taken. */
  get length(): number {
    return this.taken;
  }

  /** Whether the block ends with this character. */
  take(c: string): boolean {
    this.taken += 1;
    if (this.isComment) this.isComment = c !== "\n";
    else if (this.isEscaped) this.isEscaped = false;
    else if (c === "\\") this.isEscaped = true;
    else if (c === "{") this.depth += 1;
    else if (this.depth > 0) this.depth -= c === "}" ? 1 : 0;
    else return this.takeBetween(c);
    return false;
  }

  /** Keeps text that was taken. */
  hold(text: string): void {
    if (this.held <= BLOCK_LENGTH) this.parts.push(text);
    this.held += text.length;
  }

  /** The block, with no more of its text than this length. */
  end(isClosed: boolean, lineEnd: number, length = this.taken): BibBlock {
    return {
      kind: "block",
      type: this.opening.type,
      text: this.parts.join("").slice(0, length),
      commas: this.commas,
      isClosed,
      isTooLong: this.held > BLOCK_LENGTH,
      lineStart: this.opening.line,
      lineEnd: Math.max(this.opening.line, lineEnd),
    };
  }

  /** A character that stands in no braces. */
  private takeBetween(c: string): boolean {
    if (c === '"') this.isQuoted = !this.isQuoted && !this.isPlain;
    if (this.isQuoted) return false;
    if (c === "%") this.isComment = !this.isPlain;
    if (c === "," && this.held <= BLOCK_LENGTH) this.commas.push(this.taken - 1);
    return c === (this.opening.mark === "{" ? "}" : ")");
  }
}
