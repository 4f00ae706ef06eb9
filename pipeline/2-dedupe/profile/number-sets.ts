import { mix } from "../store/hash.ts";

/** Sets as numbers in order, each once: small, and two are compared in one walk. */

type NumberSet = Int32Array | Uint16Array;

/** How many numbers two sets have in common. */
export function sharedNumbers(a: NumberSet, b: NumberSet): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common;
}

/** The share of the smaller set that the other has: 1 where one holds the other, as a cut text does. */
export function containedNumbers(a: NumberSet, b: NumberSet): number {
  const least = Math.min(a.length, b.length);
  return least === 0 ? 0 : sharedNumbers(a, b) / least;
}

/** Shared numbers over all numbers of two sets (Jaccard, 1901); 0 where both are empty. */
export function jaccardOfNumbers(a: NumberSet, b: NumberSet): number {
  const common = sharedNumbers(a, b);
  const all = a.length + b.length - common;
  return all === 0 ? 0 : common / all;
}

const BLANK = 32;
/** Three ASCII characters fit into one number; others are mixed, and marked so as not to meet those. */
const ASCII_BITS = 7;
const MIXED = 1 << 30;

function codeOf(first: number, second: number, third: number): number {
  if ((first | second | third) >> ASCII_BITS === 0)
    return (first << (2 * ASCII_BITS)) | (second << ASCII_BITS) | third;
  return mix(Math.imul(mix(Math.imul(first, 31) + second), 31) + third) | MIXED;
}

/** Runs of three characters of a text with a blank at both ends: two spellings of a word share most of them. */
export function trigrams(text: string): Int32Array {
  const codes = new Int32Array(text.length);
  let [first, second] = [BLANK, text.length === 0 ? BLANK : text.charCodeAt(0)];
  for (let at = 0; at < text.length; at += 1) {
    const third = at + 1 < text.length ? text.charCodeAt(at + 1) : BLANK;
    codes[at] = codeOf(first, second, third);
    [first, second] = [second, third];
  }
  codes.sort();
  let size = 0;
  for (let at = 0; at < codes.length; at += 1)
    if (at === 0 || codes[at] !== codes[at - 1]) codes[size++] = codes[at] ?? 0;
  return codes.subarray(0, size);
}
