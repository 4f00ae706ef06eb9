import { type Item, type Layout, type LayoutReader, overlong } from "../layout.ts";
import { type Line, LineCutter } from "../lines.ts";
import { BlockCutter, type MarkdownBlock } from "../markdown/blocks.ts";
import { CardReader } from "../markdown/card-reader.ts";
import { isListing } from "../markdown/is-listing.ts";

class MarkdownInlineReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly blocks = new BlockCutter();
  private readonly cards = new CardReader();

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line);
  }

  *end(): Generator<Item> {
    for (const line of this.cutter.end()) yield* this.line(line);
    yield* this.take(this.blocks.end());
    yield* this.cards.end();
  }

  private *line(line: Line): Generator<Item> {
    if (!line.isTooLong) return yield* this.take(this.blocks.take(line));
    yield* this.take(this.blocks.end());
    yield* this.cards.reject(overlong(line));
  }

  private *take(blocks: Iterable<MarkdownBlock>): Generator<Item> {
    for (const block of blocks) yield* this.cards.take(block, null);
  }
}

const open = () => new MarkdownInlineReader();

/** Markdown of a listing page whose links hold their targets, as tools write it that turn pages into Markdown. */
export const markdownInline: Layout = {
  name: "markdown_inline",
  recognises: (head) => /\]\(.{0,99}papers\/\d{4}\.\d/u.test(head) && isListing(open(), head),
  open,
};
