import type { PaperFacts } from "../../1-parse/mention.ts";

/** Identifiers in the one form in which they are compared. */

const ARXIV_ID = /(\d{4}\.\d{4,5})|(?<![a-z-])([a-z-]{2,20})(\.[a-z]{2})?\/(\d{7})/iu;

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

/** Versions that publishers append: `.pub3` (Cochrane reviews), `.v2` (preprint servers, repositories). */
const VERSION = /\.(pub\d{1,3}|v\d{1,3})$/u;

/** The version that a DOI ends in, if it does. */
export const doiVersion = (doi: string): string | null => VERSION.exec(doiBase(doi))?.[1] ?? null;

const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/u;
/**
 * DOIs of preprint servers name no published form (Crossref and DataCite member lists): arXiv, SSRN, Preprints.org,
 * Research Square, ChemRxiv, OSF Preprints, PsyArXiv, SocArXiv, TechRxiv, Authorea; and bioRxiv and medRxiv, which
 * share a prefix with journals and number by day.
 */
const PREPRINT_DOI =
  /^10\.(?:48550|2139|20944|21203|26434|31219|31234|31235|36227|22541)\/|^10\.1101\/(?:\d{6}|\d{4}\.\d{2}\.\d{2}\.\d{6,8})(?!\d)/u;

/** The arXiv identifier that the facts carry, also in the form of arXiv's own DOIs (10.48550/arXiv.*). */
export function arxivOf(facts: Pick<PaperFacts, "arxiv_id" | "doi">): string | null {
  if (facts.arxiv_id !== null) return arxivBase(facts.arxiv_id);
  const inDoi = facts.doi === null ? null : ARXIV_DOI.exec(doiBase(facts.doi));
  return inDoi?.[1] === undefined ? null : arxivBase(inDoi[1]);
}

/** The DOI of the published form, without its version; those of preprint servers name the preprint and are none. */
export function publishedDoi(facts: Pick<PaperFacts, "doi">): string | null {
  if (facts.doi === null) return null;
  const doi = doiBase(facts.doi);
  return PREPRINT_DOI.test(doi) ? null : doi.replace(VERSION, "");
}
