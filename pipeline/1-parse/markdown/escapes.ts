/** What stands behind a backslash in captured Markdown, which holds LaTeX as well. */

/** Tools put a backslash before these, and no LaTeX of another meaning begins so. */
const CERTAIN = new Set("\\*_[]{}#<>|+@$&%");
/** Before a letter inside a word these are LaTeX accents (`Schr\"odinger`). */
const ACCENTS = new Set("'\"`^~=.");
const CONTRACTION = /^(?:s|t|ll|re|ve|m|d)(?![\p{L}\p{N}])/u;

function isAccent(mark: string, before: string, after: string): boolean {
  if (!/^[a-zA-Z{\\]/u.test(after)) return false;
  const insideWord = /[\p{L}\p{N}{]/u.test(before);
  if (mark === "'") return insideWord && !CONTRACTION.test(after);
  if (mark === '"') return insideWord && /^[aeiouyAEIOUY{\\]/u.test(after);
  return true;
}

/**
 * The character that an escape at this place stands for, or null where the backslash stands for itself: what LaTeX
 * means by it is left to the repairs.
 */
export function escapedAt(text: string, at: number): string | null {
  const character = text.charAt(at + 1);
  if (character === "") return null;
  if (CERTAIN.has(character)) return character;
  const [before, after] = [text.charAt(at - 1), text.slice(at + 2, at + 6)];
  if (ACCENTS.has(character)) return isAccent(character, before, after) ? null : character;
  if (character === "-") return /\p{L}/u.test(before) ? null : character;
  return character === "!" && after.startsWith("[") ? character : null;
}
