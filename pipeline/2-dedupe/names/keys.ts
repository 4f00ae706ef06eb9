import type { Mention, PaperFacts } from "../../1-parse/mention.ts";
import { sha256 } from "../../core/digest.ts";
import { arxivOf, publishedDoi } from "../profile/identifiers.ts";
import { normaliseTitle } from "../profile/text-forms.ts";

/** Keys by which a work is known from release to release. Every key is ASCII. */

export function titleKey(title: string): string | null {
  const normal = normaliseTitle(title);
  return normal === "" ? null : `title:${sha256(normal)}`;
}

export const arxivKey = (id: string): string => `arxiv:${encodeURIComponent(id)}`;
export const doiKey = (doi: string): string => `doi:${encodeURIComponent(doi)}`;

/** Every key of a mention or a paper, the strongest first. */
export function keysOf(facts: Pick<Mention, "title" | "arxiv_id" | "doi">): string[] {
  const arxiv = arxivOf(facts);
  const doi = publishedDoi(facts);
  const keys = [arxiv && arxivKey(arxiv), doi && doiKey(doi), titleKey(facts.title)];
  return keys.filter((key): key is string => typeof key === "string" && key !== "");
}

/**
 * What the id of a work is made from: arXiv identifier, else DOI, else the title with the first author and year where
 * known.
 */
export function identityOf(facts: PaperFacts): string[] {
  const [strongest] = keysOf(facts);
  const isTitle = strongest?.startsWith("title:") ?? true;
  const firstAuthor = normaliseTitle(facts.authors?.[0] ?? "");
  return isTitle ? [strongest ?? "", firstAuthor, String(facts.year ?? "")] : [strongest ?? ""];
}
