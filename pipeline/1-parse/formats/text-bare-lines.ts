import { gluedButton } from "../furniture.ts";
import type { Item, Layout, LayoutReader } from "../layout.ts";
import { LineCutter } from "../lines.ts";
import { BlockPairing } from "../pair-blocks.ts";

/** Takes each line as a block; the page's header may run into the first title. */
class BareLineReader implements LayoutReader {
  private readonly cutter = new LineCutter();
  private readonly pairing = new BlockPairing();

  *write(text: string): Generator<Item> {
    for (const line of this.cutter.write(text)) yield* this.line(line.text.trim(), line.number);
  }

  *end(): Generator<Item> {
    for (const line of this.cutter.end()) yield* this.line(line.text.trim(), line.number);
    yield* this.pairing.end();
  }

  private *line(text: string, number: number): Generator<Item> {
    if (text === "") return;
    const place = { lineStart: number, lineEnd: number };
    const glued = gluedButton(text);
    if (glued === 0) yield* this.pairing.take({ text, ...place });
    else {
      yield* this.pairing.take({ text: text.slice(0, glued), ...place });
      yield* this.pairing.take({ text: text.slice(glued), ...place, issues: ["title_cut_from_header"] });
    }
  }
}

/** Plain text of a listing page with one line a block and nothing between the blocks. */
export const textBareLines: Layout = {
  name: "text_bare_lines",
  recognises: (head) => !/\n[ \t\r]*\n/u.test(head.trim()),
  open: () => new BareLineReader(),
};
