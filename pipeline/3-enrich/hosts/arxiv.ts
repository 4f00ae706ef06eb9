import { AtomEntriesReader } from "../../1-parse/containers/atom-entries.ts";
import { arxivAtomRecord } from "../../1-parse/records/arxiv-atom.ts";
import { isFields } from "../../1-parse/records/record.ts";
import { DAY_MS } from "../../core/days.ts";
import { timestamp } from "../../core/effects.ts";
import { titleKey } from "../ids/agreement.ts";
import { type CataloguePaper, cataloguePaper } from "../ids/catalogue.ts";
import type { TitleAnswer, TitleService } from "../ids/title.ts";
import { type Asked, Asker, askEach, planAt } from "./asker.ts";
import type { ServiceConfig } from "./endpoints.ts";

/**
 * One request every three seconds over one connection (info.arxiv.org/help/api/tou.html, "Rate limits"), and a little
 * more, since one may be longer under way than the next.
 */
const PACE = { service: "arXiv", requests: DAY_MS / 3_000, windowMs: DAY_MS, spacingMs: 3_100 } as const;

/** So many results of a search are looked at. */
const PAGE = 50;

/** So many words of a title tell it from others; longer queries only make longer addresses. */
const MOST_WORDS = 20;

/** Words that an index may leave out (Lucene, `EnglishAnalyzer`), so that alone they may find nothing. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

/** A word of letters and the marks around it: what every index cuts alike. */
const PLAIN = /^\p{P}*([a-z]{1,40})\p{P}*$/u;

/**
 * A title as a search for it in titles (info.arxiv.org/help/api/user-manual, "Details of Query Construction"): its
 * phrases between the words that an index may have cut otherwise, such as formulas, `GPT-4`, `pre-training` and other
 * alphabets. Marks are left out, since some are operators. Null where nothing is left to search for.
 */
export function searchFor(title: string): string | null {
  const phrases: string[][] = [[]];
  for (const word of title.toLowerCase().split(/\s+/u).slice(0, MOST_WORDS)) {
    const plain = PLAIN.exec(word)?.[1];
    if (plain === undefined) phrases.push([]);
    else phrases.at(-1)?.push(plain);
  }
  const telling = phrases.filter((words) => words.some((word) => !STOP_WORDS.has(word)));
  return telling.length === 0 ? null : telling.map((words) => `ti:"${words.join(" ")}"`).join(" AND ");
}

const failed = (problem: string): TitleAnswer => ({ kind: "failed", problem });

/**
 * What a search's answer says of a title. An error comes as an entry of its own. A feed with fewer entries than it says
 * is broken: arXiv sends such ones now and then.
 */
export function readSearch(asked: Asked, title_key: string): TitleAnswer {
  if (asked.problem !== null) return failed(asked.problem);
  const { status, body } = asked.answer;
  if (status !== 200) return failed(`HTTP ${status}`);
  const reader = new AtomEntriesReader();
  const papers: CataloguePaper[] = [];
  let entries = 0;
  for (const entry of [...reader.write(body), ...reader.end()]) {
    if (entry.kind === "furniture") continue;
    if (entry.kind === "damage" || entry.isCut || !isFields(entry.value)) return failed("A broken feed");
    entries += 1;
    const record = arxivAtomRecord(entry.value);
    if ("reason" in record) return failed(record.text);
    const paper = cataloguePaper(record);
    if (paper !== null && titleKey(paper.title) === title_key) papers.push(paper);
  }
  const { totalResults } = reader;
  if (totalResults === null) return failed("HTTP 200 without a search's feed");
  if (entries < Math.min(totalResults, PAGE))
    return failed(`${entries} of ${totalResults} results in the feed`);
  return { kind: "listed", papers, isCut: totalResults > entries };
}

/** arXiv: papers with a title, by its search. */
export const arxiv = ({ apiUrl, maxWaitMs }: ServiceConfig): TitleService => ({
  name: "arxiv",
  answersFor: ({ title }) => searchFor(title) !== null,
  plan: (asks) => planAt(PACE, asks.length),
  check(asks, context) {
    const asker = new Asker(PACE, maxWaitMs, context);
    return askEach(asks, context, PACE.service, async ({ title, title_key }) => {
      const query = new URLSearchParams({
        search_query: searchFor(title) ?? "",
        start: "0",
        max_results: String(PAGE),
      });
      const asked = await asker.get(`${apiUrl}/query?${query}`, { accept: "application/atom+xml" });
      // what arXiv answers to whom it takes for a robot that asks too much
      if (asked.problem === null && asked.answer.status === 403)
        asker.leaveAlone("lets nobody ask from here at present (HTTP 403): see arxiv.org/denied.html.");
      return {
        title_key,
        at: timestamp(context.effects.now()),
        answer: readSearch(asked, title_key),
      };
    });
  },
});
