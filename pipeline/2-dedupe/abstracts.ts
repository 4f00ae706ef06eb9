import { eachPlainWord, hashText } from "./store/hash.ts";
import { wordsOf } from "./text-forms.ts";

/**
 * Abstracts as sets of words, each word a number of 16 bits: a hundred words in 200 bytes. Two words share a number
 * once in 65,536, so that a likeness is off by less than one in a hundred.
 */

/** Shorter abstracts say nothing, in words. */
const SHORTEST = 6;
/** Abstracts are compared by at most so many of their words. */
const LONGEST = 400;
const NUMBERS = 1 << 16;

/** Letters are all ASCII; general punctuation (U+2000 to U+206F) parts words as ASCII's does. */
const PLAIN_LETTERS = /^[\n -~\u2000-\u206f]*$/;

/** The different words of an abstract as numbers in order; null where it has too few to say anything. */
export function abstractSet(abstract: string | null): Uint16Array | null {
  if (abstract === null) return null;
  const marks = new Int32Array(NUMBERS / 32);
  let size = 0;
  const add = (hash: number) => {
    const number = hash >>> 16;
    const mark = 1 << (number & 31);
    if (size === LONGEST || ((marks[number >> 5] ?? 0) & mark) !== 0) return;
    marks[number >> 5] = (marks[number >> 5] ?? 0) | mark;
    size += 1;
  };
  if (PLAIN_LETTERS.test(abstract)) eachPlainWord(abstract, add);
  else for (const word of wordsOf(abstract)) add(hashText(word));
  if (size < SHORTEST) return null;
  const set = new Uint16Array(size);
  let filled = 0;
  for (let at = 0; at < marks.length; at += 1)
    for (let left = marks[at] ?? 0; left !== 0; left &= left - 1)
      set[filled++] = at * 32 + (31 - Math.clz32(left & -left));
  return set;
}

/** The share of the smaller set that the other has: 1 where one holds the other, as a cut text does. */
export function containedNumbers(a: Uint16Array, b: Uint16Array): number {
  const least = Math.min(a.length, b.length);
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return least === 0 ? 0 : common / least;
}
