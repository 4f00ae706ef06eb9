import { hashText, mix, plainWords } from "../store/hash.ts";
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

/** So many words of a text are looked at to find different ones. */
const MOST_LOOKED_AT = 20 * LONGEST;

/** Letters are all ASCII; general punctuation (U+2000 to U+206F) parts words as ASCII's does. */
const PLAIN_LETTERS = /^[\n -~\u2000-\u206f]*$/;

/** Room to work in, left empty after every use: an abstract would spend most of its time on making it. */
const hashes = new Int32Array(MOST_LOOKED_AT);
const isThere = new Uint8Array(NUMBERS);
const numbers = new Uint16Array(LONGEST);
const halfSorted = new Uint16Array(LONGEST);
const places = new Uint16Array(257);

/** Sorts by one byte of each number, keeping the order of equals (counting sort; Knuth, vol. 3, 5.2). */
function sortByByte(from: Uint16Array, to: Uint16Array, size: number, shift: 0 | 8): void {
  places.fill(0);
  const byteAt = (at: number) => ((from[at] ?? 0) >> shift) & 255;
  for (let at = 0; at < size; at += 1) places[byteAt(at) + 1] = (places[byteAt(at) + 1] ?? 0) + 1;
  for (let byte = 1; byte < places.length; byte += 1)
    places[byte] = (places[byte] ?? 0) + (places[byte - 1] ?? 0);
  for (let at = 0; at < size; at += 1) {
    const place = places[byteAt(at)] ?? 0;
    places[byteAt(at)] = place + 1;
    to[place] = from[at] ?? 0;
  }
}

function hashWords(abstract: string): number {
  if (PLAIN_LETTERS.test(abstract)) return plainWords(abstract, hashes);
  const words = wordsOf(abstract).slice(0, MOST_LOOKED_AT);
  for (const [at, word] of words.entries()) hashes[at] = hashText(word);
  return words.length;
}

/** An abstract as far as it is compared. */
export interface AbstractWords {
  /** Its different words as numbers in order. */
  readonly words: Uint16Array;
  /** Its first words as one number: two abstracts of one text have one, also where one of them is cut. */
  readonly opening: number;
}

/** So many words open an abstract; a label before them is left out. */
const OPENING = 10;
const LABELS = new Set(["abstract", "summary", "background", "objective", "introduction"].map(hashText));

function openingOf(found: number): number {
  const from = LABELS.has(hashes[0] ?? 0) ? 1 : 0;
  let opening = 0;
  for (let at = from; at < Math.min(found, from + OPENING); at += 1)
    opening = mix(Math.imul(opening, 31) + (hashes[at] ?? 0));
  return opening;
}

/** What of an abstract is compared; null where it has too few words to say anything. */
export function abstractWords(abstract: string | null): AbstractWords | null {
  if (abstract === null) return null;
  const found = hashWords(abstract);
  const opening = openingOf(found);
  let size = 0;
  for (let at = 0; at < found && size < LONGEST; at += 1) {
    const number = (hashes[at] ?? 0) >>> 16;
    if (isThere[number] === 1) continue;
    isThere[number] = 1;
    numbers[size++] = number;
  }
  for (let at = 0; at < size; at += 1) isThere[numbers[at] ?? 0] = 0;
  if (size < SHORTEST) return null;
  const words = new Uint16Array(size);
  sortByByte(numbers, halfSorted, size, 0);
  sortByByte(halfSorted, words, size, 8);
  return { words, opening };
}
