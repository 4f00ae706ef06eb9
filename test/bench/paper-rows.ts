import type { PaperRow } from "../../schemas/index.ts";
import { records } from "./records.ts";

/** Works that rows are made from. Their abstracts take 26 MB, more than a compressor looks back. */
const WORKS = 20_000;
/** Where an abstract goes on with another work's, so that no two are equal and no dictionary can hold them. */
const SEAM = 400;
/** Abstracts that a source cut short are left out. */
const LEAST = 900;

/** Every so many abstracts hold letters beyond Latin-1, as abstracts with formulas and names do. */
const WIDE = 8;

/**
 * Rows of papers in the order of their ids, with abstracts of 1 to 2 kB. They are put together from works that were
 * made beforehand, so that making a row costs little beside writing it, and memory does not grow with `count`.
 */
export function paperRows(count: number): () => Generator<PaperRow> {
  const works = records(2 * WORKS)
    .flatMap(({ mention: { title, abstract, authors, year, venue } }) =>
      title === null || abstract === null || abstract.length < LEAST
        ? []
        : [{ title, abstract, authors, year, venue }],
    )
    .take(WORKS)
    .map(({ abstract, ...work }, at) => ({
      ...work,
      start: abstract.slice(0, SEAM),
      rest: abstract.slice(SEAM) + (at % WIDE === 0 ? " For all α ≤ β — 石." : ""),
    }))
    .toArray();
  type Work = (typeof works)[number];
  return function* () {
    for (let at = 0; at < count; at += 1) {
      const { title, start, authors, year, venue } = works[at % WORKS] as Work; // there is one for every remainder
      const { rest } = works[(at + 1 + 37 * Math.floor(at / WORKS)) % WORKS] as Work;
      const day = `20${10 + (at % 16)}-0${1 + (at % 9)}-1${at % 10}`;
      const number = String(at).padStart(16, "0");
      const hasCode = at % 4 === 0;
      const abstract = start + rest;
      // a text that was read is in one piece; two joined ones become so when a character is asked for
      abstract.charCodeAt(0);
      yield {
        paper_id: `p_${number}`,
        title: `${title} ${at}`,
        abstract,
        authors,
        year,
        venue,
        arxiv_id: at % 3 === 0 ? `${1001 + (at % 12)}.${String(at % 100_000).padStart(5, "0")}` : null,
        arxiv_id_source: null,
        doi: at % 2 === 0 ? `10.1234/made.${at}` : null,
        published_on: at % 5 === 0 ? null : day,
        url: at % 3 === 0 ? `https://example.org/papers/${at}` : null,
        repository_id: hasCode ? `r_${number}` : null,
        repository_status: hasCode ? "alive" : null,
        stars: hasCode ? at % 1_000 : null,
        stars_observed_at: hasCode ? `${day}T09:30:00Z` : null,
        repository_count: hasCode ? 1 : 0,
        mention_count: 1 + (at % 3),
        first_captured_on: day,
        last_captured_on: day,
        first_released_in: "1.0.0",
        issues: at % 7 === 0 ? ["abstract_joined"] : [],
      };
    }
  };
}
