import type { Mention, PaperFacts } from "../1-parse/mention.ts";
import { sha256 } from "../core/digest.ts";

/** Keys under which mentions of one work meet. Every key is ASCII. */

const ALPHABETIC = "[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}]";
const ACCENTS = new RegExp(`(?<=${ALPHABETIC})\\p{M}+`, "gu");

/** Compatibility forms, case and the accents of alphabetic scripts folded away; marks that are letters' parts stay. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ");
}

/** A title reduced to its letters and digits, folded. Digits stay, so that part 1 and part 2 do not meet. */
export function normaliseTitle(title: string): string {
  return foldText(title)
    .replace(/^\p{M}+|[^\p{L}\p{N}\p{M}]+\p{M}*/gu, "")
    .normalize("NFC");
}

const ARXIV_ID = /(\d{4}\.\d{4,5})|([a-z-]+)(\.[a-z]{2})?\/(\d{7})/iu;

/**
 * arXiv identifier without version, in its own spelling: `2401.01234v2` and `arXiv:2401.01234` are `2401.01234`, and
 * `MATH.gt/0309136` is `math.GT/0309136` (info.arxiv.org/help/arxiv_identifier.html). What is none stays as it is.
 */
export function arxivBase(id: string): string {
  const found = ARXIV_ID.exec(id);
  if (found === null) return id.trim();
  const [, modern, archive = "", subject = "", number = ""] = found;
  return modern ?? `${archive.toLowerCase()}${subject.toUpperCase()}/${number}`;
}

/** DOI in lower case without a resolver's address (DOI Handbook, 2.4: DOI names are case-insensitive). */
export function doiBase(doi: string): string {
  return doi
    .slice(Math.max(0, doi.search(/10\.\d{4,9}\//u)))
    .trim()
    .toLowerCase();
}

const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/u;

/** The arXiv identifier that the facts carry, also in the form of arXiv's own DOIs (10.48550/arXiv.*). */
export function arxivOf(facts: Pick<PaperFacts, "arxiv_id" | "doi">): string | null {
  if (facts.arxiv_id !== null) return arxivBase(facts.arxiv_id);
  const inDoi = facts.doi === null ? null : ARXIV_DOI.exec(doiBase(facts.doi));
  return inDoi?.[1] === undefined ? null : arxivBase(inDoi[1]);
}

/** The DOI of the published form; arXiv's own DOIs name the preprint and are none. */
export function publishedDoi(facts: Pick<PaperFacts, "doi">): string | null {
  if (facts.doi === null) return null;
  const doi = doiBase(facts.doi);
  return ARXIV_DOI.test(doi) ? null : doi;
}

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
