import pLimit from "p-limit";
import { type Effects, type HttpAnswer, timestamp } from "../../core/effects.ts";
import { PapersetError } from "../../core/errors.ts";
import type { Answer, DatedAnswer, RepositoryAsk } from "../repository.ts";
import { type AliasOutcome, graphqlBody, readGraphql } from "./github-graphql.ts";
import { isLimit, readRest, redirectTarget } from "./github-rest.ts";
import type { RepositoryService } from "./service.ts";

export interface GitHubConfig {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
}

/** Aliases a query: what GitHub answers within its resource limits for these fields. */
const BATCH = 50;
/** GitHub asks for serial requests, and at least a second between queries of one token is what its own client keeps. */
const PAUSE_MS = 1_000;
const REST_AT_ONCE = 4;

/** The host allows no more for now; what was not answered stays unchecked. */
class LimitReached extends Error {}

const JSON_HEADERS = { accept: "application/vnd.github+json", "content-type": "application/json" };

/** One check of a list of repositories at GitHub. */
class GitHubCheck {
  private readonly config: GitHubConfig;
  private readonly effects: Effects;
  private readonly rest = pLimit(REST_AT_ONCE);
  private hasAsked = false;
  /** A limit stops every request that still waits, not only the one that met it. */
  private isLimited = false;

  constructor(config: GitHubConfig, effects: Effects) {
    this.config = config;
    this.effects = effects;
  }

  private async send(method: "GET" | "POST", url: string, body?: string): Promise<HttpAnswer> {
    if (this.isLimited) throw new LimitReached();
    const request = { method, url, headers: JSON_HEADERS, ...(body === undefined ? {} : { body }) };
    const answer = await this.effects.network.request(request);
    if (answer.status === 401)
      throw new PapersetError(
        "TOKEN_REFUSED",
        "GitHub refused the token (HTTP 401): set GITHUB_TOKEN to a valid one, or use --offline.",
      );
    if (isLimit(answer)) {
      this.isLimited = true;
      throw new LimitReached();
    }
    return answer;
  }

  /** What REST says; `notFound`: GraphQL said so too, and only then is 404 a verdict. */
  private async explain(ask: RepositoryAsk, notFound: boolean): Promise<Answer> {
    const { apiUrl } = this.config;
    try {
      const path = `/repos/${encodeURIComponent(ask.owner)}/${encodeURIComponent(ask.name)}`;
      const first = await this.send("GET", apiUrl + path);
      const target = redirectTarget(first, apiUrl);
      const answer = readRest(target === null ? first : await this.send("GET", target));
      if (answer.kind !== "absent" || notFound) return answer;
      return { ...answer, kind: "failed", problem: "REST 404 that GraphQL did not confirm" };
    } catch (error) {
      if (error instanceof PapersetError || error instanceof LimitReached) throw error;
      return { kind: "failed", problem: String(error), http_status: null, source: "github_rest" };
    }
  }

  private resolve(ask: RepositoryAsk, outcome: AliasOutcome): Promise<Answer> | Answer {
    if (outcome.kind !== "not_found" && outcome.kind !== "no_answer") return outcome;
    return this.rest(() => this.explain(ask, outcome.kind === "not_found"));
  }

  /** One query; a query that fails as a whole is asked again in halves, a single one is left to REST. */
  async *batch(asks: readonly RepositoryAsk[]): AsyncGenerator<DatedAnswer[]> {
    if (this.hasAsked) await this.effects.sleep(PAUSE_MS);
    this.hasAsked = true;
    const outcome = await this.query(asks);
    if (outcome.kind === "limited") throw new LimitReached();
    if (outcome.kind === "failed" && asks.length > 1) {
      const half = Math.ceil(asks.length / 2);
      yield* this.batch(asks.slice(0, half));
      yield* this.batch(asks.slice(half));
      return;
    }
    const aliases: readonly AliasOutcome[] =
      outcome.kind === "failed" ? [{ kind: "no_answer", problem: outcome.problem }] : outcome.aliases;
    const settled = await Promise.allSettled(
      asks.map((ask, i) => this.resolve(ask, aliases[i] ?? { kind: "no_answer", problem: "no such alias" })),
    );
    const at = timestamp(this.effects.now());
    yield settled.flatMap((result, i) => {
      const repository_id = asks[i]?.repository_id ?? "";
      return result.status === "fulfilled" ? [{ repository_id, at, answer: result.value }] : [];
    });
    const failure = settled.find((result) => result.status === "rejected");
    if (failure !== undefined) throw failure.reason;
  }

  private async query(asks: readonly RepositoryAsk[]) {
    try {
      return readGraphql(await this.send("POST", this.config.graphqlUrl, graphqlBody(asks)), asks.length);
    } catch (error) {
      if (error instanceof PapersetError || error instanceof LimitReached) throw error;
      return { kind: "failed", problem: String(error) } as const;
    }
  }
}

/**
 * Asks GitHub about repositories, a batch at a time; each batch of answers is given before the next is asked for.
 * Ends early, with a sentence, when the host's limit is reached.
 */
async function* checkGitHub(
  asks: readonly RepositoryAsk[],
  config: GitHubConfig,
  effects: Effects,
): AsyncGenerator<DatedAnswer[]> {
  const check = new GitHubCheck(config, effects);
  try {
    for (let at = 0; at < asks.length; at += BATCH) yield* check.batch(asks.slice(at, at + BATCH));
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    effects.log.say(
      "warn",
      "GitHub's rate limit is reached; what was not asked stays as it was. Run again in an hour to go on.",
    );
  }
}

/** Repositories on github.com. */
export function github(config: GitHubConfig): RepositoryService {
  return {
    name: "github",
    answersFor: ({ host }) => host === "github.com",
    plan(asks) {
      const queries = Math.ceil(asks.length / BATCH);
      return { requests: { "GraphQL queries": queries }, seconds: queries };
    },
    check: (asks, { effects }) => checkGitHub(asks, config, effects),
  };
}
