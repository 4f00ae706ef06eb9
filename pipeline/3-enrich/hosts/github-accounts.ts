import type { Effects } from "../../core/effects.ts";
import { PapersetError } from "../../core/errors.ts";
import { interleave } from "../../core/interleave.ts";
import { LimitReached } from "../rate-limit.ts";
import {
  Account,
  type GitHubConfig,
  Health,
  HostDown,
  type Resource,
  TokenRefused,
} from "./github-account.ts";
import type { CheckContext, News } from "./service.ts";

/** Why an account asks no more. */
type Ending = "done" | "limit" | "refused" | "down";

/** All accounts that one run asks with, each with quotas of its own, and why each ended. */
export class Accounts {
  /** Sends no token. */
  readonly anonymous: Account;
  readonly health: Health;
  private readonly signed: readonly Account[];
  private readonly effects: Effects;
  private readonly resource: Resource;
  private requests = 0;
  private readonly endings: Ending[] = [];

  /** @param resource whose quota people are told of */
  constructor(config: GitHubConfig, { effects, tell }: CheckContext, resource: Resource) {
    this.effects = effects;
    this.resource = resource;
    this.health = new Health(effects);
    const count = () => {
      this.requests += 1;
      tell(this.news());
    };
    const account = (number: number | null) => new Account(number, config, effects, tell, count);
    this.anonymous = account(null);
    this.signed = config.tokens.map((_, number) => account(number));
  }

  private news(): News {
    const known = this.signed.flatMap((account) => account.remaining(this.resource) ?? []);
    const remaining = known.reduce((sum, points) => sum + points, 0);
    return { requests: this.requests, ...(known.length === 0 ? {} : { remaining }) };
  }

  /** What comes of asking with every account side by side, or with the one that sends no token where there is none. */
  ask<T>(by: (account: Account) => AsyncGenerator<T>): AsyncGenerator<T> {
    const accounts = this.signed.length === 0 ? [this.anonymous] : this.signed;
    return interleave(accounts.map((account) => this.ended(by(account))));
  }

  /** Keeps in mind why a source ended; only what stops the run is thrown. */
  private async *ended<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
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

  /**
   * Says, once all have ended, what is to be said of it; throws where every token was refused.
   * @param isLimited a limit left something without an answer, though its account went on
   */
  conclude(isLimited: boolean): void {
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
        `GitHub refused ${refused} of ${this.signed.length} tokens (HTTP 401); the others were used.`,
      );
    }
    if (is("down"))
      log.say(
        "warn",
        "GitHub does not answer any more; what was not asked stays as it was. Run again later to go on.",
      );
    else if ((is("limit") || isLimited) && this.signed.length > 0)
      log.say(
        "warn",
        "GitHub's rate limit is reached; what was not asked stays as it was. Run again in an hour to go on, or wait longer with --max-wait.",
      );
  }
}
