import { areWrapped, type Block, joinedBlocks, lineBlocks } from "../blocks.ts";
import { type FurnitureKind, furnitureKind, gluedButton } from "../furniture.ts";
import { type Item, type Layout, type LayoutReader, overlong } from "../layout.ts";
import { type Line, LineCutter, type PlacedLine } from "../lines.ts";
import { BlockPairing } from "../pair-blocks.ts";

/** More lines that stand together are no paragraph; they are taken in parts. */
const MOST_LINES = 2_000;

/** Words of menus that wrapped text may well end with. */
const MAY_END_TEXT: ReadonlySet<FurnitureKind> = new Set(["navigation", "footer", "card_link"]);

/** Whether a line among wrapped ones is furniture: such lines are full, so that only the last may be one word of text. */
function isApart(text: string, isLast: boolean): boolean {
  const kind = furnitureKind(text);
  return kind !== null && !(isLast && MAY_END_TEXT.has(kind));
}

/**
 * The blocks that lines between two blank ones make: runs of wrapped lines with the furniture between them apart, or
 * each line by itself, where they are a menu or too long to be wrapped.
 */
function blocksOf(lines: readonly PlacedLine[]): Block[] {
  const texts = lines.map((line) => line.text);
  const isMenu = texts.every((text) => furnitureKind(text) !== null);
  if (lines.length === 1 || isMenu || !areWrapped(texts)) return lines.flatMap(lineBlocks);
  const runs: PlacedLine[][] = [];
  let isOpen = false;
  lines.forEach((line, at) => {
    const apart = isApart(line.text, at === lines.length - 1);
    if (isOpen && !apart && gluedButton(line.text) === 0) runs.at(-1)?.push(line);
    else runs.push([line]);
    isOpen = !apart;
  });
  return runs.flatMap(joinedBlocks);
}

/** Gathers the lines between blank lines into blocks. */
class BlankLineReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly pairing = new BlockPairing();
  private lines: PlacedLine[] = [];

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line);
  }

  *end(): Generator<Item> {
    const last = [...this.cutter.end()];
    for (const line of last) yield* this.line(line);
    yield* this.blocks();
    yield* this.pairing.endOfCapture(last.length > 0);
  }

  private *line(line: Line): Generator<Item> {
    const text = line.text.trim();
    if (line.isTooLong) {
      yield* this.blocks();
      yield overlong(line);
    } else if (text !== "") {
      this.lines.push({ text, number: line.number });
      if (this.lines.length >= MOST_LINES) yield* this.blocks();
    } else yield* this.blocks();
  }

  private *blocks(): Generator<Item> {
    const lines = this.lines;
    if (lines.length === 0) return;
    this.lines = [];
    for (const block of blocksOf(lines)) yield* this.pairing.take(block);
  }
}

/** Plain text of a listing page in which blank lines separate the blocks. */
export const textBlankLines: Layout = {
  name: "text_blank_lines",
  recognises: (head) => /\n[ \t\r]*\n/u.test(head.trim()),
  open: () => new BlankLineReader(),
};
