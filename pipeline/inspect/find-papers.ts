import type { PaperRow } from "../../schemas/index.ts";
import { arxivBase, doiBase } from "../2-dedupe/profile/identifiers.ts";
import { normaliseTitle } from "../2-dedupe/profile/text-forms.ts";
import type { Release } from "../core/release.ts";

/** So many papers are named where several fit. */
export const MOST_FOUND = 10;

/** Whether a paper is what somebody asks for: by its id, an identifier, a mention's id, or words of its title. */
function fits(paper: PaperRow, asked: string, paperOfMention: string | null): boolean {
  if (paper.paper_id === asked || paper.paper_id === paperOfMention) return true;
  if (paper.arxiv_id !== null && paper.arxiv_id === arxivBase(asked)) return true;
  if (paper.doi !== null && paper.doi === doiBase(asked)) return true;
  const words = normaliseTitle(asked);
  return words !== "" && normaliseTitle(paper.title).includes(words);
}

async function paperOf(release: Release, mentionId: string): Promise<string | null> {
  if (!mentionId.startsWith("m_")) return null;
  for await (const { mention_id, paper_id } of release.rows("mentions"))
    if (mention_id === mentionId) return paper_id;
  return null;
}

/** The papers of a release that are asked for, at most a few; an exact title comes alone. */
export async function findPapers(release: Release, asked: string): Promise<PaperRow[]> {
  const paperOfMention = await paperOf(release, asked);
  const found: PaperRow[] = [];
  const exact: PaperRow[] = [];
  const words = normaliseTitle(asked);
  for await (const paper of release.rows("papers")) {
    if (!fits(paper, asked, paperOfMention)) continue;
    if (normaliseTitle(paper.title) === words) exact.push(paper);
    if (found.length < MOST_FOUND) found.push(paper);
  }
  return exact.length > 0 ? exact : found;
}

/** The work that an id stood for before, where it is retired; null where the release never retired it. */
export async function survivorOf(
  release: Release,
  id: string,
): Promise<{ readonly surviving_id: string | null; readonly retired_in_version: string } | null> {
  for await (const row of release.rows("retired_ids")) if (row.retired_id === id) return row;
  return null;
}
