import { compareText } from "../../core/text.ts";
import type { Profiles } from "../store/profiles.ts";
import { blocksOf } from "./blocks.ts";
import { type Ask, askPairs, PairList } from "./pairs.ts";
import { joinParts, joinTitles } from "./title-join.ts";
import { type TitleSets, type TitleWords, titleSets, titleWords } from "./title-sets.ts";

/** Titles less alike than this are not compared, unless a key brings them together. */
export const LEAST_ALIKE = 0.5;
/** Groups under one key up to this size are compared pair by pair. */
const SMALL = 50;
/** So many different works under one key are told apart before a further mention is left alone. */
const WORKS_PER_KEY = 64;
/** So many mentions of each of two titles are compared with one another. */
const MENTIONS_PER_TITLE = 50;
/** Of many titles with one beginning each is compared with so many behind it in the order of their letters. */
const NEIGHBOURS = 16;

/** Compares a large group with one mention of every work seen in it so far: a million equal mentions cost a million. */
function compareWithWorks(group: Int32Array, ask: Ask): void {
  const works: number[] = [];
  for (const mention of group) {
    let isKnown = false;
    for (const work of works) if (ask(work, mention)) isKnown = true;
    if (!isKnown && works.length < WORKS_PER_KEY) works.push(mention);
  }
}

/** Every number below `length` with so many next ones. */
function* neighbours(length: number, next: number): Generator<readonly [number, number]> {
  for (let i = 0; i < length; i += 1) for (let j = i + 1; j < length && j <= i + next; j += 1) yield [i, j];
}

function* pairsIn(group: Int32Array): Generator<readonly [number, number]> {
  for (const [i, j] of neighbours(group.length, group.length)) yield [group[i] ?? 0, group[j] ?? 0];
}

/**
 * Pairs under one beginning among very many: a title that was cut stands before the whole one in the order of letters,
 * with few between them (Hernández and Stolfo, SIGMOD 1995). Those with one title meet under that.
 */
function* neighboursByLetters(group: Int32Array, profiles: Profiles): Generator<readonly [number, number]> {
  const titles = Array.from(group, (place) => ({ place, title: profiles.titleAt(place).join("") }));
  titles.sort((x, y) => compareText(x.title, y.title) || x.place - y.place);
  for (const [i, j] of neighbours(titles.length, NEIGHBOURS)) {
    const [x, y] = [titles[i], titles[j]];
    if (x !== undefined && y !== undefined && x.title !== y.title) yield [x.place, y.place];
  }
}

/** The different titles of all mentions. */
export interface DifferentTitles {
  /** One mention of each. */
  readonly heads: Int32Array;
  /** The first few mentions of those that have several, by the one above. */
  readonly groups: ReadonlyMap<number, readonly number[]>;
}

export function differentTitles(profiles: Profiles): DifferentTitles {
  const groups = new Map<number, readonly number[]>();
  const isOther = new Uint8Array(profiles.length);
  for (const block of blocksOf(profiles.keys("words"))) {
    // two titles may have one number
    const byWords = new Map<string, number[]>();
    for (const place of block) {
      const words = profiles.titleAt(place).join(" ");
      const group = byWords.get(words);
      if (group === undefined) byWords.set(words, [place]);
      else if (group.length < MENTIONS_PER_TITLE) group.push(place);
      if (group !== undefined) isOther[place] = 1;
    }
    for (const group of byWords.values()) if (group.length > 1) groups.set(group[0] ?? 0, group);
  }
  return { heads: Int32Array.from(isOther.keys()).filter((place) => isOther[place] === 0), groups };
}

/**
 * Pairs with a common identifier, title, beginning of a title or opening of an abstract. In a group too large for all pairs they are asked about
 * at once, since which pairs are needed there depends on the answers.
 */
export function meetByKeys(profiles: Profiles, pairs: PairList, ask: Ask): void {
  for (const key of ["arxiv", "doi", "title", "opening"] as const)
    for (const group of blocksOf(profiles.keys(key)))
      if (group.length > SMALL) compareWithWorks(group, ask);
      else for (const [a, b] of pairsIn(group)) pairs.add(a, b);
  for (const group of blocksOf(profiles.keys("beginning"))) {
    const found = group.length > SMALL ? neighboursByLetters(group, profiles) : pairsIn(group);
    for (const [a, b] of found) pairs.add(a, b);
  }
}

/** The different titles of all mentions, to be joined. */
export interface Titles {
  readonly sets: TitleSets;
  /** Adds the pairs of mentions of two titles, by the titles' numbers. */
  addPairs(x: number, y: number, pairs: PairList): void;
}

/** @param words those of all different titles, in their order */
export function titlesToJoin({ heads, groups }: DifferentTitles, words: readonly TitleWords[]): Titles {
  const mentionsOf = (title: number) => groups.get(heads[title] ?? 0) ?? [heads[title] ?? 0];
  return {
    sets: titleSets(words),
    addPairs(x, y, pairs) {
      for (const a of mentionsOf(x)) for (const b of mentionsOf(y)) pairs.add(a, b);
    },
  };
}

/**
 * Asks about every pair of mentions that may be one work: those with a common identifier, title, beginning of a title
 * or opening of an abstract, and those whose titles have many words in common.
 */
export function askCandidates(profiles: Profiles, ask: Ask): void {
  const pairs = new PairList(profiles.length);
  meetByKeys(profiles, pairs, ask);
  const different = differentTitles(profiles);
  const words = titleWords(different.heads.values().map((place) => profiles.titleAt(place)));
  const { sets, addPairs } = titlesToJoin(different, [words]);
  for (const part of joinParts(sets, LEAST_ALIKE))
    joinTitles(sets, LEAST_ALIKE, part, (x, y) => addPairs(x, y, pairs));
  askPairs(pairs.unique(), ask);
}
