import pLimit from "p-limit";
import { type Effects, type HttpAnswer, timestamp } from "../../core/effects.ts";
import { jsonOrNull } from "../../core/json.ts";
import type { DatedHistory, RepositoryAsk, StarCount } from "../repository.ts";
import { Work } from "./batches.ts";
import type { Account, GitHubConfig } from "./github-account.ts";
import { Accounts } from "./github-accounts.ts";
import { restSeconds } from "./github-plan.ts";
import type { Asks, CheckContext, Service } from "./service.ts";

/**
 * How many stars a repository had in the past: GET /repos/{owner}/{name}/stargazers/history, offered since
 * 2026-09-04 (github.blog/changelog, "privacy-safe star history data"). It lists weeks, newest first, with the stars of
 * each day that are still given; stars that were taken back since are in none of them.
 */

/** Weeks a page, which is as many as the host gives. */
const WEEKS = 30;
/** Pages of one repository at most: more than the host is old. */
const MOST_PAGES = 60;
/** So many repositories are asked about before they are in the journal. */
const BATCH = 20;
const AT_ONCE = 4;
const DAY_S = 86_400;
const WEEK_MS = 7 * DAY_S * 1000;
/** The age of a repository that was never seen, for the plan alone: a guess. */
const ASSUMED_AGE_MS = 4 * 365 * DAY_S * 1000;

/** A repository whose past is asked for. */
export type HistoryAsk = RepositoryAsk & { readonly created_at: string | null };

interface Week {
  /** Its first moment, in epoch seconds. */
  readonly week: number;
  /** New stars of each of its days. */
  readonly days: readonly number[];
}

function isWeek(value: unknown): value is Week {
  if (typeof value !== "object" || value === null) return false;
  const { week, days } = value as Record<keyof Week, unknown>;
  const isCount = (count: unknown) => Number.isSafeInteger(count) && Number(count) >= 0;
  return isCount(week) && Array.isArray(days) && days.length === 7 && days.every(isCount);
}

/** The weeks of a page; null where it is none. */
export function readWeeks({ status, body }: Pick<HttpAnswer, "status" | "body">): readonly Week[] | null {
  const value = status === 200 ? jsonOrNull(body) : null;
  return Array.isArray(value) && value.every(isWeek) ? value : null;
}

/** The first moment of the month after the one that `time` is in. */
function nextMonth(time: Date): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 1));
}

/**
 * How many stars there were at the beginning of each month (UTC) after the first star and before `until`, from the whole
 * history: all stars of the days before. A month a row keeps a history short; days are there for who needs them.
 */
export function monthlyStars(weeks: readonly Week[], until: Date): StarCount[] {
  const days = weeks
    .flatMap(({ week, days: counts }) =>
      counts.map((count, i) => ({ start: (week + i * DAY_S) * 1000, count })),
    )
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.start - b.start);
  const [first] = days;
  if (first === undefined) return [];
  const months: StarCount[] = [];
  let stars = 0;
  let next = 0;
  for (let month = nextMonth(new Date(first.start)); month < until; month = nextMonth(month)) {
    for (let day = days[next]; day !== undefined && day.start < month.getTime(); day = days[next]) {
      stars += day.count;
      next += 1;
    }
    months.push({ at: timestamp(month), stars });
  }
  return months;
}

/** Asks for the past of repositories with all accounts. */
class HistoryCheck {
  private readonly apiUrl: string;
  private readonly effects: Effects;
  private readonly accounts: Accounts;
  private readonly work: Work<HistoryAsk>;

  constructor(asks: Iterable<HistoryAsk>, config: GitHubConfig, context: CheckContext) {
    this.apiUrl = config.apiUrl;
    this.effects = context.effects;
    this.accounts = new Accounts(config, context, "core");
    this.work = new Work(asks);
  }

  async *run(): AsyncGenerator<readonly DatedHistory[]> {
    yield* this.accounts.ask((account) => this.histories(account));
    this.accounts.conclude(false);
  }

  /** All batches that one account asks; what it leaves is for the others. */
  private async *histories(account: Account): AsyncGenerator<readonly DatedHistory[]> {
    const atOnce = pLimit(AT_ONCE);
    for (let batch = await this.work.take(BATCH); batch !== null; batch = await this.work.take(BATCH)) {
      const { asks } = batch;
      const settled = await Promise.allSettled(asks.map((ask) => atOnce(() => this.historyOf(ask, account))));
      this.work.done([{ asks: asks.filter((_, i) => settled[i]?.status === "rejected"), failures: 0 }]);
      const told = settled.flatMap((result) =>
        result.status === "fulfilled" && result.value ? [result.value] : [],
      );
      if (told.length > 0) yield told;
      for (const result of settled) if (result.status === "rejected") throw result.reason;
    }
  }

  /**
   * Everything that the host tells of one repository's past: nothing where it says that it offers none, which need not be
   * asked again; null where it does not tell all.
   */
  private async historyOf(
    { owner, name, repository_id }: HistoryAsk,
    account: Account,
  ): Promise<DatedHistory | null> {
    const { health } = this.accounts;
    const weeks: Week[] = [];
    const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/stargazers/history`;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const sent = await account.get(`${this.apiUrl}${path}?per_page=${WEEKS}&page=${page}`);
      const problem = "problem" in sent ? sent.problem : sent.status >= 500 ? `HTTP ${sent.status}` : null;
      if (problem !== null) await health.bad(problem);
      else health.good();
      const now = this.effects.now();
      const at = timestamp(now);
      if ("status" in sent && sent.status === 404) return { repository_id, at, history: [] };
      const read = "problem" in sent ? null : readWeeks(sent);
      if (read === null) return null;
      weeks.push(...read);
      if (read.length < WEEKS) return { repository_id, at, history: monthlyStars(weeks, now) };
    }
    return null;
  }
}

/** The past of repositories on github.com. What is not told is asked for again another time. */
export function githubStarHistory(config: GitHubConfig): Service<HistoryAsk, DatedHistory, Asks<HistoryAsk>> {
  return {
    name: "github",
    answersFor: ({ host }) => host === "github.com",
    plan(asks, now) {
      const age = ({ created_at }: HistoryAsk) =>
        created_at === null ? ASSUMED_AGE_MS : now.getTime() - Date.parse(created_at);
      let REST = 0;
      for (const ask of asks) REST += Math.max(1, Math.ceil(age(ask) / WEEK_MS / WEEKS));
      return { requests: { REST }, seconds: restSeconds(REST, config) };
    },
    check: (asks, context) => new HistoryCheck(asks, config, context).run(),
  };
}
