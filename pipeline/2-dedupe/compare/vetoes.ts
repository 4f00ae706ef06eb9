import type { Vocabulary } from "../../../schemas/index.ts";
import { sharedPeople } from "../profile/people.ts";
import type { Profile } from "../profile/profile.ts";
import type { Features } from "./features.ts";

/** Why two mentions are not taken for one work, each in words. */
export const DIFFERENCES = {
  different_arxiv_id: "They have different arXiv identifiers.",
  different_doi: "They have the DOIs of two published forms.",
  different_doi_version: "They have two versions of a DOI and different titles.",
  shared_doi: "They share a DOI, but neither titles nor abstracts agree: one of them has a wrong one.",
  different_authors: "Nobody is an author of both.",
  different_numerals: "Their titles have different numbers.",
  different_part: "Only one of their titles has the number of a part, or another one.",
  different_role: "One is a reply, a comment, an erratum or a review, and the other is not.",
  different_venue: "They came out in different venues.",
  published_twice: "They came out in different years, and not in one venue.",
  years_apart: "They came out more than two years apart.",
  different_abstract: "Their abstracts have little in common.",
  listed_twice:
    "One capture lists both, under two titles, and neither abstracts nor pages show that they are one.",
  generic_title: "Many works have this title, and nothing else shows that they are one.",
  different_title: "Their titles differ, and too little else agrees.",
} as const satisfies Vocabulary;
export type Difference = keyof typeof DIFFERENCES;

/** Differences that say too little to keep two mentions apart when others tie them. */
const WEAK: ReadonlySet<Difference> = new Set(["different_title", "generic_title"]);
export const isWeak = (difference: Difference): boolean => WEAK.has(difference);

const MOST_YEARS = 2;
/** Titles less alike than this are of two works whatever numbers they have. */
const ALIKE = 0.5;
const ALL = 0.99;
/** Titles more alike than this differ in a letter or two. */
const NEARLY = 0.92;
/** Abstracts that have so much in common are of one text. */
const SAME_ABSTRACT = 0.8;

function numbersDiffer(a: Profile, b: Profile, { title }: Features): Difference | null {
  const onlyA = a.numerals.some((number) => !b.numerals.includes(number));
  const onlyB = b.numerals.some((number) => !a.numerals.includes(number));
  if (onlyA && onlyB) return "different_numerals";
  const isMissing =
    (a.part !== null && !b.numerals.includes(a.part)) || (b.part !== null && !a.numerals.includes(b.part));
  return title >= ALIKE && isMissing ? "different_part" : null;
}

/** A review in the same place, of the same year and by the same people is itself, however a source titles it. */
function rolesDiffer(a: Profile, b: Profile, features: Features): boolean {
  const roles = [
    ...a.roles.filter((role) => !b.roles.includes(role)),
    ...b.roles.filter((role) => !a.roles.includes(role)),
  ];
  const isItself =
    (features.authors ?? 0) >= ALL && features.yearsApart === 0 && features.venue !== "different";
  return roles.length > 0 && !(isItself && roles.every((role) => role === "review"));
}

/** What forbids that two mentions without a common identifier are one work, whatever else agrees; null: nothing does. */
export function vetoOf(a: Profile, b: Profile, features: Features): Difference | null {
  const { authors, isSameTitle, abstract, venue, hasPreprint, isSamePlace, yearsApart } = features;
  const isOneText = isSameTitle && (abstract ?? 0) >= SAME_ABSTRACT;
  if (authors === 0 && !isOneText) return "different_authors";
  const numbers = numbersDiffer(a, b, features);
  if (numbers !== null) return numbers;
  if (rolesDiffer(a, b, features)) return "different_role";
  const isListedTwice = features.isListedOnce && !isSameTitle && features.title < NEARLY;
  if (isListedTwice && (abstract ?? 0) < SAME_ABSTRACT && !isSamePlace) return "listed_twice";
  if (hasPreprint || isSamePlace) return null;
  if (features.isOtherNumber && features.isOtherPage) return "published_twice";
  if (venue === "different") return "different_venue";
  if (yearsApart === null || yearsApart === 0) return null;
  if (yearsApart > MOST_YEARS) return "years_apart";
  // conferences have no volumes
  const areConferences = a.venue?.kind === "conference" && b.venue?.kind === "conference";
  const isOther = features.isOtherVolume || areConferences;
  if (venue !== "same" || (isOther && features.isOtherPage)) return "published_twice";
  return null;
}

/**
 * What forbids a pair before its words are looked at, as most pairs that are not one work can be told: other
 * identifiers, or nobody in common. Never another answer than the whole comparison gives.
 */
export function quickVeto(a: Profile, b: Profile): Difference | null {
  const isSameArxiv = a.arxiv !== null && a.arxiv === b.arxiv;
  if (!isSameArxiv && a.arxiv !== null && b.arxiv !== null) return "different_arxiv_id";
  if (isSameArxiv || a.squashed === b.squashed || (a.doi !== null && a.doi === b.doi)) return null;
  if (a.doi !== null && b.doi !== null) return "different_doi";
  return sharedPeople(a.people, b.people) === 0 ? "different_authors" : null;
}

/** What identifiers forbid; null: nothing. Two DOIs forbid nothing where volume, page, year and title are the same. */
export function identifierVeto(a: Profile, b: Profile, features: Features): Difference | null {
  if (a.arxiv !== null && b.arxiv !== null && a.arxiv !== b.arxiv) return "different_arxiv_id";
  const isOther = a.doi !== null && b.doi !== null && a.doi !== b.doi;
  return isOther && !(features.isSamePlace && features.isSameTitle) ? "different_doi" : null;
}
