import { sharedPeople } from "../profile/people.ts";
import type { Profile } from "../profile/profile.ts";
import type { Venue, VenueRelation } from "../profile/venues.ts";

/** So many papers of one venue show where else its papers are listed. */
const ENOUGH = 20;
const RARE = 0.05;
const USUAL = 0.5;
/** Titles of more mentions in a year than this teach nothing of venues. */
export const MOST_ALIKE = 6;

/** How often two venues list one work in one year, and how often each lists one that another lists too. */
export interface Counterparts {
  readonly pairs: Map<string, number>;
  readonly totals: Map<string, number>;
}

const nameOf = ({ kind, words }: Venue) => `${kind}:${words.join(" ")}`;
const nameOfPair = (x: string, y: string) => `${x}\0${y}`;
const increase = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Counts the venues of mentions of one title and year whose people agree, each pair of venues once. */
export function countVenues(alike: readonly Profile[], { pairs, totals }: Counterparts): void {
  const seen = new Set<string>();
  for (const [at, a] of alike.entries())
    for (const b of alike.slice(at + 1)) {
      if (a.venue === null || b.venue === null || (sharedPeople(a.people, b.people) ?? 0) < USUAL) continue;
      const [x, y] = [nameOf(a.venue), nameOf(b.venue)];
      for (const [from, to] of [
        [x, y],
        [y, x],
      ] as const) {
        const pair = nameOfPair(from, to);
        if (seen.has(pair)) continue;
        seen.add(pair);
        increase(pairs, pair);
        increase(totals, from);
      }
    }
}

/** What the counts say of two venues whose names alone say nothing. */
export function relationOf(a: Venue, b: Venue, { pairs, totals }: Counterparts): VenueRelation {
  const [x, y] = [nameOf(a), nameOf(b)];
  if (x === y) return "same";
  const [ofX, ofY] = [totals.get(x) ?? 0, totals.get(y) ?? 0];
  if (Math.max(ofX, ofY) < ENOUGH) return "unknown";
  const count = pairs.get(nameOfPair(x, y)) ?? 0;
  const share = Math.max(count / Math.max(ofX, 1), count / Math.max(ofY, 1));
  return share >= USUAL ? "same" : share < RARE ? "different" : "unknown";
}
