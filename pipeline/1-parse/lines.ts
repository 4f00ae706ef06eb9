/** Cuts text that arrives in pieces into numbered lines. */
export class LineCutter {
  private rest = "";
  private number = 0;

  /** Lines that are complete with this piece, without their line ends. */
  *write(text: string): Generator<{ readonly text: string; readonly number: number }> {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) yield this.numbered(line);
  }

  /** The last line, where the text does not end in a line end. */
  *end(): Generator<{ readonly text: string; readonly number: number }> {
    if (this.rest !== "") yield this.numbered(this.rest);
    this.rest = "";
  }

  private numbered(line: string) {
    this.number += 1;
    return { text: line.endsWith("\r") ? line.slice(0, -1) : line, number: this.number };
  }
}
