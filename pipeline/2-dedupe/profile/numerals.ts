/** Numbers in titles: two parts of a work differ in nothing else. */

const ROMAN: Readonly<Record<string, string>> = {
  ii: "2",
  iii: "3",
  iv: "4",
  v: "5",
  vi: "6",
  vii: "7",
  viii: "8",
  ix: "9",
  x: "10",
  xi: "11",
  xii: "12",
};
/** Words behind which a single letter is a number. */
const COUNTED = new Set([
  "part",
  "volume",
  "vol",
  "chapter",
  "section",
  "phase",
  "type",
  "paper",
  "no",
  "appendix",
]);
/** A version of what the title names: `StoneNet v2`. */
const VERSION = /^v\d{1,2}$/u;
const LONGEST_ROMAN = 4;
const isDigit = (unit: number) => unit >= 48 && unit <= 57;
const HAS_DIGIT = /\d/;
/** Larger numbers at a title's end are years and counts, no parts. */
const LONGEST_PART = 2;

export interface Numerals {
  /** Every number of the title, roman ones in digits, each once, in order of characters. */
  readonly all: readonly string[];
  /** The number of a part: at the end of the title, or behind a word that counts parts. */
  readonly part: string | null;
}

function numeral(word: string, previous: string | undefined, isLast: boolean): string | null {
  if (word.length > LONGEST_ROMAN && !isDigit(word.charCodeAt(0))) return null;
  if (/^\d+$/.test(word)) return String(BigInt(word.slice(0, 30)));
  const isCounted = previous !== undefined && COUNTED.has(previous);
  if (word === "i") return isCounted || (isLast && previous !== undefined) ? "1" : null;
  if (isCounted && /^[a-h]$/.test(word)) return word;
  if (VERSION.test(word)) return word.slice(1);
  const roman = ROMAN[word];
  return roman !== undefined && (word.length > 1 || isCounted) ? roman : null;
}

/** The numbers in a title's words. */
export function numeralsOf(words: readonly string[]): Numerals {
  const all = new Set<string>();
  let part: string | null = null;
  words.forEach((word, at) => {
    const previous = words[at - 1];
    const isLast = at === words.length - 1;
    const found = numeral(word, previous, isLast);
    if (found !== null) all.add(found);
    else if (HAS_DIGIT.test(word)) for (const digits of word.match(/\d+/g) ?? []) all.add(digits);
    const isPart =
      (isLast && at > 0) || (previous !== undefined && COUNTED.has(previous)) || VERSION.test(word);
    if (found !== null && isPart && found.length <= LONGEST_PART) part = found;
  });
  return { all: [...all].sort(), part };
}
