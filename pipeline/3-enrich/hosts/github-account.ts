import type { Effects, HttpAnswer, HttpRequest } from "../../core/effects.ts";
import { PapersetError } from "../../core/errors.ts";
import { Gate, type GateRules, type LimitKind } from "../rate-limit.ts";
import { limitOfStatus } from "./github-limits.ts";
import type { News } from "./service.ts";

export interface GitHubConfig {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** What tells the access tokens apart, a digest of each; a request names one by its place. None: REST only. */
  readonly tokens: readonly string[];
  /** The part of each hour's quota that is left to the user's other work, from 0 to 1. */
  readonly leaveShare: number;
  /** A limit that lasts longer ends the asking, in milliseconds. */
  readonly maxWaitMs: number;
}

/** GitHub's two quotas, each a pool of its own. */
export type Resource = "graphql" | "core";

/**
 * GitHub asks for serial requests; a second between queries is what its own client keeps. REST's quota of 900 points a
 * minute (docs.github.com, "Rate limits for the REST API") allows 15 requests a second; half of it is asked for.
 */
export const SPACING_MS = { graphql: 1_000, core: 125 } as const satisfies Record<Resource, number>;

/** GitHub refused the account's token. */
export class TokenRefused extends Error {}

/** Nobody answers any more: neither a verdict nor a limit, many times in a row. */
export class HostDown extends Error {}

/** After so many failures in a row, about two minutes, the host is left alone. */
const MOST_FAILURES = 8;
/** From so many on people are told. */
const TELLING_FAILURES = 3;
const LONGEST_PAUSE_MS = 60_000;

/** Failures in a row, of all accounts together: a host that is down is asked ever more seldom, then no more. */
export class Health {
  private readonly effects: Effects;
  private failures = 0;

  constructor(effects: Effects) {
    this.effects = effects;
  }

  good(): void {
    this.failures = 0;
  }

  /** Notes that a request brought nothing, and pauses: a second after the first, then doubling. */
  async bad(problem: string): Promise<void> {
    this.failures += 1;
    if (this.failures >= MOST_FAILURES) throw new HostDown();
    if (this.failures === TELLING_FAILURES)
      this.effects.log.say(
        "info",
        `GitHub does not answer as it should (${problem}): trying again for a while.`,
      );
    await this.effects.sleep(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (this.failures - 1)));
  }
}

/** Why a request brought no answer. */
export interface Lost {
  readonly problem: string;
}

const JSON_HEADERS = { accept: "application/vnd.github+json", "content-type": "application/json" };

/** One token at GitHub, or none, with its two gates: the only place that sends. */
export class Account {
  /** The token's place among the tokens; null: none is sent. */
  readonly number: number | null;
  /** The token's digest, for what holds for this token alone. */
  readonly token: string | null;
  private readonly gates: Readonly<Record<Resource, Gate>>;
  private readonly effects: Effects;
  private readonly count: () => void;

  constructor(
    number: number | null,
    { tokens, ...config }: GitHubConfig,
    effects: Effects,
    tell: (news: News) => void,
    count: () => void,
  ) {
    this.number = number;
    this.token = number === null ? null : (tokens[number] ?? null);
    this.effects = effects;
    this.count = count;
    const gate = (resource: Resource) => {
      // without a token there are 60 requests an hour: a budget, and nothing to wait for
      const maxWaitMs = number === null ? 0 : config.maxWaitMs;
      const rules: GateRules = { ...config, service: "GitHub", spacingMs: SPACING_MS[resource], maxWaitMs };
      return new Gate(rules, effects, (waitingMs) => tell({ waitingMs }));
    };
    this.gates = { graphql: gate("graphql"), core: gate("core") };
  }

  remaining(resource: Resource): number | null {
    return this.gates[resource].remaining;
  }

  /**
   * Sends a request as soon as its gate lets it, and learns from the limit that `read` finds in the answer. Gives what
   * was read, and how long the host took. Rejects with LimitReached, TokenRefused, or what stopped the run.
   */
  async send<Reading extends { readonly limit: LimitKind | null }>(
    resource: Resource,
    request: Pick<HttpRequest, "method" | "url" | "body"> & { readonly etag?: string | undefined },
    read: (answer: HttpAnswer) => Reading,
  ): Promise<(Reading & { readonly tookMs: number }) | Lost> {
    const gate = this.gates[resource];
    await gate.pass();
    const { etag, ...asked } = request;
    const headers = etag === undefined ? JSON_HEADERS : { ...JSON_HEADERS, "if-none-match": etag };
    this.count();
    const start = this.effects.now().getTime();
    let answer: HttpAnswer;
    try {
      answer = await this.effects.network.request({ ...asked, headers, token: this.number });
    } catch (error) {
      this.effects.signal.throwIfAborted();
      if (error instanceof PapersetError) throw error;
      return { problem: String(error) };
    }
    if (answer.status === 401 && this.number !== null) throw new TokenRefused();
    const reading = read(answer);
    gate.learn(answer, reading.limit);
    // the secondary limit is of both interfaces together
    if (reading.limit === "secondary")
      for (const other of Object.values(this.gates)) other.closeUntil(gate.opensAt);
    return { ...reading, tookMs: this.effects.now().getTime() - start };
  }

  /** GET from REST, as `send`; again as often as a limit answers instead, since the gate holds each next try. */
  async get(url: string, etag?: string): Promise<HttpAnswer | Lost> {
    for (;;) {
      const sent = await this.send("core", { method: "GET", url, etag }, (answer) => ({
        answer,
        limit: limitOfStatus(answer),
      }));
      if ("problem" in sent) return sent;
      if (sent.limit === null) return sent.answer;
    }
  }
}
