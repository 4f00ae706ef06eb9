import { arxivAtom } from "./formats/arxiv-atom.ts";
import { arxivSnapshot } from "./formats/arxiv-snapshot.ts";
import { bibtex } from "./formats/bibtex.ts";
import { cslJson } from "./formats/csl-json.ts";
import { htmlPage } from "./formats/html-page.ts";
import { listingApi } from "./formats/listing-api.ts";
import { markdownInline } from "./formats/markdown-inline.ts";
import { markdownReferences } from "./formats/markdown-references.ts";
import { pwcLinks } from "./formats/pwc-links.ts";
import { pwcPapers } from "./formats/pwc-papers.ts";
import { tableCsv } from "./formats/table-csv.ts";
import { tableJson } from "./formats/table-json.ts";
import { textBareLines } from "./formats/text-bare-lines.ts";
import { textBlankLines } from "./formats/text-blank-lines.ts";
import type { Layout } from "./layout.ts";

/** Layouts whose own marks decide, the more particular ones first. */
const STRUCTURED: readonly Layout[] = [
  htmlPage,
  listingApi,
  arxivAtom,
  arxivSnapshot,
  pwcPapers,
  pwcLinks,
  bibtex,
  cslJson,
  tableJson,
  tableCsv,
  markdownInline,
  markdownReferences,
];
/** Layouts of running text, which any text may resemble. */
const TEXT: readonly Layout[] = [textBlankLines, textBareLines];

/** Every layout, in the order in which they are tried. */
export const LAYOUTS: readonly Layout[] = [...STRUCTURED, ...TEXT];

/** How much of a capture's beginning the layout is judged by, in characters. */
export const HEAD_LENGTH = 65_536;

/** Whether reading a text brings a listing's furniture and a paper with its abstract: other text is not guessed at. */
function isListing(layout: Layout, head: string): boolean {
  const reader = layout.open();
  const items = [...reader.write(head), ...reader.end()];
  const hasFurniture = items.some((item) => item.kind === "furniture" && item.name !== "separator");
  return hasFurniture && items.some((item) => item.kind === "paper" && item.abstract !== null);
}

/** The layout of a capture that begins so, or null when none fits. */
export function detectLayout(head: string): Layout | null {
  const structured = STRUCTURED.find((layout) => layout.recognises(head));
  return structured ?? TEXT.find((layout) => layout.recognises(head) && isListing(layout, head)) ?? null;
}
