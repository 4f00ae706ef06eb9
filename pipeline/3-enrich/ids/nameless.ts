import type { Paper } from "../../2-dedupe/paper.ts";
import { arxivOf } from "../../2-dedupe/profile/identifiers.ts";
import type { Release } from "../../core/release.ts";
import { agreement, type Described, type FoundBy } from "./agreement.ts";
import type { CataloguePaper } from "./catalogue.ts";

/** A paper without an arXiv identifier, and those that a catalogue has for it. */
export interface Nameless extends Described {
  readonly paper_id: string;
  readonly found: Map<string, FoundBy>;
}

/** Identifiers of the previous release that were found, not captured: they stay where nothing better is known. */
async function takeEarlier(byId: ReadonlyMap<string, Nameless>, previous: Release | null): Promise<void> {
  if (previous === null) return;
  for await (const { paper_id, arxiv_id, arxiv_id_source } of previous.rows("papers")) {
    const paper = byId.get(paper_id);
    if (paper === undefined || arxiv_id === null) continue;
    if (arxiv_id_source !== null && arxiv_id_source !== "captured")
      paper.found.set(arxiv_id, arxiv_id_source);
  }
}

/** Papers without an identifier, with what the previous release found, and all identifiers that papers have. */
export async function namelessPapers(papers: AsyncIterable<Paper>, previous: Release | null) {
  const nameless: Nameless[] = [];
  const taken = new Set<string>();
  for await (const paper of papers) {
    const known = arxivOf(paper);
    if (known !== null) taken.add(known);
    else {
      const { paper_id, title, abstract, authors } = paper;
      nameless.push({ paper_id, title, abstract, authors, found: new Map() });
    }
  }
  await takeEarlier(new Map(nameless.map((paper) => [paper.paper_id, paper])), previous);
  return { nameless, taken };
}

/** Takes a paper that a catalogue lists into account, if it is this one. */
export function take(paper: Nameless, listed: CataloguePaper): void {
  const source = agreement(paper, listed);
  if (source !== null) paper.found.set(listed.arxiv_id, source);
}
