import type { Item, Layout, LayoutReader } from "../layout.ts";
import { LineCutter } from "../lines.ts";
import { BlockPairing } from "../pair-blocks.ts";

/** Gathers the lines between blank lines into blocks; a block of several lines is hard-wrapped text. */
class BlankLineReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly pairing = new BlockPairing();
  private lines: string[] = [];
  private lineStart = 0;

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line.text.trim(), line.number);
  }

  *end(): Generator<Item> {
    for (const line of this.cutter.end()) yield* this.line(line.text.trim(), line.number);
    yield* this.line("", 0);
    yield* this.pairing.end();
  }

  private *line(text: string, number: number): Generator<Item> {
    if (text !== "") {
      if (this.lines.length === 0) this.lineStart = number;
      this.lines.push(text);
      return;
    }
    if (this.lines.length === 0) return;
    const lines = this.lines;
    this.lines = [];
    yield* this.pairing.take({
      text: lines.join(" "),
      lineStart: this.lineStart,
      lineEnd: this.lineStart + lines.length - 1,
    });
  }
}

/** Plain text of a listing page in which blank lines separate the blocks. */
export const textBlankLines: Layout = {
  name: "text_blank_lines",
  recognises: (head) => /\n[ \t\r]*\n/u.test(head.trim()),
  open: () => new BlankLineReader(),
};
