import type { MatchRule } from "../../schemas/vocabularies.ts";
import type { PaperFacts } from "../1-parse/mention.ts";
import { arxivOf, normaliseTitle, publishedDoi } from "./keys.ts";

/** Two mentions are one work, by a rule and with a strength from 0 to 1; or they are not, for a reason. */
export type Comparison =
  | { readonly same: true; readonly rule: Exclude<MatchRule, "single">; readonly score: number }
  | { readonly same: false; readonly reason: DifferenceReason };

export type DifferenceReason =
  | "different_arxiv_id"
  | "different_doi"
  | "different_authors"
  | "different_abstract"
  | "different_title"
  | "generic_title";

/** Titles below this many letters and digits say too little to stand alone ("Introduction", "Short notices"). */
const SPEAKING_TITLE = 20;
/** Share of the shorter text's words that must stand in the longer one, so that a cut abstract still agrees. */
const SIMILAR_ABSTRACT = 0.5;
const SIMILAR_TITLE = 0.5;

function words(text: string): Set<string> {
  return new Set(
    text
      .normalize("NFKD")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

/** Overlap coefficient: shared words over the words of the smaller text; 1 where one text contains the other. */
export function containment(a: string, b: string): number {
  const [left, right] = [words(a), words(b)];
  const smaller = Math.min(left.size, right.size);
  return smaller === 0 ? 0 : left.intersection(right).size / smaller;
}

const surname = (author: string) =>
  normaliseTitle(
    author.includes(",") ? (author.split(",")[0] ?? "") : (author.trim().split(/\s+/u).at(-1) ?? ""),
  );

function sharedAuthors(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a.map(surname)), new Set(b.map(surname))];
  return left.intersection(right).size / Math.min(left.size, right.size);
}

/** What forbids that two mentions are one work, whatever else agrees; null where nothing does. */
export function veto(a: PaperFacts, b: PaperFacts): DifferenceReason | null {
  const [arxivA, arxivB] = [arxivOf(a), arxivOf(b)];
  if (arxivA !== null && arxivB !== null && arxivA !== arxivB) return "different_arxiv_id";
  const [doiA, doiB] = [publishedDoi(a), publishedDoi(b)];
  if (doiA !== null && doiB !== null && doiA !== doiB) return "different_doi";
  if (a.authors?.length && b.authors?.length && sharedAuthors(a.authors, b.authors) === 0)
    return "different_authors";
  return null;
}

/** Decides whether two mentions are of one work. Symmetric; knows nothing of where the mentions stand. */
export function compare(a: PaperFacts, b: PaperFacts): Comparison {
  const forbidden = veto(a, b);
  if (forbidden !== null) return { same: false, reason: forbidden };
  const arxiv = arxivOf(a);
  if (arxiv !== null && arxiv === arxivOf(b)) return { same: true, rule: "same_arxiv_id", score: 1 };
  const doi = publishedDoi(a);
  if (doi !== null && doi === publishedDoi(b)) {
    const score = containment(a.title, b.title);
    return score >= SIMILAR_TITLE
      ? { same: true, rule: "same_doi", score }
      : { same: false, reason: "different_title" };
  }
  const title = normaliseTitle(a.title);
  if (title !== normaliseTitle(b.title)) return { same: false, reason: "different_title" };
  const abstracts = a.abstract === null || b.abstract === null ? null : containment(a.abstract, b.abstract);
  if (abstracts !== null && abstracts < SIMILAR_ABSTRACT)
    return { same: false, reason: "different_abstract" };
  const authors = a.authors?.length && b.authors?.length ? sharedAuthors(a.authors, b.authors) : null;
  const support = [abstracts, authors].filter((value) => value !== null);
  if (title.length < SPEAKING_TITLE && support.length === 0) return { same: false, reason: "generic_title" };
  return {
    same: true,
    rule: "same_title",
    score: [1, ...support].reduce((x, y) => x + y) / (support.length + 1),
  };
}
