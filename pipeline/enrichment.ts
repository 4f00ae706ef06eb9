import { join } from "node:path";
import { dedupe } from "./2-dedupe/dedupe.ts";
import type { Paper } from "./2-dedupe/paper.ts";
import type { ArchiveState } from "./3-enrich/archives/archive.ts";
import { type ArchivesConfig, findArchived } from "./3-enrich/archives/find-archived.ts";
import { planArchives } from "./3-enrich/archives/plan-archives.ts";
import { type EnrichConfig, type EnrichPlan, enrich, planEnrich } from "./3-enrich/enrich.ts";
import { type FoundId, findIds, type IdsConfig, planIds } from "./3-enrich/ids/find-ids.ts";
import { checkLinks, type LinksConfig, planLinks } from "./3-enrich/links/check-links.ts";
import type { LinkState } from "./3-enrich/links/link.ts";
import type { CheckedRepository } from "./3-enrich/repository.ts";
import type { Findings } from "./4-emit/tables.ts";
import type { Config } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { finishedStage, runStage, type StageOutput } from "./core/run-stage.ts";
import { earlierRelease, stageOptions } from "./stage-options.ts";

/** Enriching, whose parts stand side by side: repositories, what archives keep of lost ones, other links, identifiers. */

const journalOf = ({ workFolder }: Config, stage: string) => join(workFolder, stage, "journal.jsonl");

function enrichConfig(config: Config): EnrichConfig {
  const { offline, github, services, maxAgeDays, starHistory, previous } = config;
  const journalPath = journalOf(config, enrich.name);
  return { offline, github, services, maxAgeDays, starHistory, journalPath, previous };
}

function archivesConfig(config: Config): ArchivesConfig {
  const { offline, services } = config;
  return { offline, services, journalPath: journalOf(config, findArchived.name) };
}

function linksConfig(config: Config): LinksConfig {
  const { offline, services, maxAgeDays, previous } = config;
  return { offline, services, maxAgeDays, journalPath: journalOf(config, checkLinks.name), previous };
}

function idsConfig(config: Config): IdsConfig {
  const { arxivSnapshot, lookUpTitles, offline, services, maxAgeDays, previous } = config;
  const isOn = lookUpTitles && !offline && services.only.includes("arxiv");
  return {
    snapshot: arxivSnapshot,
    asking: isOn ? { arxiv: services.endpoints.arxiv, maxAgeDays } : null,
    journalPath: journalOf(config, findIds.name),
    previous,
  };
}

const papersOf = (config: Config, papers: StageOutput<Paper> | undefined) =>
  papers === undefined ? finishedStage<Paper>(dedupe.name, config.workFolder) : Promise.resolve(papers);

/** Finds out what others know of what papers name, each part with an account of its own. */
export async function runEnrich(
  given: Config,
  effects: Effects,
  papers?: StageOutput<Paper>,
): Promise<readonly StageOutput<unknown>[]> {
  const input = await papersOf(given, papers);
  const config = { ...given, previous: await earlierRelease(given) };
  const options = stageOptions(config);
  // what hosts answer is no function of the input, so only a run that asks nobody can be up to date
  const asking = { ...options, reuse: options.reuse && config.offline };
  const ids = idsConfig(config);
  const repositories = await runStage(enrich, input, enrichConfig(config), effects, asking);
  return [
    repositories,
    await runStage(findArchived, repositories, archivesConfig(config), effects, asking),
    await runStage(checkLinks, input, linksConfig(config), effects, asking),
    await runStage(findIds, input, ids, effects, ids.asking === null ? options : asking),
  ];
}

/** What enriching would ask and how long that would take; nothing is asked. */
export async function runPlan(
  given: Config,
  effects: Effects,
  papers?: StageOutput<Paper>,
): Promise<EnrichPlan> {
  const input = await papersOf(given, papers);
  const config = { ...given, previous: await earlierRelease(given) };
  const now = effects.now();
  const archives = await planArchives(archivesConfig(config), now);
  return [
    ...(await planEnrich(input.records(), enrichConfig(config), effects, archives.see)),
    ...archives.plan(),
    ...(await planLinks(input.records(), linksConfig(config), now)),
    ...(await planIds(input.records(), idsConfig(config), now)),
  ];
}

export interface Enrichment {
  readonly findings: Omit<Findings, "papers">;
  readonly stages: readonly StageOutput<unknown>[];
}

/**
 * What enriching found, from its finished parts.
 * @param requireFresh stops where a part was made from another output of the stage before it than the one that is there
 */
export async function finishedEnrichment(
  workFolder: string,
  papers: StageOutput<Paper>,
  requireFresh: (earlier: StageOutput<unknown>, later: StageOutput<unknown>) => void,
): Promise<Enrichment> {
  const checked = await finishedStage<CheckedRepository>(enrich.name, workFolder);
  requireFresh(papers, checked);
  const archived = await finishedStage<ArchiveState>(findArchived.name, workFolder);
  requireFresh(checked, archived);
  const visited = await finishedStage<LinkState>(checkLinks.name, workFolder);
  const named = await finishedStage<FoundId>(findIds.name, workFolder);
  for (const later of [visited, named]) requireFresh(papers, later);
  const archives = new Map<string, ArchiveState>();
  for await (const state of archived.records()) archives.set(state.repository_id, state);
  const repositories: CheckedRepository[] = [];
  for await (const one of checked.records())
    repositories.push({ ...one, row: { ...one.row, ...archives.get(one.row.repository_id) } });
  const links = new Map<string, LinkState>();
  for await (const link of visited.records()) links.set(link.url, link);
  const ids = new Map<string, FoundId>();
  for await (const id of named.records()) ids.set(id.paper_id, id);
  return { findings: { repositories, links, ids }, stages: [checked, archived, visited, named] };
}
