import { compareText } from "../../core/text.ts";

/** Whole numbers are exact in a float of 64 bits up to here. */
const EXACT_BITS = 53;
const CHARACTER_BITS = 7;

/**
 * The numbers from 0 to `length` in the order of their texts, those of one text in their own order: sorted as numbers
 * made of the first characters that differ at all, and by the texts only where those are alike.
 */
export function orderOfTexts(length: number, textOf: (at: number) => string): Int32Array {
  const order = new Int32Array(length);
  if (length === 0) return order;
  const skipped = sharedBeginning(length, textOf);
  const placeBits = Math.ceil(Math.log2(length + 1));
  const characters = Math.floor((EXACT_BITS - placeBits) / CHARACTER_BITS);
  const shift = 2 ** placeBits;
  const entries = new Float64Array(length);
  for (let at = 0; at < length; at += 1) entries[at] = numberOf(textOf(at), skipped, characters) * shift + at;
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

/** How many characters all texts begin with. */
function sharedBeginning(length: number, textOf: (at: number) => string): number {
  const first = textOf(0);
  let shared = first.length;
  for (let at = 1; at < length && shared > 0; at += 1) {
    const text = textOf(at);
    while (shared > 0 && !text.startsWith(first.slice(0, shared))) shared -= 1;
  }
  return shared;
}

/** Characters behind ASCII are one number, so that texts with them are told apart by themselves. */
function numberOf(text: string, from: number, characters: number): number {
  let number = 0;
  for (let at = from; at < from + characters; at += 1) {
    const unit = at < text.length ? Math.min(text.charCodeAt(at), 2 ** CHARACTER_BITS - 1) : 0;
    number = number * 2 ** CHARACTER_BITS + unit;
  }
  return number;
}

function sortByText(entries: Int32Array, textOf: (at: number) => string): void {
  const texts = new Map(entries.values().map((at) => [at, textOf(at)]));
  entries.sort((x, y) => compareText(texts.get(x) ?? "", texts.get(y) ?? "") || x - y);
}
