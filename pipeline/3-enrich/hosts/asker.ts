import type { HttpAnswer } from "../../core/effects.ts";
import { NetworkFailure } from "../net/failure.ts";
import { type Followed, follow, sameOrigin } from "../net/redirects.ts";
import { Gate, LimitReached } from "../rate-limit.ts";
import type { CheckContext, Plan } from "./service.ts";

/** How fast a service may be asked, as its documents say. */
export interface Pace {
  /** The service's name, for people. */
  readonly service: string;
  /** So many requests are allowed in each window. */
  readonly requests: number;
  readonly windowMs: number;
  /** At least so long between the starts of two requests. */
  readonly spacingMs: number;
}

/** Nobody answers any more, or our token is refused: the service is left alone for this run. */
class LeftAlone extends Error {}

/** After so many requests in a row that brought no answer, a service is down. */
const MOST_FAILURES = 5;
const MOST_HOPS = 3;

/** What a request brought: an answer and where it came from in the end, or why there is none. */
export type Asked = (Followed & { readonly problem: null }) | { readonly problem: string };

/** A limit and no verdict: too many requests, or a refusal that says when to come again (RFC 6585, RFC 9110). */
function isLimit({ status, headers }: HttpAnswer): boolean {
  return status === 429 || ((status === 403 || status === 503) && "retry-after" in headers);
}

/**
 * Headers under the names that the gate reads. GitLab leaves the `x-` out; others follow the draft "RateLimit header
 * fields for HTTP", in which `r` is what remains and `t` the seconds until the window ends.
 */
function withUsualNames(answer: HttpAnswer, now: number): HttpAnswer {
  const { headers } = answer;
  const usual: Record<string, string> = { ...headers };
  for (const part of ["limit", "remaining", "reset"]) {
    const value = headers[`ratelimit-${part}`];
    if (value !== undefined) usual[`x-ratelimit-${part}`] ??= value;
  }
  const [, remaining, seconds] = /;\s*r=(\d+);\s*t=(\d+)/u.exec(headers["ratelimit"] ?? "") ?? [];
  if (remaining !== undefined && seconds !== undefined) {
    const limit = /;\s*q=(\d+)/u.exec(headers["ratelimit-policy"] ?? "")?.[1] ?? remaining;
    usual["x-ratelimit-limit"] ??= limit;
    usual["x-ratelimit-remaining"] ??= remaining;
    usual["x-ratelimit-reset"] ??= String(Math.ceil(now / 1000) + Number(seconds));
    delete usual["date"]; // the end of the window was counted by this machine's clock
  }
  return { ...answer, headers: usual };
}

/** Asks one service, one request at a time, within its pace; redirects are followed within its origin only. */
export class Asker {
  private readonly pace: Pace;
  private readonly context: CheckContext;
  private readonly gate: Gate;
  private windowEnds = 0;
  private inWindow = 0;
  private sent = 0;
  private failures = 0;

  constructor(pace: Pace, maxWaitMs: number, context: CheckContext) {
    this.pace = pace;
    this.context = context;
    const rules = { service: pace.service, spacingMs: pace.spacingMs, maxWaitMs, leaveShare: 0 };
    this.gate = new Gate(rules, context.effects, (waitingMs) => context.tell({ waitingMs }));
  }

  /** GET, as soon as the pace lets it. Rejects with what ends the asking. */
  async get(
    url: string,
    headers: Readonly<Record<string, string>> = { accept: "application/json" },
    isAllowed = sameOrigin,
  ): Promise<Asked> {
    const network = { request: (request: Parameters<typeof this.send>[0]) => this.send(request) };
    try {
      const followed = await follow(network, { method: "GET", url, headers }, MOST_HOPS, isAllowed);
      this.failures = followed.answer.status >= 500 ? this.failures + 1 : 0;
      return { ...followed, problem: null };
    } catch (error) {
      this.context.effects.signal.throwIfAborted();
      if (!(error instanceof NetworkFailure)) throw error;
      this.failures += 1;
      return { problem: error.message };
    }
  }

  /** Says that our token is refused, and ends the asking. */
  refuseToken(variable: string): never {
    this.leaveAlone(`refused the token: set ${variable} to a valid one, or leave it out.`);
  }

  /** Ends the asking, with a sentence that the service's name begins. */
  leaveAlone(words: string): never {
    throw new LeftAlone(`${this.pace.service} ${words}`);
  }

  private async send(
    request: Parameters<CheckContext["effects"]["network"]["request"]>[0],
  ): Promise<HttpAnswer> {
    if (this.failures >= MOST_FAILURES)
      throw new LeftAlone(
        `${this.pace.service} does not answer; what was not asked stays as it was. Run again later.`,
      );
    for (;;) {
      this.keepWindow();
      await this.gate.pass();
      this.inWindow += 1;
      this.sent += 1;
      const answer = await this.context.effects.network.request(request);
      const limited = isLimit(answer);
      this.gate.learn(withUsualNames(answer, this.now()), limited ? "secondary" : null);
      const { remaining } = this.gate;
      this.context.tell({ requests: this.sent, ...(remaining === null ? {} : { remaining }) });
      if (!limited) return answer;
    }
  }

  /** Closes the gate where the window's requests are spent, until it ends. */
  private keepWindow(): void {
    const now = this.now();
    if (now >= this.windowEnds) {
      this.windowEnds = now + this.pace.windowMs;
      this.inWindow = 0;
    }
    if (this.inWindow < this.pace.requests) return;
    this.gate.closeUntil(this.windowEnds);
    this.windowEnds += this.pace.windowMs;
    this.inWindow = 0;
  }

  private now(): number {
    return this.context.effects.now().getTime();
  }
}

/** Asks about one thing after the other, each answer given before the next is asked for; ends early with a sentence. */
export async function* askEach<Ask, Found>(
  asks: Iterable<Ask>,
  { effects: { log } }: CheckContext,
  service: string,
  ask: (one: Ask) => Promise<Found>,
): AsyncGenerator<readonly Found[]> {
  try {
    for (const one of asks) yield [await ask(one)];
  } catch (error) {
    if (error instanceof LeftAlone) log.say("warn", error.message);
    else if (error instanceof LimitReached)
      log.say(
        "warn",
        `${service}'s rate limit is reached; what was not asked stays as it was. Run again later.`,
      );
    else throw error;
  }
}

/** What asking costs at a pace: `perAsk` requests each. */
export function planAt({ requests, windowMs, spacingMs }: Pace, asks: number, perAsk = 1): Plan {
  const count = asks * perAsk;
  const windows = Math.max(0, Math.ceil(count / requests) - 1);
  const rest = count - windows * requests;
  return {
    requests: { requests: count },
    seconds: Math.ceil((windows * windowMs + rest * spacingMs) / 1000),
  };
}
