/** The places that have one number of 32 bits in common, by sorting: no object for each number, and no table. */

const NUMBER_BITS = 32;
/** Whole numbers of so many bits are exact in a float of 64 bits. */
const EXACT_BITS = 53;

/**
 * Every group of two or more places under one number, each in order; places with 0 stand alone. With more than two
 * million places some bits of the numbers are left out, so that a few unlike places may meet.
 */
export function* blocksOf(numbers: Int32Array): Generator<Int32Array> {
  const placeBits = Math.max(1, Math.ceil(Math.log2(numbers.length + 1)));
  const left = Math.max(0, NUMBER_BITS + placeBits - EXACT_BITS);
  const shift = 2 ** placeBits;
  const entries = new Float64Array(numbers.length);
  let size = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? 0;
    if (number !== 0) entries[size++] = (number >>> left) * shift + place;
  }
  const sorted = entries.subarray(0, size).sort();
  const numberAt = (at: number) => Math.floor((sorted[at] ?? 0) / shift);
  for (let from = 0; from < size; ) {
    const number = numberAt(from);
    let to = from + 1;
    while (to < size && numberAt(to) === number) to += 1;
    if (to - from > 1) {
      const group = new Int32Array(to - from);
      for (let at = from; at < to; at += 1) group[at - from] = (sorted[at] ?? 0) - number * shift;
      yield group;
    }
    from = to;
  }
}
