import type { Profile } from "../profile.ts";
import { meetingKeys } from "./keys.ts";
import { joinTitles } from "./title-join.ts";

/** Titles less alike than this are not compared, unless a key brings them together. */
const LEAST_ALIKE = 0.5;
/** Groups under one key up to this size are compared pair by pair. */
const SMALL = 50;
/** So many different works under one key are told apart before a further mention is left alone. */
const WORKS_PER_KEY = 64;
/** So many mentions of each of two titles are compared with one another. */
const MENTIONS_PER_TITLE = 50;

/** Whether two mentions, by their places, are one work; asked once for each candidate pair. */
export type Ask = (a: number, b: number) => boolean;

/** Compares a large group with one mention of every work seen in it so far: a million equal mentions cost a million. */
function compareWithWorks(group: readonly number[], ask: Ask): void {
  const works: number[] = [];
  for (const mention of group) {
    let isKnown = false;
    for (const work of works) if (ask(work, mention)) isKnown = true;
    if (!isKnown && works.length < WORKS_PER_KEY) works.push(mention);
  }
}

function comparePairs(group: readonly number[], ask: Ask): void {
  for (const [at, b] of group.entries()) for (const a of group.slice(0, at)) ask(a, b);
}

function groupsByKey(profiles: readonly Profile[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [at, profile] of profiles.entries())
    for (const key of meetingKeys(profile)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [at]);
      else group.push(at);
    }
  return groups;
}

/**
 * Asks about every pair of mentions that may be one work: those with a common identifier, title or beginning of a
 * title, and those whose titles have many words in common. A pair may be asked about twice.
 */
export function askCandidates(profiles: readonly Profile[], ask: Ask): void {
  const groups = groupsByKey(profiles);
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    if (group.length <= SMALL) comparePairs(group, ask);
    else compareWithWorks(group, ask);
  }
  const byTitle = [...Map.groupBy(profiles.keys(), (at) => profiles[at]?.title.join(" ") ?? "").values()];
  const titles = byTitle.map(([first = 0]) => profiles[first]?.title ?? []);
  for (const [x, y] of joinTitles(titles, LEAST_ALIKE))
    for (const a of byTitle[x]?.slice(0, MENTIONS_PER_TITLE) ?? [])
      for (const b of byTitle[y]?.slice(0, MENTIONS_PER_TITLE) ?? []) ask(Math.min(a, b), Math.max(a, b));
}
