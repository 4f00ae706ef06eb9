import { isDaysOld } from "../../core/days.ts";
import type { Effects } from "../../core/effects.ts";
import { CheckProgress } from "../check-progress.ts";
import { arxiv } from "../hosts/arxiv.ts";
import type { ServiceConfig } from "../hosts/endpoints.ts";
import { type Journal, keepTold, openJournalOf } from "../journal.ts";
import { isComparable } from "./agreement.ts";
import { type Nameless, take } from "./nameless.ts";
import { type DatedTitle, isTitleEntry, type TitleAnswer, type TitleAsk } from "./title.ts";

/** Looking up titles at arXiv's API, each once for all papers that have it. */

/** Whom to ask, and how long an answer is good for, in days. */
export interface Asking {
  readonly arxiv: ServiceConfig;
  readonly maxAgeDays: number;
}

/** Papers by what equal titles have in common. */
export type ByTitle = ReadonlyMap<string, readonly Nameless[]>;

/** What was told of a title, and when. */
interface Told {
  readonly at: string;
  readonly answer: TitleAnswer & { readonly kind: "listed" };
}

/** What was told of titles, the newest of each; a failure tells nothing. */
export type ToldTitles = Map<string, Told>;

/** Titles of which nothing is known though they were asked for: too many are like them, and none of those seen is equal. */
export const crowdedTitles = (told: ToldTitles): number =>
  [...told.values()].filter(({ answer }) => answer.isCut && answer.papers.length === 0).length;

export const openTitleJournal = (path: string): Journal<DatedTitle> => openJournalOf(path, isTitleEntry);

function takeAnswer(told: ToldTitles, byTitle: ByTitle, { title_key, at, answer }: DatedTitle): void {
  if (answer.kind === "failed") return;
  told.set(title_key, { at, answer });
  for (const paper of byTitle.get(title_key) ?? []) for (const listed of answer.papers) take(paper, listed);
}

/** Takes what earlier runs were told of these papers' titles. */
export async function takeTold(byTitle: ByTitle, journal: Journal<DatedTitle>): Promise<ToldTitles> {
  const newest = new Map<string, DatedTitle>();
  for await (const dated of journal.entries())
    if (byTitle.has(dated.title_key) && dated.answer.kind === "listed") newest.set(dated.title_key, dated);
  const told: ToldTitles = new Map();
  for (const dated of newest.values()) takeAnswer(told, byTitle, dated);
  return told;
}

/** The titles of papers that were not found and could be, as far as they were not asked for lately. */
export function dueTitles(byTitle: ByTitle, told: ToldTitles, asking: Asking, now: Date): TitleAsk[] {
  const service = arxiv(asking.arxiv);
  return [...byTitle].flatMap(([title_key, papers]) => {
    const at = told.get(title_key)?.at;
    if (at !== undefined && !isDaysOld(at, asking.maxAgeDays, now)) return [];
    const paper = papers.find((one) => one.found.size === 0 && isComparable(one));
    const ask = paper === undefined ? null : { title_key, title: paper.title };
    return ask !== null && service.answersFor(ask) ? [ask] : [];
  });
}

const outcomeOf = ({ answer }: DatedTitle) =>
  answer.kind === "failed" ? null : answer.papers.length > 0 ? "found" : "missing";

/** Looks up what is due; every answer is in the journal before the next is asked for. */
export async function lookUp(
  byTitle: ByTitle,
  told: ToldTitles,
  asking: Asking,
  journal: Journal<DatedTitle>,
  effects: Effects,
): Promise<void> {
  const asks = dueTitles(byTitle, told, asking, effects.now());
  if (asks.length === 0) return;
  const progress = new CheckProgress<DatedTitle>(
    "3-enrich-ids at arXiv",
    asks.length,
    effects.log,
    outcomeOf,
  );
  const checks = [arxiv(asking.arxiv).check(asks, { effects, tell: progress.listener() })];
  await keepTold(checks, journal, (answers) => {
    for (const dated of answers) takeAnswer(told, byTitle, dated);
    progress.told(answers);
  });
}
