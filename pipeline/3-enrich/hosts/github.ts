import { type Effects, timestamp } from "../../core/effects.ts";
import { PapersetError } from "../../core/errors.ts";
import { interleave } from "../../core/interleave.ts";
import { LimitReached } from "../rate-limit.ts";
import type { DatedAnswer, RepositoryAsk } from "../repository.ts";
import { type Batch, BatchSize, Work } from "./batches.ts";
import { Account, type GitHubConfig, Health, HostDown, TokenRefused } from "./github-account.ts";
import { type Explained, Explainer, type Reason } from "./github-explain.ts";
import type { AliasOutcome } from "./github-graphql.ts";
import { planGitHub } from "./github-plan.ts";
import { leftAfter, queryBatch } from "./github-query.ts";
import { isPassing } from "./github-rest.ts";
import type { CheckContext, News, RepositoryService } from "./service.ts";

/** Why an account asks no more. */
type Ending = "done" | "limit" | "refused" | "down";

/** So many are asked by REST alone before they are in the journal. */
const REST_BATCH = 4;

/** After so many of them in a row without one usable answer, the host is left alone. */
const REST_BATCHES_IN_VAIN = 3;

/** One check of a list of repositories at GitHub, by all accounts together. */
class GitHubCheck {
  private readonly config: GitHubConfig;
  private readonly effects: Effects;
  private readonly work: Work<RepositoryAsk>;
  private readonly health: Health;
  private readonly accounts: readonly Account[];
  private readonly anonymous: Account;
  private requests = 0;
  private readonly endings: Ending[] = [];
  /** Repositories that a limit left without an answer, though GraphQL was asked about them. */
  private unexplained = 0;

  constructor(asks: Iterable<RepositoryAsk>, config: GitHubConfig, { effects, tell }: CheckContext) {
    this.config = config;
    this.effects = effects;
    this.work = new Work(asks);
    this.health = new Health(effects);
    const count = () => {
      this.requests += 1;
      tell(this.news());
    };
    const account = (number: number | null) => new Account(number, config, effects, tell, count);
    this.anonymous = account(null);
    this.accounts = config.tokens.map((_, number) => account(number));
  }

  private news(): News {
    const known = this.accounts.flatMap((account) => account.remaining("graphql") ?? []);
    const remaining = known.reduce((sum, points) => sum + points, 0);
    return { requests: this.requests, ...(known.length === 0 ? {} : { remaining }) };
  }

  async *run(): AsyncGenerator<DatedAnswer[]> {
    if (this.accounts.length === 0) yield* this.ended(this.restOnly());
    else yield* interleave(this.accounts.map((account) => this.ended(this.queries(account))));
    this.conclude();
  }

  /** Keeps in mind why a source ended; only what stops the run is thrown. */
  private async *ended(source: AsyncGenerator<DatedAnswer[]>): AsyncGenerator<DatedAnswer[]> {
    try {
      yield* source;
      this.endings.push("done");
    } catch (error) {
      if (error instanceof LimitReached) this.endings.push("limit");
      else if (error instanceof TokenRefused) this.endings.push("refused");
      else if (error instanceof HostDown) this.endings.push("down");
      else throw error;
    }
  }

  private conclude(): void {
    const { log } = this.effects;
    const is = (ending: Ending) => this.endings.includes(ending);
    if (is("refused") && this.endings.every((ending) => ending === "refused"))
      throw new PapersetError(
        "TOKEN_REFUSED",
        "GitHub refused the token (HTTP 401): set GITHUB_TOKEN to a valid one, or use --offline.",
      );
    if (is("refused")) {
      const refused = this.endings.filter((ending) => ending === "refused").length;
      log.say(
        "warn",
        `GitHub refused ${refused} of ${this.accounts.length} tokens (HTTP 401); the others were used.`,
      );
    }
    if (is("down"))
      log.say(
        "warn",
        "GitHub does not answer any more; what was not asked stays as it was. Run again later to go on.",
      );
    else if ((is("limit") || this.unexplained > 0) && this.accounts.length > 0)
      log.say(
        "warn",
        "GitHub's rate limit is reached; what was not asked stays as it was. Run again in an hour to go on, or wait longer with --max-wait.",
      );
  }

  /** All batches that one account asks. */
  private async *queries(account: Account): AsyncGenerator<DatedAnswer[]> {
    const size = new BatchSize();
    const explainer = new Explainer(this.config.apiUrl, account, this.anonymous, this.effects);
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
    if (isReached || reading.limit !== null) this.health.good();
    else await this.health.bad(problemOf(reading.aliases));
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
    const explainer = new Explainer(this.config.apiUrl, this.anonymous, this.anonymous, this.effects);
    let vain = 0;
    for (;;) {
      const batch = this.unexplained > 0 ? null : await this.work.take(REST_BATCH);
      if (batch === null) return;
      this.work.done();
      const open = batch.asks.map((ask) => [ask, "no_answer"] as const);
      for await (const answers of this.explained(open, explainer)) {
        vain = answers.every(({ answer }) => isPassing(answer)) ? vain + 1 : 0;
        yield answers;
      }
      if (vain >= REST_BATCHES_IN_VAIN) throw new HostDown();
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
