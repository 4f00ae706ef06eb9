import { type FoundReject, type Item, type Layout, type LayoutReader, overlong } from "../layout.ts";
import { type Line, LineCutter } from "../lines.ts";
import { BlockCutter, type MarkdownBlock } from "../markdown/blocks.ts";
import { CardReader } from "../markdown/card-reader.ts";
import { isListing } from "../markdown/is-listing.ts";
import { isTargetsHeading, LinkTargets, type TargetLines } from "../markdown/link-targets.ts";

/** Blocks that wait for their links' targets; a capture without any that is longer is read without them. */
const HELD_AT_MOST = 100_000;

class MarkdownReferencesReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly blocks = new BlockCutter();
  private readonly cards = new CardReader();
  private readonly targets = new LinkTargets();
  /** Blocks and what could not be read since the last targets, and the lines of targets behind them. */
  private held: (MarkdownBlock | FoundReject)[] = [];
  private lines: TargetLines[] = [];

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line);
  }

  *end(): Generator<Item> {
    for (const line of this.cutter.end()) yield* this.line(line);
    this.held.push(...this.blocks.end());
    yield* this.settle();
    yield* this.cards.end();
  }

  private *line(line: Line): Generator<Item> {
    if (line.isTooLong) {
      this.held.push(...this.blocks.end(), overlong(line));
      return;
    }
    const isHeading = this.targets.isFilled && isTargetsHeading(line.text);
    const place = isHeading ? { lineStart: line.number, lineEnd: line.number } : this.targets.take(line);
    if (place !== null) {
      this.held.push(...this.blocks.end());
      this.lines.push(place);
      return;
    }
    if (line.text.trim() === "") this.targets.blank();
    else if (this.targets.isFilled) yield* this.settle();
    this.held.push(...this.blocks.take(line));
    if (this.held.length > HELD_AT_MOST) yield* this.settle();
  }

  /** Reads the blocks that waited, with the targets that followed them. */
  private *settle(): Generator<Item> {
    const [held, lines, resolve] = [this.held, this.lines, this.targets.takeTable()];
    this.held = [];
    this.lines = [];
    for (const each of held) yield* "kind" in each ? this.cards.reject(each) : this.cards.take(each, resolve);
    for (const place of lines) yield* this.cards.furniture("link_target", place);
  }
}

const open = () => new MarkdownReferencesReader();

/**
 * A listing page with numbered links, as text browsers write it. Targets stand at the end, so that a capture is held
 * until they come; one with several captures is resolved list by list, for numbers begin anew in each.
 */
export const markdownReferences: Layout = {
  name: "markdown_references",
  recognises: (head) => /\[\d{1,6}\]/u.test(head) && isListing(open(), head),
  open,
};
