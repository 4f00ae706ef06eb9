import pLimit from "p-limit";
import type { Effects, HttpAnswer } from "../../core/effects.ts";
import { LimitReached } from "../rate-limit.ts";
import type { Answer, Etag, RepositoryAsk } from "../repository.ts";
import { type Account, HostDown, type Lost } from "./github-account.ts";
import { isPassing, readRest, redirectTarget } from "./github-rest.ts";

/** Asking REST about single repositories: what GraphQL could not resolve, or all where there is no token. */

const AT_ONCE = 4;
/** After so many repositories in a row without one usable answer, the host is left alone. */
const MOST_IN_VAIN = 12;
/** How often a request is tried whose answer was lost or was the host's failure. */
const TRIES = 3;

/** Why REST is asked: GraphQL found nothing, was refused for its token, or said nothing usable. */
export type Reason = "not_found" | "refused" | "no_answer";

/** An answer, and the state that it describes. */
export interface Explained {
  readonly answer: Answer;
  readonly etag?: Etag;
}

export class Explainer {
  private readonly apiUrl: string;
  private readonly account: Account;
  /** Asks without a token, where the token is what was refused. */
  private readonly anonymous: Account;
  private readonly effects: Effects;
  private readonly atOnce = pLimit(AT_ONCE);
  private inVain = 0;

  constructor(apiUrl: string, account: Account, anonymous: Account, effects: Effects) {
    this.apiUrl = apiUrl;
    this.account = account;
    this.anonymous = anonymous;
    this.effects = effects;
  }

  /** What REST says of a repository; null where a limit leaves it unasked. Rejects with HostDown where nobody answers. */
  explain(ask: RepositoryAsk, reason: Reason): Promise<Explained | null> {
    return this.atOnce(async () => {
      if (this.inVain >= MOST_IN_VAIN) throw new HostDown();
      const explained = await this.withoutRefusal(ask, reason);
      if (explained !== null) this.inVain = isPassing(explained.answer) ? this.inVain + 1 : 0;
      if (explained?.answer.kind !== "absent" || reason === "not_found") return explained;
      const problem = "REST's 404 that GraphQL did not confirm";
      return { answer: { ...explained.answer, kind: "failed", problem } };
    });
  }

  /** Where the token is refused for this one, which may be public all the same, it is asked about without a token. */
  private async withoutRefusal(ask: RepositoryAsk, reason: Reason): Promise<Explained | null> {
    if (reason === "refused") return (await this.ask(this.anonymous, ask)) ?? REFUSED;
    const own = await this.ask(this.account, ask);
    const isRefused = own?.answer.kind === "failed" && own.answer.http_status === 403;
    if (!isRefused || this.account === this.anonymous) return own;
    return (await this.ask(this.anonymous, ask)) ?? own;
  }

  private async ask(account: Account, ask: RepositoryAsk): Promise<Explained | null> {
    const etag = ask.etag !== undefined && ask.etag.token === account.token ? ask.etag.value : undefined;
    const path = `/repos/${encodeURIComponent(ask.owner)}/${encodeURIComponent(ask.name)}`;
    try {
      for (let tries = 1; ; tries += 1) {
        const sent = await this.follow(account, this.apiUrl + path, etag);
        const answer: Answer = "problem" in sent ? lost(sent.problem) : readRest(sent);
        if (isPassing(answer) && tries < TRIES) {
          await this.effects.sleep(1_000 * tries);
          continue;
        }
        const value = "problem" in sent ? undefined : sent.headers["etag"];
        const isState = answer.kind === "found" && value !== undefined;
        return isState ? { answer, etag: { value, token: account.token } } : { answer };
      }
    } catch (error) {
      if (error instanceof LimitReached) return null;
      throw error;
    }
  }

  /** One request, and one more where it leads to a repository's new place. */
  private async follow(account: Account, url: string, etag: string | undefined): Promise<HttpAnswer | Lost> {
    const first = await account.get(url, etag);
    const target = "problem" in first ? null : redirectTarget(first, this.apiUrl);
    return target === null ? first : account.get(target);
  }
}

const lost = (problem: string): Answer => ({
  kind: "failed",
  problem,
  http_status: null,
  source: "github_rest",
});

const REFUSED: Explained = {
  answer: {
    kind: "failed",
    problem: "the token is refused for this repository",
    http_status: 200,
    source: "github_graphql",
  },
};
