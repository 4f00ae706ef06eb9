import { pageOf, SITE } from "../listing-site.ts";
import { arxivIn } from "../records/record.ts";

/** A page of one paper: on the site, beside the captured page, in an archive's copy, or beside a saved file. */
const PAPER =
  /^(?:file:\/\/[^/]{0,99}|(?:\S{0,300}\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)|\.{0,2})\/?papers\/(\d{4}\.\d{4,5})(?:v\d+)?\/?(?:\?[^#]*)?(#.*)?$/iu;

export interface PaperAddress {
  readonly id: string;
  readonly url: string;
  /** Whether it leads to what people say of the paper. */
  readonly isDiscussion: boolean;
}

/** The paper whose page on the listing's site a link leads to, or null. */
export function paperAddress(target: string | null): PaperAddress | null {
  const found = target === null ? null : PAPER.exec(target.slice(0, 600));
  const url = pageOf(found?.[1] ?? "");
  const id = arxivIn(url);
  return id === null ? null : { id, url, isDiscussion: found?.[2] === "#community" };
}

/** The target as an address of the web; null for a place on the page, mail, and what is none. */
export function absoluteAddress(target: string | null): string | null {
  if (target === null) return null;
  const paper = paperAddress(target);
  if (paper !== null && !/^https?:/iu.test(target)) return paper.url;
  if (/^https?:\/\/[^\s/]/iu.test(target)) return target;
  if (/^\/\/[^\s/]/u.test(target)) return `https:${target}`;
  return /^\/[^\s/]/u.test(target) ? SITE + target : null;
}
