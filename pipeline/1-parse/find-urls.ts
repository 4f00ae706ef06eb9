/** Finds addresses in running text and where exactly each one ends. */

export interface UrlSpan {
  readonly start: number;
  readonly end: number;
  /** The characters between start and end. */
  readonly written: string;
  /** Normal form: scheme added, LaTeX escapes undone, host in lower case, ASCII. */
  readonly url: URL;
}

/** An address begins with a scheme, or with the bare name of a host that people write without one. */
const START =
  /https?:\/\/|(?<![\w@./-])(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|zenodo\.org)\/|(?<![\w@./-])[a-z0-9-]{1,63}\.github\.io\b/giu;

/** No address holds these: white space, RFC 3986's excluded delimiters, quotation marks, full-width punctuation. */
const STOP = /[\s<>"{}|^`“”‘’«»、。，；：！？（）【】]/u;
/** LaTeX escapes these by a backslash; anything else after a backslash ends the address. */
const ESCAPED = new Set(["_", "%", "#", "&", "~", "-"]);
const TRAILING = new Set([".", ",", ";", ":", "!", "?", "'", "*", "~"]);
const OPENER: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

function runEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === "\\") {
      if (!ESCAPED.has(text.charAt(at + 1))) break;
      at += 1;
    } else if (STOP.test(character)) break;
    at += 1;
  }
  return at;
}

/** Gives punctuation back to the sentence; a closing bracket stays only where the address opened it. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  for (; at > start; at -= 1) {
    const last = text.charAt(at - 1);
    if (TRAILING.has(last)) continue;
    const opener = OPENER[last];
    if (opener === undefined) break;
    const address = text.slice(start, at);
    if (address.split(opener).length >= address.split(last).length) break;
  }
  return at;
}

function normalForm(written: string): URL | null {
  const plain = written.replace(/\\(.)/gu, "$1");
  return URL.parse(/^https?:\/\//iu.test(plain) ? plain : `https://${plain}`);
}

/** Every address in the text, in order, never overlapping. Linear in the text's length. */
export function findUrls(text: string): UrlSpan[] {
  const spans: UrlSpan[] = [];
  let free = 0;
  for (const match of text.matchAll(START)) {
    const start = match.index;
    if (start < free) continue;
    const end = trimEnd(text, start, runEnd(text, start + match[0].length));
    const written = text.slice(start, end);
    const url = normalForm(written);
    if (url?.hostname.includes(".")) {
      spans.push({ start, end, written, url });
      free = end;
    }
  }
  return spans;
}
