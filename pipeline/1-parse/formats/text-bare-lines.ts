import { areWrapped, lineBlocks } from "../blocks.ts";
import { furnitureKind } from "../furniture.ts";
import { type Item, type Layout, type LayoutReader, overlong } from "../layout.ts";
import { type Line, LineCutter } from "../lines.ts";
import { BlockPairing } from "../pair-blocks.ts";

/** Takes each line as a block; the page's header may run into the first title. */
class BareLineReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly pairing = new BlockPairing();

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line);
  }

  *end(): Generator<Item> {
    const last = [...this.cutter.end()];
    for (const line of last) yield* this.line(line);
    yield* this.pairing.endOfCapture(last.length > 0);
  }

  private *line(line: Line): Generator<Item> {
    const text = line.text.trim();
    if (line.isTooLong) yield overlong(line);
    else if (text !== "")
      for (const block of lineBlocks({ text, number: line.number })) yield* this.pairing.take(block);
  }
}

const linesOf = (head: string) => head.split("\n").map((line) => line.trim());
/** Fewer lines do not show that they are wrapped. */
const FEWEST_LINES = 8;

/** Whether no line is longer than a terminal or a mail is wide, and most come close to the longest. */
function isWrapped(head: string): boolean {
  const lines = linesOf(head);
  if (lines.length < FEWEST_LINES || !areWrapped(lines)) return false;
  const width = Math.max(...lines.map((line) => line.length));
  return lines.filter((line) => line.length > width * 0.75).length * 2 > lines.length;
}

const hasBlankLine = (head: string) => /\n[ \t\r]*\n/u.test(head.trim());

/** Plain text of a listing page with one line a block and nothing between the blocks. */
export const textBareLines: Layout = {
  name: "text_bare_lines",
  recognises: (head) => !hasBlankLine(head) && !isWrapped(head),
  open: () => new BareLineReader(),
};

/**
 * Whether a capture that begins so is a listing in hard-wrapped lines without blank ones. Where its titles end does not
 * show: trials that unwrapped real captures by the width of their lines lost one paper in three.
 */
export function isWrappedListing(head: string): boolean {
  return !hasBlankLine(head) && isWrapped(head) && linesOf(head).some((line) => furnitureKind(line) !== null);
}
