import type { RepositoryRow } from "../../schemas/index.ts";
import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import type { Paper } from "../2-dedupe/paper.ts";
import type { Effects } from "../core/effects.ts";
import { interleave } from "../core/interleave.ts";
import type { Release } from "../core/release.ts";
import type { Stage } from "../core/stage.ts";
import { CheckProgress } from "./check-progress.ts";
import { github } from "./hosts/github.ts";
import type { GitHubConfig } from "./hosts/github-account.ts";
import { githubStarHistory } from "./hosts/github-star-history.ts";
import type { CheckContext, Plan, RepositoryService } from "./hosts/service.ts";
import { type Journal, openJournal } from "./journal.ts";
import { isDue } from "./refresh.ts";
import {
  applyEntry,
  askOf,
  joinByHostId,
  knowsHistory,
  namedRepositories,
  type Tracked,
} from "./repositories.ts";
import type { CheckedRepository, JournalEntry } from "./repository.ts";
import { codeHosts, type ServicesConfig } from "./services.ts";

export interface EnrichConfig {
  /** No host is asked; repositories keep what is known of them. */
  readonly offline: boolean;
  readonly github: GitHubConfig;
  readonly services: ServicesConfig;
  /** A verdict younger than this is not asked for again, in days. */
  readonly maxAgeDays: number;
  /** Ask for the stars of earlier months too, once. */
  readonly starHistory: boolean;
  readonly journalPath: string;
  readonly previous: Release | null;
}

/** The services that tell of repositories. */
const services = (config: EnrichConfig): readonly RepositoryService[] => [
  ...(config.services.only.includes("github") ? [github(config.github)] : []),
  ...codeHosts(config.services),
];

/** What one service is to be asked, ready to be asked. */
interface Share {
  readonly service: string;
  readonly due: readonly Tracked[];
  readonly plan: Plan;
  check(context: CheckContext): AsyncIterable<readonly JournalEntry[]>;
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
  for await (const entry of journal.entries()) {
    const repository = byId.get(entry.repository_id);
    if (repository !== undefined) applyEntry(repository, entry);
  }
  return repositories;
}

/** Where not all can be asked, what was never asked comes first, then what most papers name. */
function byNeed(a: Tracked, b: Tracked): number {
  const isNew = ({ row }: Tracked) => Number(row.checked_at === null);
  return isNew(b) - isNew(a) || b.namings - a.namings;
}

/** The repositories that are due for a check now, by the service that is to be asked. */
function dueChecks(repositories: readonly Tracked[], config: EnrichConfig, now: Date): Share[] {
  return services(config).flatMap((service) => {
    const due = repositories
      .filter(({ row }) => service.answersFor(row) && isDue(row, config.maxAgeDays, now))
      .sort(byNeed);
    const asks = due.map(askOf);
    const plan = service.plan(asks, now);
    return due.length === 0
      ? []
      : [{ service: service.name, due, plan, check: (context) => service.check(asks, context) }];
  });
}

/** Those whose past is to be asked for: stars are known of it, and nothing yet of earlier ones. */
function dueHistories(repositories: readonly Tracked[], config: EnrichConfig, now: Date): Share[] {
  if (!config.services.only.includes("github")) return [];
  const service = githubStarHistory(config.github);
  const due = repositories
    .filter((repository) => {
      const { row } = repository;
      const isThere = row.status === "alive" || row.status === "moved";
      return isThere && service.answersFor(row) && (row.stars ?? 0) > 0 && !knowsHistory(repository);
    })
    .sort(byNeed);
  const asks = due.map(({ row }) => row);
  const plan = service.plan(asks, now);
  const name = `${service.name} star history`;
  return due.length === 0
    ? []
    : [{ service: name, due, plan, check: (context) => service.check(asks, context) }];
}

/** Asks all services side by side; what each tells is in the journal before it is asked on. */
async function ask(shares: readonly Share[], journal: Journal, effects: Effects): Promise<void> {
  const byId = new Map(
    shares.flatMap(({ due }) => due.map((repository) => [repository.row.repository_id, repository])),
  );
  const progress = new CheckProgress(byId.size, effects.log);
  const checks = shares.map(({ check }) => check({ effects, tell: progress.listener() }));
  for await (const entries of interleave(checks)) {
    await journal.append(entries);
    for (const entry of entries) {
      const repository = byId.get(entry.repository_id);
      if (repository !== undefined) applyEntry(repository, entry);
    }
    progress.told(entries);
  }
}

function sayWhatNeedsToken(
  shares: readonly Share[],
  { github: { tokens } }: EnrichConfig,
  { log }: Effects,
): void {
  const count = shares.find(({ service }) => service === "github")?.due.length ?? 0;
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

/** A repository as its first check will most likely leave it: there, and with stars. */
const withStars = (repository: Tracked): Tracked =>
  repository.row.status === "unchecked"
    ? { ...repository, row: { ...repository.row, status: "alive", stars: 1 } }
    : repository;

/**
 * What each service would be asked, and what that costs; nothing is asked and nothing written.
 * @param see told of each repository as it is known, and whether it would be checked
 */
export async function planEnrich(
  papers: AsyncIterable<Paper>,
  config: EnrichConfig,
  now: Date,
  see: (row: RepositoryRow, isAsked: boolean) => void,
): Promise<EnrichPlan> {
  if (config.offline) return [];
  const repositories = await knownRepositories(papers, config, openJournal(config.journalPath), () => {});
  const asked = services(config);
  for (const { row } of repositories)
    see(row, isDue(row, config.maxAgeDays, now) && asked.some((service) => service.answersFor(row)));
  const histories = config.starHistory ? dueHistories(repositories.map(withStars), config, now) : [];
  return [...dueChecks(repositories, config, now), ...histories].map(({ service, due, plan }) => ({
    service,
    due: due.length,
    ...plan,
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
    if (!config.offline) {
      const checks = dueChecks(repositories, config, effects.now());
      sayWhatNeedsToken(checks, config, effects);
      await ask(checks, journal, effects);
      if (config.starHistory) await ask(dueHistories(repositories, config, effects.now()), journal, effects);
    }
    const checked = joinByHostId(repositories);
    tally.merged = checked.reduce((sum, repository) => sum + repository.namings - 1, 0);
    note("statuses", countStatuses(checked));
    yield* checked;
  },
};
