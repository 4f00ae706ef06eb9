/** Longer than any line that holds a paper; in UTF-16 units. */
export const LONGEST_LINE = 1 << 24;
/** What is kept of a longer line, to show which it is. */
const KEPT = 200;

/** Text with the number of the line that it stands in. */
export interface PlacedLine {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/** A line without its line end. */
export interface Line extends PlacedLine {
  /** The line was longer than `LONGEST_LINE`; `text` is how it begins. */
  readonly isTooLong: boolean;
}

/** Cuts text that arrives in pieces into numbered lines; holds no more than one line of bounded length. */
export class LineCutter {
  /** The pieces of the line that is open. */
  private parts: string[] = [];
  private length = 0;
  private number = 0;

  /** Lines that are complete with this piece. */
  *write(text: string): Generator<Line> {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      yield this.complete(text.slice(from, end));
      from = end + 1;
    }
    if (from < text.length) this.hold(text.slice(from));
  }

  /** The last line, where the text does not end in a line end. */
  *end(): Generator<Line> {
    if (this.length > 0) yield this.complete("");
  }

  private hold(part: string): void {
    if (this.length <= LONGEST_LINE) this.parts.push(part);
    this.length += part.length;
  }

  private complete(last: string): Line {
    this.number += 1;
    const length = this.length + last.length;
    const line = this.parts.length === 0 ? last : [...this.parts, last].join("");
    this.parts = [];
    this.length = 0;
    const isTooLong = length > LONGEST_LINE;
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    return { text: isTooLong ? text.slice(0, KEPT) : text, number: this.number, isTooLong };
  }
}
