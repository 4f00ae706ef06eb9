import type { RateLimit } from "./github-double-graphql.ts";
import type { Answer } from "./github-double-replies.ts";
import { json, refusal } from "./github-double-replies.ts";

/** GitHub's two quotas. */
export type Resource = "graphql" | "core";

/** When the double stops answering, for each token by itself. Requests with a wrong token do not count. */
export interface Limits {
  /** The quota of an hour that headers show: 5,000 with a token and 60 without, unless told otherwise. */
  readonly quota?: number;
  /** After this many GraphQL queries of an hour: HTTP 200, an error of type RATE_LIMITED, nothing remaining. */
  readonly graphql_after?: number;
  /** After this many REST requests of an hour: 403, nothing remaining. */
  readonly rest_after?: number;
  /** The status with which REST's quota ends. */
  readonly rest_status?: 403 | 429;
  /** After this many requests of both interfaces together: the secondary limit, for a while. */
  readonly secondary_after?: number;
  readonly secondary?: SecondaryForm;
  /** How far GitHub's clock is ahead of the machine's, in seconds. */
  readonly clock_ahead_s?: number;
}

/** How the secondary limit shows; by default 403 with retry-after 60, and it lasts a minute. */
export interface SecondaryForm {
  readonly status?: 200 | 403 | 429;
  /** Null: no header says how long it lasts. */
  readonly retry_after?: number | null;
  readonly lasts_s?: number;
}

const HOUR_S = 3600;

interface Window {
  used: number;
  /** Epoch seconds of GitHub's clock. */
  resetAt: number;
}

interface Usage {
  readonly graphql: Window;
  readonly core: Window;
  together: number;
  blockedUntil: number;
}

/** The quotas of one double: they fall by one a request, at once to nothing where a set limit is reached, and renew. */
export class Meter {
  private readonly usages = new Map<string | null, Usage>();
  private readonly limits: Limits;
  private readonly now: () => Date;

  constructor(limits: Limits, now: () => Date) {
    this.limits = limits;
    this.now = now;
  }

  /** GitHub's own time, in epoch seconds. */
  private time(): number {
    return Math.floor(this.now().getTime() / 1000) + (this.limits.clock_ahead_s ?? 0);
  }

  private usage(token: string | null): Usage {
    const window = () => ({ used: 0, resetAt: this.time() + HOUR_S });
    const usage = this.usages.get(token) ?? {
      graphql: window(),
      core: window(),
      together: 0,
      blockedUntil: 0,
    };
    this.usages.set(token, usage);
    for (const each of [usage.graphql, usage.core])
      if (this.time() >= each.resetAt) {
        each.used = 0;
        each.resetAt = this.time() + HOUR_S;
      }
    return usage;
  }

  /** Counts a request; says which limit it runs into. */
  count(resource: Resource, token: string | null): "primary" | "secondary" | null {
    const usage = this.usage(token);
    if (this.time() < usage.blockedUntil) return "secondary";
    usage.together += 1;
    if (usage.together > (this.limits.secondary_after ?? Number.POSITIVE_INFINITY)) {
      usage.blockedUntil = this.time() + (this.limits.secondary?.lasts_s ?? 60);
      usage.together = 0;
      return "secondary";
    }
    usage[resource].used += 1;
    return this.isSpent(resource, token) ? "primary" : null;
  }

  /** Takes back a request that GitHub does not count: one that was authorised and answered 304. */
  uncount(resource: Resource, token: string | null): void {
    if (token !== null) this.usage(token)[resource].used -= 1;
  }

  private quota(token: string | null): number {
    return this.limits.quota ?? (token === null ? 60 : 5000);
  }

  private isSpent(resource: Resource, token: string | null): boolean {
    const after = resource === "graphql" ? this.limits.graphql_after : this.limits.rest_after;
    return this.usage(token)[resource].used > Math.min(this.quota(token), after ?? Number.POSITIVE_INFINITY);
  }

  /** The quota as it stands. */
  state(resource: Resource, token: string | null): RateLimit {
    const limit = this.quota(token);
    const { used, resetAt } = this.usage(token)[resource];
    const remaining = this.isSpent(resource, token) ? 0 : Math.max(0, limit - used);
    return { limit, remaining, used: limit - remaining, resetAt: new Date(resetAt * 1000).toISOString() };
  }

  /** The headers that every response carries; the reset is the hour's, also where another limit is met. */
  headers(resource: Resource, token: string | null): Record<string, string> {
    const { limit, remaining, used, resetAt } = this.state(resource, token);
    return {
      date: new Date(this.time() * 1000).toUTCString(),
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Date.parse(resetAt) / 1000),
      "x-ratelimit-resource": resource,
    };
  }

  /** The answer when a limit is reached. */
  reached(limit: "primary" | "secondary", resource: Resource): Answer {
    if (limit === "secondary") return secondaryReached(this.limits.secondary ?? {});
    const message = "API rate limit exceeded for user ID 1.";
    return resource === "graphql"
      ? json(200, { errors: [{ type: "RATE_LIMITED", message }] })
      : refusal(this.limits.rest_status ?? 403, message);
  }
}

function secondaryReached({ status = 403, retry_after = 60 }: SecondaryForm): Answer {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const headers: Record<string, string> = retry_after === null ? {} : { "retry-after": String(retry_after) };
  return status === 200 ? json(200, { errors: [{ message }] }, headers) : refusal(status, message, headers);
}
