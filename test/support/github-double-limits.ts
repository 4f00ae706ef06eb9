import type { RateLimit } from "./github-double-graphql.ts";
import { graphqlLimitReached } from "./github-double-graphql.ts";
import type { Answer } from "./github-double-replies.ts";
import { refusal } from "./github-double-replies.ts";

/** GitHub's two quotas. */
export type Resource = "graphql" | "core";

/** When the double stops answering; once a limit is reached it stays so. Requests with a wrong token do not count. */
export interface Limits {
  /** After this many GraphQL queries: HTTP 200, an error of type RATE_LIMITED, nothing remaining. */
  readonly graphql_after?: number;
  /** After this many requests of both interfaces together: 403, retry-after 60, points remaining. */
  readonly secondary_after?: number;
  /** After this many REST requests: 403, nothing remaining. */
  readonly rest_after?: number;
}

/** The hour's quota: it falls by one per request, and at once to nothing when the set limit is reached. */
export class Meter {
  private readonly used = { graphql: 0, core: 0 };
  private readonly resetAt = Math.floor(Date.now() / 1000) + 3600;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Counts a request; says which limit it runs into. */
  count(resource: Resource): "primary" | "secondary" | null {
    this.used[resource] += 1;
    const { graphql, core } = this.used;
    if (graphql + core > (this.limits.secondary_after ?? Number.POSITIVE_INFINITY)) return "secondary";
    return this.isSpent(resource) ? "primary" : null;
  }

  private isSpent(resource: Resource): boolean {
    const after = resource === "graphql" ? this.limits.graphql_after : this.limits.rest_after;
    return this.used[resource] > (after ?? Number.POSITIVE_INFINITY);
  }

  /** The quota as it stands; REST without a token has a small one. */
  state(resource: Resource, anonymous: boolean): RateLimit {
    const limit = anonymous ? 60 : 5000;
    const remaining = this.isSpent(resource) ? 0 : Math.max(0, limit - this.used[resource]);
    return {
      limit,
      remaining,
      used: limit - remaining,
      resetAt: new Date(this.resetAt * 1000).toISOString(),
    };
  }

  /** The headers that every response carries. */
  headers(resource: Resource, anonymous: boolean): Record<string, string> {
    const { limit, remaining, used } = this.state(resource, anonymous);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(this.resetAt),
      "x-ratelimit-resource": resource,
    };
  }
}

/** The answer when a limit is reached. */
export function limitReached(limit: "primary" | "secondary", resource: Resource): Answer {
  if (limit === "primary")
    return resource === "graphql"
      ? graphqlLimitReached()
      : refusal(403, "API rate limit exceeded for user ID 1.");
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return refusal(403, message, { "retry-after": "60" });
}
