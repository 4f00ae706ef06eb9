import type { Profile } from "../profile/profile.ts";
import { type VenueRelation, venueRelation } from "../profile/venues.ts";
import { type Counterparts, countVenues, relationOf } from "./counterparts.ts";
import { SHORTEST_TITLE, TitleLesson, useOf } from "./title-lesson.ts";

/**
 * What a corpus teaches about titles and venues. Learnt from all mentions at once and from nothing else, so that
 * neither their order nor unrelated mentions change it.
 */
export interface Corpus {
  /** Whether a title stands for many works here: a column, an editorial, a short notice. */
  isGeneric(profile: Profile): boolean;
  /** Of a generic title: whether its capture has it once only for this year and these people. */
  isUnique(profile: Profile): boolean;
  /** Whether a capture lists each work once: then two of its titles are two works. */
  listsOnce(source: string): boolean;
  venues(a: Profile, b: Profile): VenueRelation;
}

/** The same as plain data, which can be handed to another thread. */
export interface Lessons {
  /** Every generic title, with the uses that a capture makes of it more than once. */
  readonly generic: ReadonlyMap<string, ReadonlySet<string>>;
  /** The captures that list each work once, as a catalogue does and an export from several catalogues does not. */
  readonly listingOnce: ReadonlySet<string>;
  readonly counterparts: Counterparts;
}

/** Captures of fewer mentions show nothing of how they were made. */
const FEWEST_LISTED = 100;
/** At most this share of a capture that lists each work once may stand in it twice. */
const MOST_TWICE = 0.005;

/**
 * Learns from the mentions by their titles: `titles` has all mentions of each title that two or more have, where a group
 * may have several titles; `listed` how many mentions each capture has.
 */
export function learnFrom(titles: Iterable<Iterable<Profile>>, listed: ReadonlyMap<string, number>): Lessons {
  const generic = new Map<string, ReadonlySet<string>>();
  const repeats = new Map<string, number>();
  const counterparts: Counterparts = { pairs: new Map(), totals: new Map() };
  for (const group of titles) {
    const lessons = new Map<string, TitleLesson>();
    for (const profile of group) {
      const { squashed } = profile;
      const lesson = lessons.get(squashed) ?? new TitleLesson(squashed);
      lessons.set(squashed, lesson);
      lesson.add(profile);
    }
    for (const lesson of lessons.values()) {
      if (lesson.isGeneric()) generic.set(lesson.title, lesson.repeatedUses());
      else lesson.countRepeats(repeats);
      for (const alike of lesson.tellingOfVenues()) countVenues(alike, counterparts);
    }
  }
  const listingOnce = new Set<string>();
  for (const [source, count] of listed)
    if (count >= FEWEST_LISTED && (repeats.get(source) ?? 0) <= count * MOST_TWICE) listingOnce.add(source);
  return { generic, listingOnce, counterparts };
}

/** The corpus that taught these lessons. */
export function corpusOf({ generic, listingOnce, counterparts }: Lessons): Corpus {
  return {
    listsOnce: (source) => listingOnce.has(source),
    isGeneric: ({ squashed }) => squashed.length < SHORTEST_TITLE || generic.has(squashed),
    isUnique: (profile) => !(generic.get(profile.squashed)?.has(useOf(profile)) ?? false),
    venues(a, b) {
      const byName = venueRelation(a.venue, b.venue);
      if (byName !== "unknown" || a.venue === null || b.venue === null) return byName;
      return relationOf(a.venue, b.venue, counterparts);
    },
  };
}

/** Learns what these mentions teach. */
export function learn(profiles: readonly Profile[]): Corpus {
  const listed = new Map<string, number>();
  for (const { source } of profiles) listed.set(source, (listed.get(source) ?? 0) + 1);
  return corpusOf(learnFrom(Map.groupBy(profiles, ({ squashed }) => squashed).values(), listed));
}
