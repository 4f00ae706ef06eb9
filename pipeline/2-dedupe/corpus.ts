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
const familyKey = ({ people }: Profile) =>
  people
    .map(({ family }) => family.join(" "))
    .sort()
    .join("|");
const place = (profile: Profile) => `${profile.source}\0${profile.year}\0${familyKey(profile)}`;

/** Different lists of people under one title that are held against each other. */
const MOST_LISTS = 30;

/** Whether three lists of people have nobody in common, two by two: one stranger may be a wrong name. */
function areDisjoint(profiles: readonly Profile[]): boolean {
  const lists = new Map<string, Profile>();
  for (const profile of profiles)
    if (profile.people.length > 0)
      lists.set(`${familyKey(profile)}/${profile.people.map(({ initials }) => initials).join("|")}`, profile);
  const named = [...lists].sort(([x], [y]) => (x < y ? -1 : 1)).slice(0, MOST_LISTS);
  const apart = ([, x]: (typeof named)[number], [, y]: (typeof named)[number]) =>
    sharedPeople(x.people, y.people) === 0;
  return named.some((x, i) =>
    named
      .slice(i + 1)
      .some((y, j) => apart(x, y) && named.slice(i + j + 2).some((z) => apart(x, z) && apart(y, z))),
  );
}

function isGenericTitle(profiles: readonly Profile[]): boolean {
  const length = profiles[0]?.squashed.length ?? 0;
  if (length < SHORTEST_TITLE) return true;
  // a preprint's year says nothing of how often a title comes back
  const published = profiles.filter(({ venue }) => venue?.kind !== "preprint");
  const years = new Set(published.flatMap(({ year }) => year ?? [])).size;
  if (years >= 3 || (years === 2 && length < SPEAKING_TITLE)) return true;
  return profiles.length >= 3 && areDisjoint(profiles);
}

/** A title's uses by place, for generic titles. */
type Uses = ReadonlyMap<string, number>;

function titlesOf(profiles: readonly Profile[]): Map<string, Uses> {
  const generic = new Map<string, Uses>();
  for (const [title, all] of Map.groupBy(profiles, ({ squashed }) => squashed)) {
    if (!isGenericTitle(all)) continue;
    const uses = new Map<string, number>();
    for (const at of all.map(place)) uses.set(at, (uses.get(at) ?? 0) + 1);
    generic.set(title, uses);
  }
  return generic;
}

/** Captures of fewer mentions show nothing of how they were made. */
const FEWEST_LISTED = 100;
/** At most this share of a capture that lists each work once may stand in it twice. */
const MOST_TWICE = 0.005;

/** The captures that list each work once, as a catalogue does and an export from several catalogues does not. */
function sourcesListingOnce(profiles: readonly Profile[], generic: ReadonlyMap<string, Uses>): Set<string> {
  const once = new Set<string>();
  for (const [source, all] of Map.groupBy(profiles, (profile) => profile.source)) {
    if (all.length < FEWEST_LISTED) continue;
    const seen = new Set<string>();
    let twice = 0;
    for (const profile of all) {
      if (generic.has(profile.squashed)) continue;
      const key = `${profile.squashed}\0${place(profile)}`;
      if (seen.has(key)) twice += 1;
      seen.add(key);
    }
    if (twice <= all.length * MOST_TWICE) once.add(source);
  }
  return once;
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

  add(x: string, y: string): void {
    const pair = `${x}\0${y}`;
    this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
    this.totals.set(x, (this.totals.get(x) ?? 0) + 1);
  }

  relation(x: string, y: string): VenueRelation {
    const [ofX, ofY] = [this.totals.get(x) ?? 0, this.totals.get(y) ?? 0];
    if (Math.max(ofX, ofY) < ENOUGH) return "unknown";
    const count = this.pairs.get(`${x}\0${y}`) ?? 0;
    const share = Math.max(count / Math.max(ofX, 1), count / Math.max(ofY, 1));
    return share >= USUAL ? "same" : share < RARE ? "different" : "unknown";
  }
}

function counterpartsOf(profiles: readonly Profile[]): Counterparts {
  const counterparts = new Counterparts();
  const telling = profiles.filter(
    ({ squashed, people, year, venue }) =>
      squashed.length >= SPEAKING_TITLE && people.length > 0 && year !== null && venue !== null,
  );
  for (const all of Map.groupBy(telling, ({ squashed, year }) => `${squashed}\0${year}`).values()) {
    if (all.length < 2 || all.length > MOST_ALIKE) continue;
    const seen = new Set<string>();
    for (const [at, a] of all.entries())
      for (const b of all.slice(at + 1)) {
        const [x, y] = [venueKey(a), venueKey(b)];
        if (x === null || y === null || (sharedPeople(a.people, b.people) ?? 0) < USUAL) continue;
        for (const [from, to] of [
          [x, y],
          [y, x],
        ] as const) {
          const pair = `${from}\0${to}`;
          if (seen.has(pair)) continue;
          seen.add(pair);
          counterparts.add(from, to);
        }
      }
  }
  return counterparts;
}

/** Learns what these mentions teach. */
export function learn(profiles: readonly Profile[]): Corpus {
  const generic = titlesOf(profiles);
  const counterparts = counterpartsOf(profiles);
  const once = sourcesListingOnce(profiles, generic);
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
