/** Beginnings of titles: mentions of one work meet under them though one of its titles is cut or has another ending. */

/** A main title of fewer letters says too little. */
const SHORTEST_MAIN = 15;
const MAIN_WORDS = 5;

/** The letters of a title's first words; null where they are too few to say anything. */
export function beginning(title: readonly string[]): string | null {
  const begin = title.slice(0, MAIN_WORDS).join("");
  return begin.length < SHORTEST_MAIN ? null : begin;
}
