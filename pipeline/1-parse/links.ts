import type { TextField } from "../../schemas/vocabularies.ts";
import { cleanText } from "../core/text.ts";
import { findUrls } from "./find-urls.ts";
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

/** Number of Unicode code points before a place that is counted in UTF-16 units. */
function codePoints(text: string, place: number): number {
  let pairs = 0;
  for (let at = 0; at < place; at += 1) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) pairs += 1;
  return place - pairs;
}

function evidenceAround(text: string, field: TextField, start: number, end: number): Evidence {
  const from = wordStart(text, sentenceStart(text, start, WORDS_BEFORE), start);
  const to = evidenceEnd(text, end);
  return {
    evidence: text.slice(from, to),
    evidence_field: field,
    evidence_start: codePoints(text, from),
    evidence_end: codePoints(text, to),
  };
}

/** A link that the source states as data, if it is an address of the web; its evidence is itself. */
export function statedLink({ url: written, rule }: StatedLink): FoundLink[] {
  const url_as_written = cleanText(written);
  const [span] = findUrls(url_as_written);
  if (span === undefined) return [];
  return [
    {
      url_as_written,
      url: span.url.href,
      target: linkTarget(span.url),
      evidence: url_as_written,
      evidence_field: "stated",
      evidence_start: 0,
      evidence_end: codePoints(url_as_written, url_as_written.length),
      relation: STATED[rule],
      rule,
    },
  ];
}

/** Every link in one field of a mention, in order, with what it leads to and the words around it. */
export function findLinks(text: string, field: TextField): FoundLink[] {
  return findUrls(text).map(({ start, end, written, url }) => ({
    url_as_written: written,
    url: url.href,
    target: linkTarget(url),
    ...evidenceAround(text, field, start, end),
    ...relationOf(
      text.slice(sentenceStart(text, start, SENTENCE_BEFORE), start),
      text.slice(end, end + SENTENCE_AFTER),
    ),
  }));
}
