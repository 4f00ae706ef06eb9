import { sharedPeople } from "./people.ts";
import type { Profile } from "./profile.ts";
import { type VenueRelation, venueRelation } from "./venues.ts";

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

/** Titles of fewer letters and digits stand for nothing alone. */
const SHORTEST_TITLE = 12;
/** Titles of fewer letters are generic when they come back in another year; longer ones in a third year. */
const SPEAKING_TITLE = 30;
/** So many of one title are looked at. */
const MOST_OF_TITLE = 200;

const familyKey = ({ people }: Profile) =>
  people
    .map(({ family }) => family.join(" "))
    .sort()
    .join("|");
const place = (profile: Profile) => `${profile.source}\0${profile.year}\0${familyKey(profile)}`;

function areDisjoint(profiles: readonly Profile[]): boolean {
  const [first, ...others] = profiles.filter(({ people }) => people.length > 0);
  return first !== undefined && others.some((other) => sharedPeople(first.people, other.people) === 0);
}

function isGenericTitle(profiles: readonly Profile[]): boolean {
  const length = profiles[0]?.squashed.length ?? 0;
  if (length < SHORTEST_TITLE) return true;
  const years = new Set(profiles.flatMap(({ year }) => year ?? [])).size;
  if (years >= 3 || (years === 2 && length < SPEAKING_TITLE)) return true;
  return profiles.length >= 3 && areDisjoint(profiles);
}

/** A title's uses by place, for generic titles. */
type Uses = ReadonlyMap<string, number>;

function usesOf(profiles: readonly Profile[]): Uses {
  const uses = new Map<string, number>();
  for (const profile of profiles) uses.set(place(profile), (uses.get(place(profile)) ?? 0) + 1);
  return uses;
}

/** Captures of fewer mentions show nothing of how they were made. */
const FEWEST_LISTED = 100;
/** At most this share of a capture that lists each work once may stand in it twice. */
const MOST_TWICE = 0.005;

/** How often each capture has a title again in the same year and by the same people. */
function countTwice(profiles: readonly Profile[], twice: Map<string, number>): void {
  const seen = new Set<string>();
  for (const profile of profiles) {
    const key = place(profile);
    if (seen.has(key)) twice.set(profile.source, (twice.get(profile.source) ?? 0) + 1);
    seen.add(key);
  }
}

/** So many papers of one venue show where else its papers are listed. */
const ENOUGH = 20;
const RARE = 0.05;
const USUAL = 0.5;
/** Titles of more mentions than this teach nothing of venues. */
const MOST_ALIKE = 6;

const venueKey = ({ venue }: Profile) => (venue === null ? null : `${venue.kind}:${venue.words.join(" ")}`);

/** How often two venues list one work in one year. */
class Counterparts {
  private readonly pairs = new Map<string, number>();
  private readonly totals = new Map<string, number>();

  add(pair: string): void {
    const first = pair.slice(0, pair.indexOf("\0"));
    this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
    this.totals.set(first, (this.totals.get(first) ?? 0) + 1);
  }

  relation(x: string, y: string): VenueRelation {
    const [ofX, ofY] = [this.totals.get(x) ?? 0, this.totals.get(y) ?? 0];
    if (Math.max(ofX, ofY) < ENOUGH) return "unknown";
    const count = this.pairs.get(`${x}\0${y}`) ?? 0;
    const share = Math.max(count / Math.max(ofX, 1), count / Math.max(ofY, 1));
    return share >= USUAL ? "same" : share < RARE ? "different" : "unknown";
  }
}

/** Which venues list the works of this title. */
function countVenues(profiles: readonly Profile[], counterparts: Counterparts): void {
  const telling = profiles.filter(
    ({ squashed, people, year, venue }) =>
      squashed.length >= SPEAKING_TITLE && people.length > 0 && year !== null && venue !== null,
  );
  for (const all of Map.groupBy(telling, ({ year }) => year).values()) {
    if (all.length < 2 || all.length > MOST_ALIKE) continue;
    const seen = new Set<string>();
    for (const [at, a] of all.entries())
      for (const b of all.slice(at + 1)) {
        const [x, y] = [venueKey(a), venueKey(b)];
        if (x === null || y === null || (sharedPeople(a.people, b.people) ?? 0) < USUAL) continue;
        for (const pair of new Set([`${x}\0${y}`, `${y}\0${x}`])) {
          if (seen.has(pair)) continue;
          seen.add(pair);
          counterparts.add(pair);
        }
      }
  }
}

/**
 * Learns from the mentions by their titles: `titles` has all mentions of each title that two or more have, `listed` how
 * many mentions each capture has.
 */
export function learnFrom(titles: Iterable<readonly Profile[]>, listed: ReadonlyMap<string, number>): Corpus {
  const generic = new Map<string, Uses>();
  const twice = new Map<string, number>();
  const counterparts = new Counterparts();
  for (const all of titles) {
    const [first] = all;
    if (first === undefined) continue;
    if (isGenericTitle(all.slice(0, MOST_OF_TITLE))) generic.set(first.squashed, usesOf(all));
    else countTwice(all, twice);
    countVenues(all, counterparts);
  }
  const once = new Set<string>();
  for (const [source, count] of listed)
    if (count >= FEWEST_LISTED && (twice.get(source) ?? 0) <= count * MOST_TWICE) once.add(source);
  return {
    listsOnce: (source) => once.has(source),
    isGeneric: ({ squashed }) => squashed.length < SHORTEST_TITLE || generic.has(squashed),
    isUnique: (profile) => (generic.get(profile.squashed)?.get(place(profile)) ?? 1) === 1,
    venues(a, b) {
      const byName = venueRelation(a.venue, b.venue);
      const [x, y] = [venueKey(a), venueKey(b)];
      if (byName !== "unknown" || x === null || y === null) return byName;
      return x === y ? "same" : counterparts.relation(x, y);
    },
  };
}

/** Learns what these mentions teach. */
export function learn(profiles: readonly Profile[]): Corpus {
  const listed = new Map<string, number>();
  for (const { source } of profiles) listed.set(source, (listed.get(source) ?? 0) + 1);
  return learnFrom(Map.groupBy(profiles, ({ squashed }) => squashed).values(), listed);
}
