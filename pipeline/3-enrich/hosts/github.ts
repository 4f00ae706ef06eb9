import { type Effects, timestamp } from "../../core/effects.ts";
import type { DatedAnswer, RepositoryAsk } from "../repository.ts";
import { type Batch, BatchSize, Work } from "./batches.ts";
import type { Account, GitHubConfig } from "./github-account.ts";
import { Accounts } from "./github-accounts.ts";
import { type Explained, Explainer, type Reason } from "./github-explain.ts";
import type { AliasOutcome } from "./github-graphql.ts";
import { planGitHub } from "./github-plan.ts";
import { leftAfter, queryBatch } from "./github-query.ts";
import type { CheckContext, RepositoryService } from "./service.ts";

/** So many are asked by REST alone before they are in the journal. */
const REST_BATCH = 4;

/** One check of a list of repositories at GitHub, by all accounts together. */
class GitHubCheck {
  private readonly config: GitHubConfig;
  private readonly effects: Effects;
  private readonly work: Work<RepositoryAsk>;
  private readonly accounts: Accounts;
  /** Repositories that a limit left without an answer, though GraphQL was asked about them. */
  private unexplained = 0;

  constructor(asks: Iterable<RepositoryAsk>, config: GitHubConfig, context: CheckContext) {
    this.config = config;
    this.effects = context.effects;
    this.work = new Work(asks);
    this.accounts = new Accounts(config, context, "graphql");
  }

  async *run(): AsyncGenerator<DatedAnswer[]> {
    const { anonymous } = this.accounts;
    yield* this.accounts.ask((account) => (account === anonymous ? this.restOnly() : this.queries(account)));
    this.accounts.conclude(this.unexplained > 0);
  }

  /** All batches that one account asks. */
  private async *queries(account: Account): AsyncGenerator<DatedAnswer[]> {
    const size = new BatchSize();
    const explainer = new Explainer(this.config.apiUrl, account, this.accounts.anonymous, this.effects);
    for (;;) {
      const batch = await this.work.take(size.current);
      if (batch === null) return;
      const { reading, left } = await this.query(account, batch, size);
      const again = new Set(left.flatMap(({ asks }) => asks));
      const outcomes = batch.asks.flatMap((ask, i) => {
        const outcome = reading.aliases[i];
        return outcome === undefined || again.has(ask) ? [] : [[ask, outcome] as const];
      });
      yield* this.resolve(outcomes, explainer);
    }
  }

  /** One query: what it does not reach goes back to the work, and the size of the next follows from how it went. */
  private async query(account: Account, batch: Batch<RepositoryAsk>, size: BatchSize) {
    const reading = await queryBatch(batch, account, this.config.graphqlUrl).catch((error: unknown) => {
      this.work.done([batch]);
      throw error;
    });
    const left = leftAfter(batch, reading);
    this.work.done(left);
    const isReached = reading.aliases.some(({ kind }) => kind !== "not_reached");
    if (reading.isTooMuch) size.tooMuch();
    else if (isReached) size.answered(reading.tookMs);
    if (isReached || reading.limit !== null) this.accounts.health.good();
    else await this.accounts.health.bad(problemOf(reading.aliases));
    return { reading, left };
  }

  /** Gives at once what is resolved, then what REST explains of the rest. */
  private async *resolve(
    outcomes: readonly (readonly [RepositoryAsk, AliasOutcome])[],
    explainer: Explainer,
  ): AsyncGenerator<DatedAnswer[]> {
    const resolved: DatedAnswer[] = [];
    const open: [RepositoryAsk, Reason][] = [];
    const at = timestamp(this.effects.now());
    for (const [ask, outcome] of outcomes) {
      const { repository_id, status } = ask;
      if (outcome.kind === "not_found" && status === "gone")
        resolved.push({ repository_id, at, answer: STILL_GONE });
      else if (outcome.kind === "not_found" || outcome.kind === "refused") open.push([ask, outcome.kind]);
      else if (outcome.kind === "no_answer" || outcome.kind === "not_reached") open.push([ask, "no_answer"]);
      else resolved.push({ repository_id, at, answer: outcome });
    }
    if (resolved.length > 0) yield resolved;
    if (open.length > 0) yield* this.explained(open, explainer);
  }

  /** Waits for all explanations, gives those that came, and only then throws what stopped one. */
  private async *explained(
    open: readonly (readonly [RepositoryAsk, Reason])[],
    explainer: Explainer,
  ): AsyncGenerator<DatedAnswer[]> {
    const settled = await Promise.allSettled(open.map(([ask, reason]) => explainer.explain(ask, reason)));
    const at = timestamp(this.effects.now());
    const answers = settled.flatMap((result, i) => {
      const explained: Explained | null = result.status === "fulfilled" ? result.value : null;
      const repository_id = open[i]?.[0].repository_id;
      return explained === null || repository_id === undefined ? [] : [{ repository_id, at, ...explained }];
    });
    if (answers.length > 0) yield answers;
    const failure = settled.find((result) => result.status === "rejected");
    if (failure !== undefined) throw failure.reason;
    this.unexplained += open.length - answers.length;
  }

  /** Without a token there is no GraphQL: REST is asked one by one as far as its budget goes. */
  private async *restOnly(): AsyncGenerator<DatedAnswer[]> {
    const { anonymous } = this.accounts;
    const explainer = new Explainer(this.config.apiUrl, anonymous, anonymous, this.effects);
    for (;;) {
      const batch = this.unexplained > 0 ? null : await this.work.take(REST_BATCH);
      if (batch === null) return;
      this.work.done();
      const open = batch.asks.map((ask) => [ask, "no_answer"] as const);
      yield* this.explained(open, explainer);
    }
  }
}

/** What is gone was missing by both interfaces, twice: one of them is enough to see that nothing has changed. */
const STILL_GONE = { kind: "absent", http_status: 200, source: "github_graphql" } as const;

/** Why a query reached no name; the same for all of them. */
const problemOf = ([alias]: readonly AliasOutcome[]) =>
  alias !== undefined && "problem" in alias ? alias.problem : "no answer";

/** Repositories on github.com. */
export function github(config: GitHubConfig): RepositoryService {
  return {
    name: "github",
    answersFor: ({ host }) => host === "github.com",
    plan: (asks) => planGitHub(asks.length, config),
    check: (asks, context) => new GitHubCheck(asks, config, context).run(),
  };
}
