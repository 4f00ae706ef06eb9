import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { mention } from "../support/mentions.ts";
import { capital, random, wordAt } from "./captures.ts";
import { noisyAbstract, noisyAuthors, noisyTitle, upTo } from "./noise.ts";

/**
 * Makes mentions of papers as the dedupe stage reads them, with the truth: which are of one work. Every work is made
 * from its number alone, so that a mention can repeat any earlier work while none is held.
 */

/** A mention and the number of its work. */
export interface Labelled {
  readonly mention: Mention;
  readonly work: number;
}

type Next = () => number;
type Facts = Pick<
  Mention,
  "title" | "abstract" | "authors" | "arxiv_id" | "doi" | "year" | "venue" | "volume" | "pages"
>;
interface Work extends Facts {
  readonly abstract: string;
  readonly authors: readonly string[];
}

/** So many mentions repeat an earlier work, and so many works are near to their neighbour. */
const REPEATED = 0.2;
const NEAR = 0.08;
const TITLE_WORDS = 300_000;
const NAMES = 60_000;

// the rank of a word falls off as 1/rank when its logarithm is uniform
const zipf = (next: Next, ranks: number) => Math.floor(ranks ** next()) - 1;
const TABLE = 1 << 16;
const beforehand = random(7);
/** Words of abstracts, as often as they are used; titles have rarer ones too. */
const COMMON_WORDS = Array.from({ length: TABLE }, () => wordAt(zipf(beforehand, 40_000)));
const VENUES = Array.from({ length: 400 }, (_, at) => {
  const field = capital(wordAt(1_000 + at * 7));
  const other = capital(wordAt(9_000 + at * 11));
  return at % 2 === 0 ? `Proceedings of the Conference on ${field} ${other}` : `Journal of ${field} ${other}`;
});
const COLUMNS = [
  "Editor's notes",
  "Book review column",
  "Letters to the editor",
  "Calls for papers and events",
];

/** Mixes two numbers into a seed that is not 0 (the finaliser of MurmurHash3, Appleby, 2011). */
function seedOf(seed: number, number: number): number {
  let mixed = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 1;
}

function madeTitle(next: Next): string {
  const words = Array.from({ length: 5 + upTo(next, 9) }, () => wordAt(zipf(next, TITLE_WORDS)));
  return capital(words.join(" "));
}

function madeAbstract(next: Next): string {
  const length = 900 + upTo(next, 1_000);
  let text = "";
  while (text.length < length) {
    const words = 10 + upTo(next, 14);
    text += capital(COMMON_WORDS[upTo(next, TABLE)] ?? "");
    for (let at = 1; at < words; at += 1) text += ` ${COMMON_WORDS[upTo(next, TABLE)]}`;
    text += ". ";
  }
  return text;
}

const name = (next: Next) => `${capital(wordAt(zipf(next, 3_000)))} ${capital(wordAt(upTo(next, NAMES)))}`;
const venue = (next: Next) => VENUES[upTo(next, VENUES.length)] ?? null;

/** A month and five digits: an id of its own for every work. */
function arxivId(number: number): string {
  const month = 12 * 7 + Math.floor(number / 100_000);
  const digits = String(100 * Math.floor(month / 12) + (month % 12) + 1).padStart(4, "0");
  return `${digits}.${String(number % 100_000).padStart(5, "0")}`;
}

/** A work that stands alone. */
function ownWork(seed: number, number: number): Work {
  const next = random(seedOf(seed, number));
  const year = 1995 + upTo(next, 30);
  return {
    title: madeTitle(next),
    abstract: madeAbstract(next),
    authors: Array.from({ length: 1 + upTo(next, 5) }, () => name(next)),
    arxiv_id: next() < 0.4 ? arxivId(number) : null,
    doi: next() < 0.5 ? `10.1234/${year}.${number}` : null,
    year,
    venue: venue(next),
    volume: String(1 + upTo(next, 60)),
    pages: String(1 + upTo(next, 900)),
  };
}

/** A work, or one near to the work before it: its second part, its extension in a journal, or a column of one title. */
function workOf(seed: number, number: number): Work {
  const own = ownWork(seed, number);
  const next = random(seedOf(seed + 1, number));
  const form = number === 0 ? 1 : next() / NEAR;
  if (form >= 1) return own;
  if (form < 0.1) return { ...own, title: COLUMNS[upTo(next, COLUMNS.length)] ?? own.title, arxiv_id: null };
  const { title, authors, year, venue: inVenue } = ownWork(seed, number - 1);
  if (form < 0.5) return { ...own, title: `${title}, Part II`, authors, year, venue: inVenue };
  const later = (year ?? 2000) + 2;
  return { ...own, title: form < 0.7 ? `An extended ${title}` : title, authors, year: later, arxiv_id: null };
}

/** The work as one more source has it: as a preprint or as it came out, with the noise of sources. */
function again(work: Work, next: Next): Facts {
  const isPreprint = next() < 0.35;
  return {
    title: noisyTitle(next, work.title),
    abstract: noisyAbstract(next, work.abstract),
    authors: noisyAuthors(next, work.authors),
    arxiv_id: isPreprint || next() < 0.2 ? work.arxiv_id : null,
    doi: !isPreprint && next() < 0.6 ? work.doi : null,
    year: isPreprint && next() < 0.5 ? (work.year ?? 2000) - 1 : work.year,
    venue: isPreprint ? (next() < 0.5 ? "arXiv" : null) : work.venue,
    volume: isPreprint ? null : work.volume,
    pages: isPreprint || next() < 0.3 ? null : work.pages,
  };
}

const hex = (number: number) => (number >>> 0).toString(16).padStart(8, "0");

/** Mentions in no order of their works: one in five repeats an earlier one as another capture has it. */
export function* records(count: number, seed = 1): Generator<Labelled> {
  let works = 0;
  for (let at = 0; at < count; at += 1) {
    const next = random(seedOf(seed + 2, at));
    const isAgain = works > 0 && next() < REPEATED;
    const work = isAgain ? upTo(next, works) : works++;
    const source = isAgain ? 1 + upTo(next, 3) : 0;
    const made = workOf(seed, work);
    const facts = isAgain ? again(made, next) : made;
    const id = `m_${hex(seedOf(seed + 3, at))}${hex(at)}`;
    yield { work, mention: mention(id, { ...facts, source_sha256: String(source).repeat(64) }) };
  }
}
