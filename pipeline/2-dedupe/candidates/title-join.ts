import type { TitleSets } from "./title-sets.ts";

/**
 * Pairs of titles with many words in common: an exact set-similarity join by prefix filtering (Chaudhuri et al., ICDE
 * 2006; Bayardo et al., WWW 2007) with length and positional filters (Xiao et al., PPJoin, WWW 2008). Two sets that are
 * alike share a word among their rarest ones, so that only those are looked up.
 */

/** Words in so many titles are no start: pairs that share only such words are not looked for. */
const MOST_OF_WORD = 2_000;

const LONGEST_SET = 255;

/** So many shorter titles are given for one: of many made by one pattern those that have most in common with it. */
const MOST_ALIKE = 50;

/** How many words two sets share; gives up as soon as they cannot be so many as they must. */
function sharedWords(
  words: Int32Array,
  a: number,
  endA: number,
  b: number,
  endB: number,
  least: number,
): number {
  let common = 0;
  for (let [i, j] = [a, b]; i < endA && j < endB; ) {
    if (common + Math.min(endA - i, endB - j) < least) return common;
    const difference = (words[i] ?? 0) - (words[j] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common;
}

interface Alike {
  readonly y: number;
  readonly likeness: number;
}

/** The most alike, all of them where they are few; of equals those with the smaller numbers. */
const mostAlike = (all: readonly Alike[]) =>
  all.length <= MOST_ALIKE
    ? all
    : all.toSorted((m, n) => n.likeness - m.likeness || m.y - n.y).slice(0, MOST_ALIKE);

/** How many words of a set of this size and a not smaller one must be shared. */
const needed = (least: number, a: number, b: number) => Math.ceil((least / (1 + least)) * (a + b) - 1e-9);

/** So many of a set's rarest words are looked up: of those behind them too few are left to be alike. */
const prefixOf = (least: number, size: number) => Math.min(size, size - Math.ceil(least * size - 1e-9) + 1);

/** Numbers from 0 on in the order of the sizes; of one size in their own order. */
function bySize(starts: Int32Array): Int32Array {
  const sizes = starts.length - 1;
  const key = new Float64Array(sizes);
  for (let at = 0; at < sizes; at += 1) key[at] = ((starts[at + 1] ?? 0) - (starts[at] ?? 0)) * sizes + at;
  return Int32Array.from(key.sort(), (entry) => entry % sizes);
}

/** Where the list of each word begins, when every set stands in the lists of its rarest words that are rare enough. */
function listStarts({ words, starts, frequency }: TitleSets, least: number): Int32Array {
  const begin = new Int32Array(frequency.length + 1);
  for (let set = 0; set + 1 < starts.length; set += 1) {
    const from = starts[set] ?? 0;
    const to = from + prefixOf(least, (starts[set + 1] ?? 0) - from);
    for (let at = from; at < to && (frequency[words[at] ?? 0] ?? 0) <= MOST_OF_WORD; at += 1)
      begin[(words[at] ?? 0) + 1] = (begin[(words[at] ?? 0) + 1] ?? 0) + 1;
  }
  for (let word = 1; word < begin.length; word += 1)
    begin[word] = (begin[word] ?? 0) + (begin[word - 1] ?? 0);
  return begin;
}

/**
 * Finds the pairs of titles whose Jaccard likeness by words is `least` or more, each once, as their numbers, the
 * greater first. Titles that share no word but very common ones are not found, and of very many alike to one only those
 * most alike. No set may have more than 255 words.
 */
export function joinTitles(sets: TitleSets, least: number, found: (x: number, y: number) => void): void {
  const { words, starts, frequency } = sets;
  const begin = listStarts(sets, least);
  // where the list of each word ends so far, and where its sets are long enough to be like those that still come
  const end = begin.slice();
  const first = begin.slice();
  const titles = new Int32Array(begin.at(-1) ?? 0);
  const places = new Uint8Array(titles.length);
  const lengths = new Uint8Array(titles.length);
  const met = new Int32Array(starts.length).fill(-1);
  // by the other set's length: the last place of a word from which enough words are left in both sets
  const lastPlace = new Int16Array(LONGEST_SET + 1);
  // from the shortest on: every set meets only shorter ones, and those too short to be alike can be told
  for (const x of bySize(starts)) {
    const from = starts[x] ?? 0;
    const to = starts[x + 1] ?? 0;
    const size = to - from;
    const alike: Alike[] = [];
    const prefix = prefixOf(least, size);
    const shortest = Math.ceil(least * size - 1e-9);
    for (let at = 0; at < prefix; at += 1) {
      const word = words[from + at] ?? 0;
      if ((frequency[word] ?? 0) > MOST_OF_WORD) break;
      const last = end[word] ?? 0;
      let i = first[word] ?? 0;
      while (i < last && (lengths[i] ?? 0) < shortest) i += 1;
      first[word] = i;
      for (let length = shortest; length <= size; length += 1) {
        const missing = needed(least, size, length);
        lastPlace[length] = size - at < missing ? -1 : length - missing;
      }
      for (; i < last; i += 1) {
        const length = lengths[i] ?? 0;
        if ((places[i] ?? 0) > (lastPlace[length] ?? 0)) continue;
        const y = titles[i] ?? 0;
        if (met[y] === x) continue;
        met[y] = x;
        const other = starts[y] ?? 0;
        const missing = needed(least, size, length);
        const common = sharedWords(words, from, to, other, other + length, missing);
        if (common >= missing) alike.push({ y, likeness: common / (size + length - common) });
      }
      titles[last] = x;
      places[last] = at;
      lengths[last] = size;
      end[word] = last + 1;
    }
    for (const { y } of mostAlike(alike)) found(Math.max(x, y), Math.min(x, y));
  }
}
