import { Growing } from "../../core/growing.ts";
import { hashText } from "../store/hash.ts";
import { sharedIntegers } from "../store/shared.ts";

/**
 * Titles as sets of word numbers, one behind the other in one array that threads share: set `i` is from `starts[i]` to
 * `starts[i + 1]`, the rarest words first.
 */
export interface TitleSets {
  readonly words: Int32Array;
  readonly starts: Int32Array;
}

/** Puts a short stretch of numbers in order. */
function sortStretch(numbers: Int32Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at += 1) {
    const number = numbers[at] ?? 0;
    let free = at;
    for (; free > from && (numbers[free - 1] ?? 0) > number; free -= 1)
      numbers[free] = numbers[free - 1] ?? 0;
    numbers[free] = number;
  }
}

/** The place of a number in numbers in order. */
function placeOf(sorted: Int32Array, number: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Different numbers in order, and how often each is there. */
function counted(numbers: Int32Array): { readonly values: Int32Array; readonly counts: Int32Array } {
  const sorted = numbers.toSorted();
  const values = new Growing((length) => new Int32Array(length));
  const counts = new Growing((length) => new Int32Array(length));
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    values.push(sorted[from] ?? 0);
    counts.push(to - from);
    from = to;
  }
  return { values: values.all(), counts: counts.all() };
}

/** Titles as sets of word numbers, the rarest words first; the order of equally rare ones follows from their letters. */
export function titleSets(titles: Iterable<readonly string[]>): TitleSets {
  const pool = new Growing((length) => new Int32Array(length));
  const starts = new Growing((length) => new Int32Array(length));
  starts.push(0);
  for (const title of titles) {
    for (const word of new Set(title)) pool.push(hashText(word));
    starts.push(pool.length);
  }
  const words = sharedIntegers(pool.length);
  words.set(pool.all());
  const { values, counts } = counted(words);
  const SHIFT = 2 ** 25; // more than the words of any corpus
  const byCount = Float64Array.from(counts, (count, at) => count * SHIFT + at).sort();
  const rank = new Int32Array(values.length);
  byCount.forEach((entry, at) => {
    rank[entry % SHIFT] = at;
  });
  for (let at = 0; at < words.length; at += 1) words[at] = rank[placeOf(values, words[at] ?? 0)] ?? 0;
  for (let set = 0; set + 1 < starts.length; set += 1) sortStretch(words, starts.at(set), starts.at(set + 1));
  const ends = sharedIntegers(starts.length);
  ends.set(starts.all());
  return { words, starts: ends };
}
