import type { IdSource } from "../../../schemas/vocabularies.ts";
import type { PaperFacts } from "../../1-parse/mention.ts";
import { peopleOf, sharedPeople } from "../../2-dedupe/profile/people.ts";
import { containment, normaliseTitle, wordsOf } from "../../2-dedupe/profile/text-forms.ts";

/** Whether a paper is the one that a catalogue lists, by their titles and what else both say. Pure. */

export type Described = Pick<PaperFacts, "title" | "abstract" | "authors">;

/** How an identifier was found that no capture carries. */
export type FoundBy = Exclude<IdSource, "captured">;

/** Titles of fewer letters and digits name no work ("Reply"). */
const SHORTEST_TITLE = 8;

/** What a title is looked up by; null: too little to name a work. */
export function titleKey(title: string): string | null {
  const key = normaliseTitle(title);
  return key.length < SHORTEST_TITLE ? null : key;
}

/** Shorter abstracts say nothing, in different words. */
const SHORTEST_ABSTRACT = 6;
/** Words of the shorter abstract that the other has: one text from here on, and another below. */
const SAME_ABSTRACT = 0.7;
const OTHER_ABSTRACT = 0.4;
/** The share of the shorter list's people: all of them, and too few of them. */
const ALL = 0.99;
const OTHERS = 0.5;

const abstractSet = ({ abstract }: Described): ReadonlySet<string> => new Set(wordsOf(abstract ?? ""));

/** Whether a description says enough beside its title to agree with another one. */
export const isComparable = (one: Described): boolean =>
  titleKey(one.title) !== null &&
  (abstractSet(one).size >= SHORTEST_ABSTRACT || peopleOf(one.authors).length > 0);

function abstractLikeness(a: Described, b: Described): number | null {
  const [left, right] = [abstractSet(a), abstractSet(b)];
  return Math.min(left.size, right.size) < SHORTEST_ABSTRACT ? null : containment(left, right);
}

/**
 * What beside the equal titles shows that two descriptions are of one work; null where nothing does, or where something
 * speaks against it.
 */
export function agreement(a: Described, b: Described): FoundBy | null {
  if (titleKey(a.title) === null || titleKey(a.title) !== titleKey(b.title)) return null;
  const abstract = abstractLikeness(a, b);
  const people = sharedPeople(peopleOf(a.authors), peopleOf(b.authors));
  if ((abstract !== null && abstract < OTHER_ABSTRACT) || (people !== null && people < OTHERS)) return null;
  if (abstract !== null && abstract >= SAME_ABSTRACT) return "title_and_abstract";
  return people !== null && people >= ALL ? "title_and_authors" : null;
}
