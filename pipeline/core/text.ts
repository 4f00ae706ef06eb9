/** Text repairs that are certain. Each is a pure function; together they make text fit for every table. */

const CONTROL = /[\p{Cc}\p{Cs}]+/gu;
const WHITE = /\s+/gu;

/**
 * More marks on one letter than any writing has; putting them in order takes the square of their number (Unicode
 * Standard Annex 15, Stream-Safe Text Format, allows 30).
 */
const MARKS = /(\p{M}{30})\p{M}+/gu;

/** White space at an end or in a run, or anything but printable ASCII: only then there may be something to clean. */
const UNCLEAN = /[^ -~]| {2}|^ | $/;

/**
 * NFC, no control characters and no lone surrogates; white space stays as it is otherwise. What a capture's tool
 * put in place of a character (line feed, tab, NUL) becomes a space, so that words stay apart.
 */
export function withoutControls(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.replace(CONTROL, " ").replace(MARKS, "$1").normalize("NFC").trim();
}

/** As `withoutControls`, and every run of white space becomes one space. */
export function cleanText(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return withoutControls(text).replace(WHITE, " ");
}

/** The order of texts by their UTF-16 units, alike on every machine and in every language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The text, or null where nothing is left: no column holds an empty string. */
export function textOrNull(text: string): string | null {
  return text === "" ? null : text;
}

/** Where two texts begin to differ, in UTF-16 units; their shorter length where one begins like the other. */
export function differAt(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at += 1;
  return at;
}
