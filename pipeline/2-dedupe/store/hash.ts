/** Numbers that stand for texts, so that a million of them fit into one array. */

const START = 0x811c9dc5;
const PRIME = 0x01000193;

/** Spreads the last bits of a number over all 32 (the finaliser of MurmurHash3, Appleby, 2011). */
export function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A whole number of 32 bits for a text (FNV-1a by UTF-16 units, Fowler, Noll and Vo, 1991; then mixed). */
export function hashText(text: string): number {
  let hash = START;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return mix(hash);
}

const ZERO = 48;
const NINE = 57;
const UPPER_A = 65;
const UPPER_Z = 90;
const LOWER_A = 97;
const LOWER_Z = 122;

/**
 * The hashes of the words of a text whose letters are all ASCII, in order: as `hashText` of each of `wordsOf`, without
 * making the words. What is no letter and no digit parts words.
 */
export function eachPlainWord(text: string, found: (hash: number) => void): void {
  let hash = START;
  let isWord = false;
  for (let at = 0; at < text.length; at += 1) {
    let unit = text.charCodeAt(at);
    if (unit >= UPPER_A && unit <= UPPER_Z) unit += LOWER_A - UPPER_A;
    if ((unit >= LOWER_A && unit <= LOWER_Z) || (unit >= ZERO && unit <= NINE)) {
      hash = Math.imul(hash ^ unit, PRIME);
      isWord = true;
    } else if (isWord) {
      found(mix(hash));
      hash = START;
      isWord = false;
    }
  }
  if (isWord) found(mix(hash));
}
