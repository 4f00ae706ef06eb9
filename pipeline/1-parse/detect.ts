import { textBareLines } from "./formats/text-bare-lines.ts";
import { textBlankLines } from "./formats/text-blank-lines.ts";
import type { Layout } from "./layout.ts";

/** Every layout, in the order in which they are tried. */
export const LAYOUTS: readonly Layout[] = [textBlankLines, textBareLines];

/** How much of a capture's beginning the layout is judged by, in characters. */
export const HEAD_LENGTH = 65_536;

/**
 * The layout of a capture that begins so, or null when none fits. Beside a layout's own mark, reading the head must
 * bring a listing's furniture and a paper with its abstract: other text is no capture, and is not guessed at.
 */
export function detectLayout(head: string): Layout | null {
  for (const layout of LAYOUTS) {
    if (!layout.recognises(head)) continue;
    const reader = layout.open();
    const items = [...reader.write(head), ...reader.end()];
    const isListing = items.some((item) => item.kind === "furniture");
    if (isListing && items.some((item) => item.kind === "paper" && item.abstract !== null)) return layout;
  }
  return null;
}
