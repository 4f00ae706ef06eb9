import type { MatchRule } from "../../schemas/vocabularies.ts";
import type { PaperFacts } from "../1-parse/mention.ts";
import { arxivOf, foldText, normaliseTitle, publishedDoi } from "./keys.ts";

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

/** Scripts that put no spaces between words: their pairs of neighbouring characters stand for words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function words(text: string): Set<string> {
  const found = new Set<string>();
  for (const word of foldText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
    if (UNSPACED.test(word) && word.length > 2)
      for (let i = 0; i + 1 < word.length; i += 1) found.add(word.slice(i, i + 2));
    else found.add(word);
  return found;
}

/** Overlap coefficient: shared words over the words of the smaller text; 1 where one text contains the other. */
export function containment(a: string, b: string): number {
  const [left, right] = [words(a), words(b)];
  const smaller = Math.min(left.size, right.size);
  return smaller === 0 ? 0 : left.intersection(right).size / smaller;
}

/** The parts of an author's name that can tell people apart; initials cannot. */
const nameParts = (author: string) => [...words(author)].filter((part) => part.length > 1);

/** Share of the shorter author list that has a name part in common with the other list. */
function sharedAuthors(a: readonly string[], b: readonly string[]): number {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const parts = new Set(longer.flatMap(nameParts));
  return (
    shorter.filter((author) => nameParts(author).some((part) => parts.has(part))).length / shorter.length
  );
}

/** What forbids that two mentions are one work, whatever else agrees; null where nothing does. */
export function veto(a: PaperFacts, b: PaperFacts): DifferenceReason | null {
  const [arxivA, arxivB] = [arxivOf(a), arxivOf(b)];
  if (arxivA !== null && arxivB !== null && arxivA !== arxivB) return "different_arxiv_id";
  const [doiA, doiB] = [publishedDoi(a), publishedDoi(b)];
  if (doiA !== null && doiB !== null && doiA !== doiB) return "different_doi";
  const isSamePreprint = arxivA !== null && arxivA === arxivB;
  if (!isSamePreprint && a.authors?.length && b.authors?.length && sharedAuthors(a.authors, b.authors) === 0)
    return "different_authors";
  return null;
}

/** Whether two members of a group may not stand in it together. Another title alone forbids nothing: titles change. */
export function clash(a: PaperFacts, b: PaperFacts): boolean {
  const result = compare(a, b);
  return !result.same && result.reason !== "different_title" && result.reason !== "generic_title";
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
