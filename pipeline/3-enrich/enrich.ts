import type { RepositoryRow } from "../../schemas/index.ts";
import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import type { Paper } from "../2-dedupe/paper.ts";
import type { Effects } from "../core/effects.ts";
import type { Release } from "../core/release.ts";
import type { Stage } from "../core/stage.ts";
import { CheckProgress } from "./check-progress.ts";
import { github } from "./hosts/github.ts";
import type { GitHubConfig } from "./hosts/github-account.ts";
import { githubStarHistory, type HistoryAsk } from "./hosts/github-star-history.ts";
import type { Asks, Plan, RepositoryService, Service } from "./hosts/service.ts";
import { joined } from "./join.ts";
import { type Journal, keepTold, openJournal } from "./journal.ts";
import { KnownRepositories } from "./known.ts";
import { Queue } from "./queue.ts";
import { isDue } from "./refresh.ts";
import { knowsHistory, type Tracked } from "./repositories.ts";
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

/** What one service is to be asked. */
interface Share {
  readonly name: string;
  readonly service: Service<HistoryAsk, JournalEntry, Asks<HistoryAsk>>;
  readonly asks: Asks<HistoryAsk>;
}

/** A service and the repositories that it is to be asked about. */
type Wanted = Omit<Share, "asks"> & { isDue(repository: Tracked): boolean };

/** The repositories that are due for a check now, by the service that is to be asked. */
const checks = (config: EnrichConfig, now: Date): Wanted[] =>
  services(config).map((service) => ({
    name: service.name,
    service,
    isDue: ({ row }) => isDue(row, config.maxAgeDays, now),
  }));

/** Those whose past is to be asked for: stars are known of it, and nothing yet of earlier ones. */
function histories({ starHistory, services: { only }, github }: EnrichConfig): Wanted[] {
  if (!starHistory || !only.includes("github")) return [];
  const service = githubStarHistory(github);
  return [
    {
      name: `${service.name} star history`,
      service,
      isDue(repository) {
        const { status, stars } = repository.row;
        const isThere = status === "alive" || status === "moved";
        return isThere && (stars ?? 0) > 0 && !knowsHistory(repository);
      },
    },
  ];
}

/**
 * What of all repositories is wanted, in the order in which it is to be asked.
 * @param see shown every repository as it is known
 */
async function sharesOf(
  known: KnownRepositories,
  wanted: readonly Wanted[],
  see: (repository: Tracked) => void = () => {},
): Promise<Share[]> {
  const shares = wanted.map((each) => ({ ...each, asks: new Queue(known) }));
  let number = 0;
  for await (const repository of known.all()) {
    see(repository);
    for (const { service, isDue, asks } of shares)
      if (service.answersFor(repository.row) && isDue(repository)) asks.push(number, repository);
    number += 1;
  }
  return shares.filter(({ asks }) => asks.length > 0);
}

function outcomeOf(entry: JournalEntry) {
  if ("history" in entry) return "found";
  const { kind } = entry.answer;
  return kind === "found" || kind === "unchanged" ? "found" : kind === "absent" ? "missing" : null;
}

/** Asks all services side by side; what each tells is in the journal before it is asked on. */
async function ask(
  shares: readonly Share[],
  known: KnownRepositories,
  journal: Journal,
  effects: Effects,
): Promise<void> {
  const due = shares.reduce((sum, { asks }) => sum + asks.length, 0);
  const progress = new CheckProgress<JournalEntry>(enrich.name, due, effects.log, outcomeOf);
  const checks = shares.map(({ service, asks }) =>
    service.check(asks, { effects, tell: progress.listener() }),
  );
  await keepTold(checks, journal, (entries) => progress.told(entries));
  known.journalGrew();
}

function sayWhatNeedsToken(
  shares: readonly Share[],
  { github: { tokens } }: EnrichConfig,
  { log }: Effects,
): void {
  const count = shares.find(({ service }) => service.name === "github")?.asks.length ?? 0;
  if (count === 0 || tokens.length > 0) return;
  log.say(
    "warn",
    `${count} repositories are due, and without a token GitHub allows 60 requests an hour: set GITHUB_TOKEN to a GitHub token (no scopes needed) to check them all.`,
  );
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
  { now: clock, signal }: Pick<Effects, "now" | "signal">,
  see: (row: RepositoryRow, isAsked: boolean) => void,
): Promise<EnrichPlan> {
  if (config.offline) return [];
  const journal = openJournal(config.journalPath);
  const known = await KnownRepositories.of(papers, config.previous, journal, () => {}, signal);
  const now = clock();
  const asked = checks(config, now);
  const later = histories(config).map((each) => ({
    ...each,
    isDue: (repository: Tracked) => each.isDue(withStars(repository)),
  }));
  const shares = await sharesOf(known, [...asked, ...later], (repository) =>
    see(
      repository.row,
      asked.some(({ service, isDue }) => service.answersFor(repository.row) && isDue(repository)),
    ),
  );
  return shares.map(({ name, service, asks }) => ({
    service: name,
    due: asks.length,
    ...service.plan(asks, now),
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
    const count = (namings: number) => {
      tally.read += namings;
    };
    const known = await KnownRepositories.of(papers, config.previous, journal, count, effects.signal);
    if (!config.offline) {
      for (const wanted of [checks(config, effects.now()), histories(config)]) {
        if (wanted.length === 0) continue;
        const due = await sharesOf(known, wanted);
        sayWhatNeedsToken(due, config, effects);
        await ask(due, known, journal, effects);
      }
    }
    const statuses: Partial<Record<RepositoryStatus, number>> = {};
    for await (const repository of joined(known)) {
      const { status } = repository.row;
      statuses[status] = (statuses[status] ?? 0) + 1;
      tally.merged += repository.namings - 1;
      yield repository;
    }
    note("statuses", statuses);
  },
};
