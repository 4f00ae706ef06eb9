import type { MatchRule } from "../../../schemas/vocabularies.ts";
import type { Corpus } from "../corpus/corpus.ts";
import type { Profile } from "../profile/profile.ts";
import { type Features, featuresOf } from "./features.ts";
import { type Difference, identifierVeto, quickVeto, vetoOf } from "./vetoes.ts";

/** A rule that ties two mentions. */
export type TieRule = Exclude<MatchRule, "single">;

/** Two mentions are one work, by a rule and with a strength from 0 to 1; or they are not, for a reason. */
export type Comparison =
  | { readonly same: true; readonly rule: TieRule; readonly score: number }
  | { readonly same: false; readonly reason: Difference };

/** Titles of fewer letters and digits say too little alone ("Calls for papers and announcements"). */
const SPEAKING_TITLE = 20;
const TELLING_TITLE = 40;
/** Likeness of titles: enough with an identifier, of nearly one title, of the same title in other words. */
const SOME = 0.5;
const PARTIAL = 0.55;
const MOST = 0.8;
const NEARLY_ALL = 0.92;
/** Containment of abstracts: below, they are two; above, they are one text. */
const OTHER_ABSTRACT = 0.4;
const SAME_ABSTRACT = 0.7;
/** Abstracts of so many different words are not by chance alike, nor by a pattern of their field. */
const LONG_ABSTRACT = 40;
/** Longer lists of authors are those of collaborations. */
const MOST_AUTHORS = 20;
const HALF = 0.5;
const MANY = 0.6;
const ALL = 0.99;

const no = (reason: Difference): Comparison => ({ same: false, reason });
const yes = (rule: TieRule, score: number): Comparison => ({ same: true, rule, score });

/** An equal DOI still needs a title or an abstract that agrees: catalogues print wrong ones. */
function byDoi(
  a: Profile,
  b: Profile,
  { title, titleInOther, shorterTitle, abstract, isSamePlace }: Features,
): Comparison {
  if (a.doiVersion !== b.doiVersion && title < MOST) return no("different_doi_version");
  const isContained = titleInOther >= MOST && shorterTitle >= 3;
  return title >= SOME || isContained || isSamePlace || (abstract ?? 0) >= SAME_ABSTRACT
    ? yes("same_doi", Math.max(title, SOME))
    : no("shared_doi");
}

/** A title that many works have says nothing: its people must be several, or each once in its capture. */
function byGenericTitle(features: Features): Comparison {
  const { isSameTitle, title, leastAuthors, yearsApart, venue, isUnique, abstract } = features;
  if (isSameTitle && (abstract ?? 0) >= SAME_ABSTRACT) return yes("same_title", MOST);
  const isAllSame =
    (features.authors ?? 0) >= ALL &&
    features.authorCounts === 1 &&
    yearsApart === 0 &&
    venue !== "different";
  if (isAllSame && title > SOME && (leastAuthors > 1 || (isSameTitle && isUnique)))
    return yes("generic_title", MANY);
  return features.isSamePlace && isSameTitle ? yes("generic_title", MANY) : no("generic_title");
}

function byTitle(a: Profile, b: Profile, features: Features): Comparison {
  const { isSameTitle, title, authors, authorCounts, abstract, venue, yearsApart } = features;
  const support = [abstract, authors].filter((value) => value !== null);
  const letters = Math.min(a.squashed.length, b.squashed.length);
  if (isSameTitle && (letters >= SPEAKING_TITLE || support.length > 0))
    return yes("same_title", [1, ...support].reduce((x, y) => x + y) / (support.length + 1));
  const people = (authors ?? 0) * (authorCounts ?? 0);
  const agree =
    authors === null ? letters >= TELLING_TITLE : authors >= HALF && (people >= MANY || venue === "same");
  // a collaboration signs many papers a year, with titles of one pattern
  const isCollaboration = features.leastAuthors > MOST_AUTHORS;
  if (title >= (isCollaboration ? NEARLY_ALL : MOST) && agree) return yes("similar_title", title);
  if (title >= SOME && (abstract ?? 0) >= SAME_ABSTRACT && (authors ?? 1) >= HALF)
    return yes("title_and_abstract", title);
  const isOneText = (abstract ?? 0) >= NEARLY_ALL && features.shorterAbstract >= LONG_ABSTRACT;
  if (isOneText && (yearsApart ?? 0) <= 1 && people >= ALL) return yes("same_abstract", (abstract ?? 0) / 2);
  if (yearsApart !== 0 || venue === "different") return no("different_title");
  if (isCollaboration) return no("different_title");
  if (title >= PARTIAL && people >= MANY) return yes("partial_title", title / 2);
  return features.titleInOther >= ALL && features.shorterTitle >= 3 && people >= ALL
    ? yes("partial_title", features.titleInOther / 4)
    : no("different_title");
}

/** Decides whether two mentions are of one work. Symmetric; knows nothing of where the mentions stand. */
export function compare(a: Profile, b: Profile, corpus: Corpus): Comparison {
  const quick = quickVeto(a, b);
  if (quick !== null) return no(quick);
  const features = featuresOf(a, b, corpus);
  const forbidden = identifierVeto(a, b, features);
  if (forbidden !== null) return no(forbidden);
  if (a.arxiv !== null && a.arxiv === b.arxiv) return yes("same_arxiv_id", 1);
  if (a.doi !== null && a.doi === b.doi) return byDoi(a, b, features);
  const veto = vetoOf(a, b, features);
  if (veto !== null) return no(veto);
  if (features.isGeneric) return byGenericTitle(features);
  if (features.abstract !== null && features.abstract < OTHER_ABSTRACT) return no("different_abstract");
  return byTitle(a, b, features);
}
