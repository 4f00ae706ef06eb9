import { compareText } from "./text.ts";

/** Whole numbers are exact in a float of 64 bits up to here. */
const EXACT_BITS = 53;
const UNITS = 1 << 16;

/** What tells texts apart: how many characters all of them begin with, and the places of the others in their order. */
interface Alphabet {
  readonly skipped: number;
  /** From 1 on, where 0 stands for the end of a text; from 0 on where all texts end at one place. */
  readonly placeOf: Uint16Array;
  readonly bits: number;
}

function alphabetOf(length: number, textOf: (at: number) => string): Alphabet {
  const first = textOf(0);
  let skipped = first.length;
  let isOneLength = true;
  const isThere = new Uint8Array(UNITS);
  for (let at = 0; at < length; at += 1) {
    const text = textOf(at);
    isOneLength &&= text.length === first.length;
    let same = 0;
    while (same < skipped && text.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    skipped = same;
    for (let unit = same; unit < text.length; unit += 1) isThere[text.charCodeAt(unit)] = 1;
  }
  for (let unit = skipped; unit < first.length; unit += 1) isThere[first.charCodeAt(unit)] = 1;
  const placeOf = new Uint16Array(UNITS);
  let next = isOneLength ? 0 : 1;
  for (let unit = 0; unit < UNITS; unit += 1) if (isThere[unit] === 1) placeOf[unit] = next++;
  return { skipped, placeOf, bits: Math.ceil(Math.log2(next)) || 1 };
}

/** The first characters that tell texts apart, as one number. */
function numberOf(text: string, { skipped, placeOf, bits }: Alphabet, characters: number): number {
  let number = 0;
  for (let at = skipped; at < skipped + characters; at += 1)
    number = number * 2 ** bits + (at < text.length ? (placeOf[text.charCodeAt(at)] ?? 0) : 0);
  return number;
}

/**
 * The numbers from 0 to `length` in the order of their texts, those of one text in their own order: sorted as numbers
 * made of the first characters that tell them apart, and by the texts only where those are alike.
 */
export function orderOfTexts(length: number, textOf: (at: number) => string): Int32Array {
  const order = new Int32Array(length);
  if (length === 0) return order;
  const alphabet = alphabetOf(length, textOf);
  const placeBits = Math.ceil(Math.log2(length + 1));
  const characters = Math.floor((EXACT_BITS - placeBits) / alphabet.bits);
  const shift = 2 ** placeBits;
  const entries = new Float64Array(length);
  for (let at = 0; at < length; at += 1)
    entries[at] = numberOf(textOf(at), alphabet, characters) * shift + at;
  entries.sort();
  const beginningAt = (at: number) => Math.floor((entries[at] ?? 0) / shift);
  for (let from = 0; from < length; ) {
    const beginning = beginningAt(from);
    let to = from;
    for (; to < length && beginningAt(to) === beginning; to += 1)
      order[to] = (entries[to] ?? 0) - beginning * shift;
    if (to - from > 1) sortByText(order.subarray(from, to), textOf);
    from = to;
  }
  return order;
}

function sortByText(entries: Int32Array, textOf: (at: number) => string): void {
  const texts = new Map(entries.values().map((at) => [at, textOf(at)]));
  entries.sort((x, y) => compareText(texts.get(x) ?? "", texts.get(y) ?? "") || x - y);
}
