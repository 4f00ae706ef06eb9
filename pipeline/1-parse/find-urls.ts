/** Finds addresses in running text and where exactly each one ends. */

export interface UrlSpan {
  readonly start: number;
  readonly end: number;
  /** The characters between start and end. */
  readonly written: string;
  /** Normal form: scheme added, LaTeX escapes undone, host in lower case, ASCII. */
  readonly url: URL;
}

/** An address has a scheme, begins with `www.`, or has the bare name of a host that people write without either. */
const MARK =
  /https?:\/\/|www\.(?=[a-z0-9-]{1,63}\.[a-z])|(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|zenodo\.org)\/|\.github\.io\b/gi;
/** The label of a host name before `.github.io`, and what may stand before a bare host name. */
const LABEL_CHARACTER = /[a-z0-9-]/i;
const LONGEST_LABEL = 63;
const INSIDE_WORD = /[\w@./-]/;

/** Where the address of a mark begins; null where the mark stands inside a word or another host's name. */
function startOf(text: string, mark: string, at: number): number | null {
  if (mark.endsWith("//")) return at;
  let start = at;
  if (mark.startsWith("."))
    while (start > 0 && at - start <= LONGEST_LABEL && LABEL_CHARACTER.test(text.charAt(start - 1)))
      start -= 1;
  const hasLabel = !mark.startsWith(".") || start < at;
  return hasLabel && !INSIDE_WORD.test(text.charAt(start - 1)) ? start : null;
}

/** No address holds these: white space, RFC 3986's excluded delimiters, quotation marks, full-width punctuation. */
const STOP = /[\s<>"{}|^`“”‘’«»《》〈〉「」、。，；：！？（）【】—–…\u200b\u2060\ufeff]/u;
/** LaTeX escapes these by a backslash; anything else after a backslash ends the address. */
const ESCAPED = new Set(["_", "%", "#", "&", "~", "-"]);
const TRAILING = new Set([".", ",", ";", ":", "!", "?", "'", "*", "~", "$"]);
/** Here one address ends and another begins without a space: a list, or Markdown's `[address](address)`. */
const GLUED = /^(?:[,;]https?:|\]\()/iu;
const isGlued = (text: string, at: number) =>
  /[,;\]]/u.test(text.charAt(at)) && GLUED.test(text.slice(at, at + 7));
/** Longer than any address that papers print, in UTF-16 units; what runs on is none. */
const LONGEST = 2_048;

function runEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === "\\") {
      if (!ESCAPED.has(text.charAt(at + 1))) break;
      at += 1;
    } else if (STOP.test(character) || isGlued(text, at)) break;
    at += 1;
  }
  return Math.min(at, text.length);
}

/** How many more of a kind of bracket are closed than opened. */
function surplus(address: string, opener: string, closer: string): number {
  let count = 0;
  for (const character of address) count += character === closer ? 1 : character === opener ? -1 : 0;
  return count;
}

/** Gives punctuation back to the sentence; a closing bracket stays only where the address opened it. */
function trimEnd(text: string, start: number, end: number): number {
  const address = text.slice(start, end);
  const unopened: Record<string, number> = {
    ")": surplus(address, "(", ")"),
    "]": surplus(address, "[", "]"),
  };
  let at = end;
  for (; at > start; at -= 1) {
    const last = text.charAt(at - 1);
    const closed = unopened[last];
    if (closed === undefined ? !TRAILING.has(last) : closed <= 0) break;
    if (closed !== undefined) unopened[last] = closed - 1;
  }
  return at;
}

function normalForm(written: string): URL | null {
  const plain = written.replace(/\\(.)/gu, "$1");
  return URL.parse(/^https?:\/\//iu.test(plain) ? plain : `https://${plain}`);
}

/** What can be a host with a domain; cheaper than parsing what is none (a host name has at most 253 characters). */
const HOST = /^(?:https?:\/\/)?[^\s/?#]{1,253}\.[^\s/?#]/iu;

/** Every address in the text, in order, never overlapping. Linear in the text's length. */
export function findUrls(text: string): UrlSpan[] {
  const spans: UrlSpan[] = [];
  let free = 0;
  for (const match of text.matchAll(MARK)) {
    const start = startOf(text, match[0], match.index);
    if (start === null || start < free || !HOST.test(text.slice(start, start + 300))) continue;
    const run = runEnd(text, match.index + match[0].length);
    if (run - start > LONGEST) {
      free = run;
      continue;
    }
    const end = trimEnd(text, start, run);
    const written = text.slice(start, end);
    const url = normalForm(written);
    if (url?.hostname.includes(".")) {
      spans.push({ start, end, written, url });
      free = end;
    }
  }
  return spans;
}
