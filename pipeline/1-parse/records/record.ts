import { calendarDay } from "../../core/days.ts";
import type { Fields } from "../../core/json.ts";
import type { Imprint, PaperFacts } from "../mention.ts";
import type { RejectReason } from "../rejects.ts";
import type { StatedRule } from "../relation.ts";

/** A link that a source states as data, not in running text. */
export interface StatedLink {
  readonly url: string;
  /** Which rule the source's own statement falls under. */
  readonly rule: StatedRule;
}

/** What a structured source says of one paper. */
export interface PaperRecord extends Omit<PaperFacts, "title">, Imprint {
  /** Null: the source has the record without a title, and it is rejected. */
  readonly title: string | null;
  /** The record's id in its source. */
  readonly id: string | null;
  readonly upvotes: number | null;
  readonly comments: number | null;
  /** The authors' remarks on the paper, where code is often named. */
  readonly remarks: string | null;
  readonly links: readonly StatedLink[];
}

/** Why a value of a source stands for no paper, with the words that show it. */
export interface Refusal {
  readonly reason: RejectReason;
  readonly text: string;
}

/** A record that says nothing yet. */
export const EMPTY_RECORD: PaperRecord = {
  title: null,
  abstract: null,
  authors: null,
  arxiv_id: null,
  doi: null,
  published_on: null,
  year: null,
  venue: null,
  url: null,
  volume: null,
  number: null,
  pages: null,
  id: null,
  upvotes: null,
  comments: null,
  remarks: null,
  links: [],
};

export { type Fields, isFields } from "../../core/json.ts";

/** The text under the first of the names that has one; blank text is none. */
export function textOf(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
  }
  return null;
}

/** Where in its venue the paper stands, under the names that tables and bibliographies use alike. */
export function imprintOf(fields: Fields, numbers: readonly string[] = ["number", "issue"]): Imprint {
  return {
    volume: textOf(fields, "volume"),
    number: textOf(fields, ...numbers),
    pages: textOf(fields, "pages", "page"),
  };
}

/** The texts of a list; null where there are none. */
export function namesIn(value: unknown): string[] | null {
  const names = Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  return names.length === 0 ? null : names;
}

/** The whole number of 0 or more under a name; anything else is unknown, never 0. */
export function countOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** No identifier or address of a paper is longer; the pattern would take long over a text without end. */
const LONGEST_ID = 2_048;
const ARXIV = /(?<![\w.])(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?![\w.]*\d)/iu;

/** The arXiv identifier in an id, an `abs`, `pdf` or `html` address, or a page of a listing; without its version. */
export function arxivIn(text: string | null): string | null {
  if (text === null || text.length > LONGEST_ID) return null;
  const plain = text.replace(/\.pdf$/iu, "");
  if (/^https?:/iu.test(plain) && !/arxiv|\/papers?\//iu.test(plain)) return null;
  return ARXIV.exec(plain)?.[1] ?? null;
}

const DOI = /10\.\d{4,9}\/[^\s"<>]+/iu;

/** The DOI in a text, in lower case, without a sentence's punctuation. */
export function doiIn(text: string | null): string | null {
  const found = text === null ? undefined : DOI.exec(text)?.[0];
  if (found === undefined) return null;
  let end = found.length;
  while (end > 0 && ".,;)]}".includes(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end).toLowerCase();
}

/** The day in a date or time of ISO form, if there is such a day. */
export function dayIn(text: string | null): string | null {
  const parts = /^\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])/u.exec(text ?? "");
  return parts === null ? null : calendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** The year in a text that begins or ends with one. */
export function yearIn(text: string | null): number | null {
  const found = /(?<!\d)(1[6-9]\d{2}|20\d{2}|21\d{2})(?!\d)/u.exec(text ?? "")?.[1];
  return found === undefined ? null : Number(found);
}

/** The address, if it is one of the web. */
export function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text.trim());
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}
