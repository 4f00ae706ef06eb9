import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import type { Paper } from "../2-dedupe/paper.ts";
import type { Effects } from "../core/effects.ts";
import { interleave } from "../core/interleave.ts";
import type { Release } from "../core/release.ts";
import type { Stage } from "../core/stage.ts";
import { CheckProgress } from "./check-progress.ts";
import { github } from "./hosts/github.ts";
import type { GitHubConfig } from "./hosts/github-account.ts";
import type { Plan, RepositoryService } from "./hosts/service.ts";
import { type Journal, openJournal } from "./journal.ts";
import { isDue } from "./refresh.ts";
import { apply, askOf, joinByHostId, namedRepositories, type Tracked } from "./repositories.ts";
import type { CheckedRepository } from "./repository.ts";

export interface EnrichConfig {
  /** No host is asked; repositories keep what is known of them. */
  readonly offline: boolean;
  readonly github: GitHubConfig;
  /** A verdict younger than this is not asked for again, in days. */
  readonly maxAgeDays: number;
  readonly journalPath: string;
  readonly previous: Release | null;
}

/** The services that tell of repositories. */
const services = (config: EnrichConfig): readonly RepositoryService[] => [github(config.github)];

/** One service's part of what is due. */
interface Share {
  readonly service: RepositoryService;
  readonly due: readonly Tracked[];
}

/** Repositories as the previous release and the journal know them. */
async function knownRepositories(
  papers: AsyncIterable<Paper>,
  { previous }: EnrichConfig,
  journal: Journal,
  count: (namings: number) => void,
): Promise<Tracked[]> {
  const repositories = await namedRepositories(papers, previous, count);
  const byId = new Map(repositories.map((repository) => [repository.row.repository_id, repository]));
  for await (const answer of journal.answers()) {
    const repository = byId.get(answer.repository_id);
    if (repository !== undefined) apply(repository, answer);
  }
  return repositories;
}

/** Where not all can be asked, what was never asked comes first, then what most papers name. */
function byNeed(a: Tracked, b: Tracked): number {
  const isNew = ({ row }: Tracked) => Number(row.checked_at === null);
  return isNew(b) - isNew(a) || b.namings - a.namings;
}

/** What is due now, by the service that is to be asked. */
function shares(repositories: readonly Tracked[], config: EnrichConfig, now: Date): Share[] {
  if (config.offline) return [];
  return services(config).flatMap((service) => {
    const due = repositories.filter(
      ({ row }) => service.answersFor(row) && isDue(row, config.maxAgeDays, now),
    );
    return due.length === 0 ? [] : [{ service, due: due.sort(byNeed) }];
  });
}

async function check(due: readonly Share[], journal: Journal, effects: Effects): Promise<void> {
  const byId = new Map(
    due.flatMap((share) => share.due.map((repository) => [repository.row.repository_id, repository])),
  );
  const progress = new CheckProgress(byId.size, effects.log);
  const checks = due.map(({ service, due: own }) => {
    const tell = progress.listener();
    return service.check(own.map(askOf), { effects, tell });
  });
  for await (const answers of interleave(checks)) {
    await journal.append(answers);
    for (const answer of answers) {
      const repository = byId.get(answer.repository_id);
      if (repository !== undefined) apply(repository, answer);
    }
    progress.answered(answers);
  }
}

function sayWhatNeedsToken(
  due: readonly Share[],
  { github: { tokens } }: EnrichConfig,
  { log }: Effects,
): void {
  const count = due.find(({ service }) => service.name === "github")?.due.length ?? 0;
  if (count === 0 || tokens.length > 0) return;
  log.say(
    "warn",
    `${count} repositories are due, and without a token GitHub allows 60 requests an hour: set GITHUB_TOKEN to a GitHub token (no scopes needed) to check them all.`,
  );
}

function countStatuses(
  repositories: readonly CheckedRepository[],
): Partial<Record<RepositoryStatus, number>> {
  const statuses: Partial<Record<RepositoryStatus, number>> = {};
  for (const { row } of repositories) statuses[row.status] = (statuses[row.status] ?? 0) + 1;
  return statuses;
}

/** What each service would be asked. */
export type EnrichPlan = readonly (Plan & { readonly service: string; readonly due: number })[];

/** What each service would be asked, and what that costs; nothing is asked and nothing written. */
export async function planEnrich(
  papers: AsyncIterable<Paper>,
  config: EnrichConfig,
  now: Date,
): Promise<EnrichPlan> {
  const repositories = await knownRepositories(papers, config, openJournal(config.journalPath), () => {});
  return shares(repositories, config, now).map(({ service, due }) => ({
    service: service.name,
    due: due.length,
    ...service.plan(due.map(askOf)),
  }));
}

/**
 * Checks every repository that papers name, each once. What earlier runs and releases found is kept and dated; only
 * what is due is asked, and nothing that could not be checked becomes a verdict.
 */
export const enrich: Stage<Paper, CheckedRepository, EnrichConfig> = {
  name: "3-enrich",
  async *run(papers, { config, effects, tally, note }) {
    const journal = openJournal(config.journalPath);
    const repositories = await knownRepositories(papers, config, journal, (namings) => {
      tally.read += namings;
    });
    const due = shares(repositories, config, effects.now());
    sayWhatNeedsToken(due, config, effects);
    await check(due, journal, effects);
    const checked = joinByHostId(repositories);
    tally.merged = checked.reduce((sum, repository) => sum + repository.namings - 1, 0);
    note("statuses", countStatuses(checked));
    yield* checked;
  },
};
