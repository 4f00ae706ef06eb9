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

/** The different words of some titles as numbers, title by title, and how many each title has. */
export interface TitleWords {
  readonly words: Int32Array;
  readonly sizes: Int32Array;
}

export function titleWords(titles: Iterable<readonly string[]>): TitleWords {
  const words = new Growing((length) => new Int32Array(length));
  const sizes = new Growing((length) => new Int32Array(length));
  for (const title of titles) {
    const different = new Set(title);
    for (const word of different) words.push(hashText(word));
    sizes.push(different.size);
  }
  return { words: words.copy(), sizes: sizes.copy() };
}

/** Titles as sets of word numbers, the rarest words first; the order of equally rare ones follows from their letters. */
export function titleSets(parts: readonly TitleWords[]): TitleSets {
  const sum = (lengths: readonly number[]) => lengths.reduce((total, length) => total + length, 0);
  const words = sharedIntegers(sum(parts.map((part) => part.words.length)));
  const starts = sharedIntegers(sum(parts.map((part) => part.sizes.length)) + 1);
  let [set, start] = [0, 0];
  for (const part of parts) {
    words.set(part.words, start);
    for (const size of part.sizes) {
      start += size;
      starts[++set] = start;
    }
  }
  const { values, counts } = counted(words);
  const SHIFT = 2 ** 25; // more than the words of any corpus
  const byCount = Float64Array.from(counts, (count, at) => count * SHIFT + at).sort();
  const rank = new Int32Array(values.length);
  byCount.forEach((entry, at) => {
    rank[entry % SHIFT] = at;
  });
  for (let at = 0; at < words.length; at += 1) words[at] = rank[placeOf(values, words[at] ?? 0)] ?? 0;
  for (let at = 0; at + 1 < starts.length; at += 1) sortStretch(words, starts[at] ?? 0, starts[at + 1] ?? 0);
  return { words, starts };
}
