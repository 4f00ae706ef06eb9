import { FIRST_SIZE } from "./batches.ts";
import { type GitHubConfig, SPACING_MS } from "./github-account.ts";
import type { Plan } from "./service.ts";

/** What a check at GitHub will cost, before anything is sent. */

/** A query for 50 names takes about so long (measured by others on such fields: 3.7 to 6 s). */
const SECONDS_PER_QUERY = 4;
/** Of the repositories that papers name, up to one in ten does not resolve and takes a REST request. */
const UNRESOLVED_SHARE = 0.1;
const REST_PER_SECOND = 1_000 / SPACING_MS.core;
/** Points an hour and token; a query of this shape costs one, however many names it holds, and so does a request. */
const QUOTA_PER_HOUR = 5_000;
/** Requests an hour without a token. */
const BUDGET = 60;

/** How long the windows take that so many points of one token fill. */
function windowSeconds(points: number, { leaveShare }: GitHubConfig): number {
  return Math.floor(points / (QUOTA_PER_HOUR * (1 - leaveShare))) * 3600;
}

/** How long so many REST requests take, of all tokens together. */
export function restSeconds(requests: number, config: GitHubConfig): number {
  const own = requests / Math.max(1, config.tokens.length);
  return Math.ceil(Math.max(own / REST_PER_SECOND, windowSeconds(own, config)));
}

/** Queries at their first size, REST for one repository in ten, and an hour for each window that they fill. */
export function planGitHub(count: number, config: GitHubConfig): Plan {
  const { tokens, leaveShare } = config;
  if (tokens.length === 0) {
    const requests = Math.min(count, Math.floor(BUDGET * (1 - leaveShare)));
    return { requests: { REST: requests }, seconds: Math.ceil(requests / REST_PER_SECOND) };
  }
  const queries = Math.ceil(count / FIRST_SIZE);
  const rest = Math.ceil(count * UNRESOLVED_SHARE);
  const [ownQueries, ownRest] = [queries / tokens.length, rest / tokens.length];
  const asking = ownQueries * SECONDS_PER_QUERY + ownRest / REST_PER_SECOND;
  const seconds = Math.max(asking, windowSeconds(ownQueries, config), windowSeconds(ownRest, config));
  return { requests: { GraphQL: queries, REST: rest }, seconds: Math.ceil(seconds) };
}
