import type { PaperRecord } from "../../1-parse/records/record.ts";
import { repair } from "../../1-parse/repairs/repairs.ts";
import { cleanText } from "../../core/text.ts";
import type { Described } from "./agreement.ts";

/** One paper of arXiv's metadata. */
export interface CataloguePaper extends Described {
  readonly arxiv_id: string;
}

/**
 * What a record of arXiv's is compared by; null where it has no title or identifier. The title is repaired as those of
 * captures are; abstract and authors are as written, since they are compared by their words.
 */
export function cataloguePaper({ title, arxiv_id, abstract, authors }: PaperRecord): CataloguePaper | null {
  if (title === null || arxiv_id === null) return null;
  return { arxiv_id, title: cleanText(repair(title)), abstract, authors };
}
