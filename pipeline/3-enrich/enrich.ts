import type { Paper } from "../2-dedupe/paper.ts";
import type { Effects } from "../core/effects.ts";
import { interleave } from "../core/interleave.ts";
import type { Release } from "../core/release.ts";
import type { Stage } from "../core/stage.ts";
import { type GitHubConfig, github } from "./hosts/github.ts";
import type { RepositoryService } from "./hosts/service.ts";
import { type Journal, openJournal } from "./journal.ts";
import { apply, joinByHostId, namedRepositories, type Tracked } from "./repositories.ts";
import type { CheckedRepository } from "./repository.ts";

export interface EnrichConfig {
  /** Whether code hosts may be asked, and if not, why not. */
  readonly access: "token" | "no_token" | "offline";
  readonly github: GitHubConfig;
  /** A verdict younger than this is not asked for again, in days. */
  readonly maxAgeDays: number;
  readonly journalPath: string;
  readonly previous: Release | null;
}

const DAY_MS = 86_400_000;

function isDue({ row }: Tracked, config: EnrichConfig, now: Date): boolean {
  if (row.status === "invalid") return false;
  if (row.checked_at === null || row.status === "unknown" || row.status === "unchecked") return true;
  return now.getTime() - Date.parse(row.checked_at) >= config.maxAgeDays * DAY_MS;
}

/** The services that tell of repositories. */
const services = (config: EnrichConfig): readonly RepositoryService[] => [github(config.github)];

async function check(
  due: readonly Tracked[],
  journal: Journal,
  config: EnrichConfig,
  effects: Effects,
): Promise<void> {
  const { log } = effects;
  if (due.length === 0 || config.access === "offline") return;
  if (config.access === "no_token") {
    log.say(
      "warn",
      `${due.length} repositories were not checked: set GITHUB_TOKEN to a GitHub token (no scopes needed) to check them.`,
    );
    return;
  }
  const byId = new Map(due.map((repository) => [repository.row.repository_id, repository]));
  const asks = due.map(({ row }) => row);
  const checks = services(config).flatMap((service) => {
    const own = asks.filter((ask) => service.answersFor(ask));
    return own.length === 0 ? [] : [service.check(own, { effects, tell() {} })];
  });
  let done = 0;
  for await (const answers of interleave(checks)) {
    await journal.append(answers);
    for (const answer of answers) {
      const repository = byId.get(answer.repository_id);
      if (repository !== undefined) apply(repository, answer);
    }
    done += answers.length;
    log.progress("3-enrich", done, due.length);
  }
}

function countStatuses(repositories: readonly CheckedRepository[]): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const { row } of repositories) statuses[row.status] = (statuses[row.status] ?? 0) + 1;
  return statuses;
}

/**
 * Checks every repository that papers name, each once. What earlier runs and releases found is kept and dated; only
 * what is due is asked, and nothing that could not be checked becomes a verdict.
 */
export const enrich: Stage<Paper, CheckedRepository, EnrichConfig> = {
  name: "3-enrich",
  async *run(papers, { config, effects, tally, note }) {
    const repositories = await namedRepositories(papers, config.previous, (namings) => {
      tally.read += namings;
    });
    const byId = new Map(repositories.map((repository) => [repository.row.repository_id, repository]));
    const journal = await openJournal(config.journalPath);
    for (const answer of journal.answers) {
      const repository = byId.get(answer.repository_id);
      if (repository !== undefined) apply(repository, answer);
    }
    const due = repositories.filter((repository) => isDue(repository, config, effects.now()));
    await check(due, journal, config, effects);
    const checked = joinByHostId(repositories);
    tally.merged = checked.reduce((sum, repository) => sum + repository.namings - 1, 0);
    note("statuses", countStatuses(checked));
    yield* checked;
  },
};
