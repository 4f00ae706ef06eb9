import type { TextField } from "../../schemas/vocabularies.ts";
import { cleanText } from "../core/text.ts";
import { findUrls, type UrlSpan } from "./find-urls.ts";
import { linkTarget } from "./link-target.ts";
import type { Evidence, FoundLink } from "./mention.ts";
import type { StatedLink } from "./records/record.ts";
import { relationOf, STATED } from "./relation.ts";

const WORDS_BEFORE = 100;
const WORDS_AFTER = 30;
const SENTENCE_BEFORE = 240;
const SENTENCE_AFTER = 60;
/** The end of a sentence: a full stop, question or exclamation mark, white space, then a capital or a digit. */
const SENTENCE_END = /[.!?]["')\]]*\s+(?=[\p{Lu}\d])/gu;

/** Where the sentence that holds `at` begins, looking back at most `reach` characters. */
function sentenceStart(text: string, at: number, reach: number): number {
  const from = Math.max(0, at - reach);
  let start = from;
  for (const match of text.slice(from, at).matchAll(SENTENCE_END))
    start = from + match.index + match[0].length;
  return start;
}

function wordStart(text: string, at: number, limit: number): number {
  if (at === 0 || /\s/u.test(text.charAt(at - 1))) return at;
  const space = text.slice(at, limit).search(/\s/u);
  return space === -1 ? limit : at + space + 1;
}

/** Where the words behind a link end: with its sentence, else with a whole word within reach. */
function evidenceEnd(text: string, linkEnd: number): number {
  const limit = Math.min(text.length, linkEnd + WORDS_AFTER);
  for (let at = linkEnd; at < limit; at += 1) {
    const next = text.charAt(at + 1);
    if (/[.!?]/u.test(text.charAt(at)) && (next === "" || /\s/u.test(next))) return at + 1;
  }
  if (limit === text.length) return limit;
  const space = text.slice(linkEnd, limit).search(/\s\S*$/u);
  return linkEnd + Math.max(space, 0);
}

const isPairStart = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800;

/** Counts code points before places in one text; from place to place, so that many links cost one pass. */
class CodePoints {
  private readonly text: string;
  private place = 0;
  private pairs = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Number of Unicode code points before a place that is counted in UTF-16 units. */
  before(place: number): number {
    for (; this.place < place; this.place += 1) if (isPairStart(this.text, this.place)) this.pairs += 1;
    for (; this.place > place; this.place -= 1) if (isPairStart(this.text, this.place - 1)) this.pairs -= 1;
    return place - this.pairs;
  }
}

function evidenceAround(
  text: string,
  field: TextField,
  { start, end }: UrlSpan,
  codePoints: CodePoints,
): Evidence {
  const from = wordStart(text, sentenceStart(text, start, WORDS_BEFORE), start);
  const to = evidenceEnd(text, end);
  return {
    evidence: text.slice(from, to),
    evidence_field: field,
    evidence_start: codePoints.before(from),
    evidence_end: codePoints.before(to),
  };
}

/** Links that the source states as data, as far as they are addresses of the web; each is its own evidence. */
export function statedLink({ url: stated, rule }: StatedLink): FoundLink[] {
  return findUrls(cleanText(stated)).map(({ written, url }) => ({
    url_as_written: written,
    url: url.href,
    target: linkTarget(url),
    evidence: written,
    evidence_field: "stated",
    evidence_start: 0,
    evidence_end: new CodePoints(written).before(written.length),
    relation: STATED[rule],
    rule,
  }));
}

/** Every link in one field of a mention, in order, with what it leads to and the words around it. */
export function findLinks(text: string, field: TextField): FoundLink[] {
  const codePoints = new CodePoints(text);
  return findUrls(text).map((span) => ({
    url_as_written: span.written,
    url: span.url.href,
    target: linkTarget(span.url),
    ...evidenceAround(text, field, span, codePoints),
    ...relationOf(
      text.slice(sentenceStart(text, span.start, SENTENCE_BEFORE), span.start),
      text.slice(span.end, span.end + SENTENCE_AFTER),
    ),
  }));
}
