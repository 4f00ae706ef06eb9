import type { Corpus } from "../corpus/corpus.ts";
import { containedNumbers, jaccardOfNumbers, trigrams } from "../profile/number-sets.ts";
import { sharedPeople } from "../profile/people.ts";
import type { Profile } from "../profile/profile.ts";
import { containment, jaccard } from "../profile/text-forms.ts";
import type { VenueRelation } from "../profile/venues.ts";

/** What two mentions have in common, as figures with names. Null where one of them does not say. */
export interface Features {
  /** The same letters and digits in the same order. */
  readonly isSameTitle: boolean;
  /** Likeness of the titles by words or by runs of letters, whichever is greater. */
  readonly title: number;
  /** Share of the shorter title's words that the other has. */
  readonly titleInOther: number;
  readonly shorterTitle: number;
  /** Share of the shorter list of authors that the other has. */
  readonly authors: number | null;
  /** The shorter list's length over the longer's. */
  readonly authorCounts: number | null;
  readonly leastAuthors: number;
  readonly yearsApart: number | null;
  readonly abstract: number | null;
  /** How many different words the shorter abstract has; 0 where one of them is not known. */
  readonly shorterAbstract: number;
  readonly venue: VenueRelation;
  /** The same volume, first page and year. */
  readonly isSamePlace: boolean;
  readonly isOtherVolume: boolean;
  readonly isOtherNumber: boolean;
  readonly isOtherPage: boolean;
  /** One of them may be a preprint. */
  readonly hasPreprint: boolean;
  readonly isGeneric: boolean;
  readonly isUnique: boolean;
  /** Both stand in one capture, and it lists each work once. */
  readonly isListedOnce: boolean;
}

const differ = <T>(a: T | null, b: T | null): boolean => a !== null && b !== null && a !== b;
const equal = <T>(a: T | null, b: T | null): boolean => a !== null && a === b;

/** A mention without a venue may be of a preprint, unless it has the DOI of a published form. */
const isPreprint = ({ venue, doi }: Profile) => (venue === null ? doi === null : venue.kind === "preprint");

export function featuresOf(a: Profile, b: Profile, corpus: Corpus): Features {
  const [wordsA, wordsB] = [new Set(a.title), new Set(b.title)];
  const counts = [a.people.length, b.people.length];
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const isSameTitle = a.squashed === b.squashed && a.squashed !== "";
  return {
    isSameTitle,
    title: isSameTitle
      ? 1
      : Math.max(
          jaccard(wordsA, wordsB),
          jaccardOfNumbers(trigrams(a.title.join(" ")), trigrams(b.title.join(" "))),
        ),
    titleInOther: containment(wordsA, wordsB),
    shorterTitle: Math.min(wordsA.size, wordsB.size),
    authors: sharedPeople(a.people, b.people),
    authorCounts: least === 0 ? null : least / most,
    leastAuthors: least,
    yearsApart: a.year === null || b.year === null ? null : Math.abs(a.year - b.year),
    abstract: a.abstract === null || b.abstract === null ? null : containedNumbers(a.abstract, b.abstract),
    shorterAbstract: Math.min(a.abstract?.length ?? 0, b.abstract?.length ?? 0),
    venue: corpus.venues(a, b),
    isSamePlace: equal(a.volume, b.volume) && equal(a.firstPage, b.firstPage) && equal(a.year, b.year),
    isOtherVolume: differ(a.volume, b.volume),
    isOtherNumber: differ(a.number, b.number),
    isOtherPage: differ(a.firstPage, b.firstPage),
    hasPreprint: isPreprint(a) || isPreprint(b),
    isGeneric: corpus.isGeneric(a) || corpus.isGeneric(b),
    isUnique: corpus.isUnique(a) && corpus.isUnique(b),
    isListedOnce: a.source === b.source && corpus.listsOnce(a.source),
  };
}
