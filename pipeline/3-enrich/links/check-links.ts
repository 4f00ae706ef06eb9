import type { Paper } from "../../2-dedupe/paper.ts";
import { isDaysOld } from "../../core/days.ts";
import type { Effects } from "../../core/effects.ts";
import type { Release } from "../../core/release.ts";
import type { Stage } from "../../core/stage.ts";
import { CheckProgress } from "../check-progress.ts";
import type { Plan } from "../hosts/service.ts";
import { type Journal, keepTold, openJournalOf } from "../journal.ts";
import { linkServices, type ServicesConfig } from "../services.ts";
import { namedLinks, type TrackedLink, take, takeEarlier } from "./known-links.ts";
import { type DatedLinkAnswer, isLinkEntry, type LinkAsk, type LinkService, type LinkState } from "./link.ts";

export interface LinksConfig {
  /** No host is asked; addresses keep what is known of them. */
  readonly offline: boolean;
  readonly services: ServicesConfig;
  /** A verdict younger than this is not asked for again, in days. */
  readonly maxAgeDays: number;
  readonly journalPath: string;
  readonly previous: Release | null;
}

/** Whether an address is to be asked about again: it never was, in vain, or long ago. */
function isDue({ state }: TrackedLink, asksOnce: boolean, maxAgeDays: number, now: Date): boolean {
  if (state.checked_at === null) return true;
  if (asksOnce) return false;
  return state.status === "unknown" || isDaysOld(state.checked_at, maxAgeDays, now);
}

/** One service's part of what is due. */
interface Share {
  readonly service: LinkService;
  readonly asks: readonly LinkAsk[];
}

/** What is due, by the first service that answers for it; one that is switched off leaves its addresses unasked. */
function shares(links: ReadonlyMap<string, TrackedLink>, config: LinksConfig, now: Date): Share[] {
  if (config.offline) return [];
  const byService = linkServices(config.services).map((one) => ({ ...one, asks: [] as LinkAsk[] }));
  for (const [url, link] of links) {
    const ask = { url, kind: link.kind };
    const share = byService.find(({ service }) => service.answersFor(ask));
    if (share?.isOn && isDue(link, share.service.asksOnce, config.maxAgeDays, now)) share.asks.push(ask);
  }
  return byService.filter(({ asks: due }) => due.length > 0);
}

async function knownLinks(
  papers: AsyncIterable<Paper>,
  { previous }: LinksConfig,
  journal: Journal<DatedLinkAnswer>,
): Promise<Map<string, TrackedLink>> {
  const links = await namedLinks(papers);
  await takeEarlier(links, previous);
  for await (const answer of journal.entries()) take(links, answer);
  return links;
}

async function check(
  due: readonly Share[],
  links: ReadonlyMap<string, TrackedLink>,
  journal: Journal<DatedLinkAnswer>,
  effects: Effects,
): Promise<void> {
  const total = due.reduce((sum, { asks }) => sum + asks.length, 0);
  const progress = new CheckProgress<DatedLinkAnswer>(
    checkLinks.name,
    total,
    effects.log,
    ({ answer: { status } }) => (status === "alive" ? "found" : status === "missing" ? "missing" : null),
  );
  const checks = due.map(({ service, asks }) => service.check(asks, { effects, tell: progress.listener() }));
  await keepTold(checks, journal, (answers) => {
    for (const answer of answers) take(links, answer);
    progress.told(answers);
  });
}

const openLinkJournal = (path: string) => openJournalOf(path, isLinkEntry);

/** What each service would be asked about addresses; nothing is asked and nothing written. */
export async function planLinks(
  papers: AsyncIterable<Paper>,
  config: LinksConfig,
  now: Date,
): Promise<readonly (Plan & { readonly service: string; readonly due: number })[]> {
  const links = await knownLinks(papers, config, openLinkJournal(config.journalPath));
  return shares(links, config, now).map(({ service, asks }) => ({
    service: service.name,
    due: asks.length,
    ...service.plan(asks, now),
  }));
}

/**
 * Checks the addresses that papers name and that are no repositories, each once, at the service that keeps what stands
 * there. What earlier runs and releases found is kept, and nothing that could not be checked becomes a verdict.
 */
export const checkLinks: Stage<Paper, LinkState, LinksConfig> = {
  name: "3-enrich-links",
  async *run(papers, { config, effects, tally, note }) {
    const journal = openLinkJournal(config.journalPath);
    const links = await knownLinks(papers, config, journal);
    await check(shares(links, config, effects.now()), links, journal, effects);
    const statuses: Record<string, number> = {};
    for (const { state, namings } of links.values()) {
      tally.read += namings;
      tally.merged += namings - 1;
      statuses[state.status] = (statuses[state.status] ?? 0) + 1;
    }
    note("link_statuses", statuses);
    for (const { state } of links.values()) yield state;
  },
};
