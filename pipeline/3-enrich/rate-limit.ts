import type { Effects, HttpAnswer } from "../core/effects.ts";

/** What a service allows: reading its limits, and one gate that holds every request while they say no. */

/** A limit that an answer met: the quota of a window, or one on how fast or how much at once. */
export type LimitKind = "primary" | "secondary";

/** What is left of the present window, as an answer's headers tell it. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds of this machine's clock. */
  readonly resetsAt: number;
}

/** Where GitHub names no time, it asks for at least a minute, then longer each time (docs.github.com, "Rate limits"). */
const FIRST_WAIT_MS = 60_000;
/** The window may end a moment after the second that it names; GitHub's own client waits as long. */
const RESET_PADDING_MS = 1_000;
/** After so many limits without an answer between them, the service is taken at its word. */
const MOST_STRIKES = 8;
/** How often people are told that it still waits. */
const TELL_EVERY_MS = 10_000;

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : null;
}

/** The quota in an answer's headers; the service's own `date` corrects for a clock that goes wrong here. */
export function quotaIn({ headers }: HttpAnswer, now: number): Quota | null {
  const limit = whole(headers["x-ratelimit-limit"]);
  const remaining = whole(headers["x-ratelimit-remaining"]);
  const reset = whole(headers["x-ratelimit-reset"]);
  if (limit === null || remaining === null || reset === null) return null;
  return { limit, remaining, resetsAt: reset * 1000 - aheadBy(headers, now) + RESET_PADDING_MS };
}

/** How far the service's clock is ahead of this machine's, in milliseconds, as far as its answer tells. */
function aheadBy(headers: HttpAnswer["headers"], now: number): number {
  const date = Date.parse(headers["date"] ?? "");
  return Number.isNaN(date) ? 0 : date - now;
}

/** The wait that `retry-after` names, in seconds or as a date (RFC 9110, section 10.2.3); null where it names none. */
function retryAfter({ headers }: HttpAnswer, now: number): number | null {
  const after = headers["retry-after"] ?? "";
  const seconds = whole(after);
  if (seconds !== null) return seconds * 1000;
  const date = after.endsWith("GMT") ? Date.parse(after) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(RESET_PADDING_MS, date - aheadBy(headers, now) - now);
}

/**
 * How long to wait after a limit. `retry-after` comes before the end of the window, which GitHub names on secondary
 * limits too, an hour too far (docs.github.com, "Rate limits for the REST API").
 */
export function waitAfter(answer: HttpAnswer, strikes: number, now: number): number {
  const after = retryAfter(answer, now);
  if (after !== null) return after;
  const quota = quotaIn(answer, now);
  if (quota !== null && quota.remaining === 0) return Math.max(RESET_PADDING_MS, quota.resetsAt - now);
  return FIRST_WAIT_MS * 2 ** (strikes - 1);
}

/** The service allows no more for longer than the user waits. */
export class LimitReached extends Error {}

export interface GateRules {
  /** The service's name, for people. */
  readonly service: string;
  /** At least so long between the starts of two requests. */
  readonly spacingMs: number;
  /** A longer wait is none: it ends the asking. */
  readonly maxWaitMs: number;
  /** The part of each window's quota that is left to the user's other work, from 0 to 1. */
  readonly leaveShare: number;
}

/** What every request of one token and resource passes through; closed for all of them at once. */
export class Gate {
  private readonly rules: GateRules;
  private readonly effects: Effects;
  private readonly tellWaiting: (milliseconds: number) => void;
  private openAt = 0;
  private nextStart = 0;
  private strikes = 0;
  private announced = 0;
  /** Requests that the window still allows, as far as it is known. */
  remaining: number | null = null;

  constructor(rules: GateRules, effects: Effects, tellWaiting: (milliseconds: number) => void) {
    this.rules = rules;
    this.effects = effects;
    this.tellWaiting = tellWaiting;
  }

  /** Resolves when a request may be sent; rejects with LimitReached where that is too far away. */
  async pass(): Promise<void> {
    for (;;) {
      await this.untilOpen();
      const now = this.now();
      const start = Math.max(now, this.nextStart);
      this.nextStart = start + this.rules.spacingMs;
      if (start > now) await this.effects.sleep(start - now);
      if (this.openAt <= this.now()) return; // it may have closed meanwhile
    }
  }

  /** Takes an answer's headers into account, and the limit that it met. */
  learn(answer: HttpAnswer, limit: LimitKind | null): void {
    const now = this.now();
    const quota = quotaIn(answer, now);
    if (quota !== null) this.remaining = quota.remaining;
    if (limit !== null) {
      // of requests that were under way together, the first one's limit counts
      if (this.openAt <= now) this.strikes += 1;
      this.closeUntil(
        this.strikes > MOST_STRIKES ? Number.POSITIVE_INFINITY : now + waitAfter(answer, this.strikes, now),
      );
      return;
    }
    if (this.openAt <= now) this.strikes = 0;
    if (quota !== null && quota.remaining <= Math.floor(quota.limit * this.rules.leaveShare))
      this.closeUntil(quota.resetsAt);
  }

  closeUntil(time: number): void {
    this.openAt = Math.max(this.openAt, time);
  }

  /** When it opens, in milliseconds of this machine's clock; in the past when it is open. */
  get opensAt(): number {
    return this.openAt;
  }

  private now(): number {
    return this.effects.now().getTime();
  }

  private async untilOpen(): Promise<void> {
    for (let wait = this.openAt - this.now(); wait > 0; wait = this.openAt - this.now()) {
      if (wait > this.rules.maxWaitMs + RESET_PADDING_MS)
        throw new LimitReached("The service's rate limit is reached.");
      this.announce(wait);
      this.tellWaiting(wait);
      await this.effects.sleep(Math.min(wait, TELL_EVERY_MS));
      if (this.openAt <= this.now()) this.tellWaiting(0);
    }
  }

  private announce(wait: number): void {
    // answers to requests that were under way together may name ends a moment apart
    if (this.openAt - this.announced < FIRST_WAIT_MS || wait < TELL_EVERY_MS) return;
    this.announced = this.openAt;
    const minutes = Math.ceil(wait / 60_000);
    const at = new Date(this.openAt).toISOString().slice(11, 16);
    this.effects.log.say(
      "info",
      `${this.rules.service}'s rate limit is reached: asking again at ${at} UTC, in ${minutes} min. It may be stopped meanwhile; nothing is lost.`,
    );
  }
}
