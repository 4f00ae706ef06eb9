/** Forms of text under which the same words are equal, however a source writes them. */

const ALPHABETIC = "[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}]";
const ACCENTS = new RegExp(`(?<=${ALPHABETIC})\\p{M}+`, "gu");
const PLAIN = /^[ -~]*$/;

/** Compatibility forms, case and the accents of alphabetic scripts folded away; marks that are letters' parts stay. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ");
}

/** A title reduced to its letters and digits, folded. Digits stay, so that part 1 and part 2 do not meet. */
export function normaliseTitle(title: string): string {
  return foldText(title)
    .replace(/^\p{M}+|[^\p{L}\p{N}\p{M}]+\p{M}*/gu, "")
    .normalize("NFC");
}

/** Scripts that put no spaces between words: their pairs of neighbouring characters stand for words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const PLAIN_WORD = /[a-z0-9]+/g;

/** The words of a text, folded, in order. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  if (PLAIN.test(folded)) return folded.match(PLAIN_WORD) ?? [];
  return (folded.match(WORD) ?? []).flatMap((word) => {
    if (word.length < 3 || !UNSPACED.test(word)) return [word];
    const letters = [...word];
    return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  });
}

/** How many members two sets have in common. */
export function shared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const [smaller, larger] = a.size <= b.size ? [a, b] : [b, a];
  let count = 0;
  for (const value of smaller) if (larger.has(value)) count += 1;
  return count;
}

/** Shared members over all members of two sets (Jaccard, 1901); 0 where both are empty. */
export function jaccard<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const common = shared(a, b);
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

/** Shared members over those of the smaller set: 1 where one holds the other, as a cut text does; 0 where one is empty. */
export function containment<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const least = Math.min(a.size, b.size);
  return least === 0 ? 0 : shared(a, b) / least;
}
