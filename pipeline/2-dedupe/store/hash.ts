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

/** Every ASCII letter in lower case and every digit by its character's number; 0 for what parts words. */
const LETTER = Uint8Array.from({ length: 128 }, (_, unit) => {
  const letter = String.fromCharCode(unit).toLowerCase();
  return /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0;
});

/**
 * Puts the hashes of the words of a text whose letters are all ASCII into a list, in order, as far as there is room: as
 * `hashText` of each of `wordsOf`, without making the words. What is no letter and no digit parts words. Returns how
 * many there are.
 */
export function plainWords(text: string, into: Int32Array): number {
  let found = 0;
  let hash = START;
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const letter = unit < 128 ? (LETTER[unit] ?? 0) : 0;
    if (letter !== 0) {
      hash = Math.imul(hash ^ letter, PRIME);
      size += 1;
    } else if (size > 0) {
      if (found === into.length) return found;
      into[found++] = mix(hash);
      hash = START;
      size = 0;
    }
  }
  if (size > 0 && found < into.length) into[found++] = mix(hash);
  return found;
}
