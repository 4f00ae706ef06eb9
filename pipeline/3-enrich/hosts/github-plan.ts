import { FIRST_SIZE } from "./batches.ts";
import type { GitHubConfig } from "./github-account.ts";
import type { Plan } from "./service.ts";

/** What a check at GitHub will cost, before anything is sent. */

/** A query for 50 names takes about so long (measured by others on such fields: 3.7 to 6 s). */
const SECONDS_PER_QUERY = 4;
/** Of the repositories that papers name, up to one in ten does not resolve and takes a REST request. */
const UNRESOLVED_SHARE = 0.1;
const REST_PER_SECOND = 8;
/** Points an hour and token: a query of this shape costs one, however many names it holds. */
const QUOTA_PER_HOUR = 5_000;
/** Requests an hour without a token. */
const BUDGET = 60;

/** Queries at their first size, REST for one repository in ten, and an hour for each window's quota that is used up. */
export function planGitHub(count: number, { tokens, leaveShare }: GitHubConfig): Plan {
  const usable = 1 - leaveShare;
  if (tokens.length === 0) {
    const requests = Math.min(count, Math.floor(BUDGET * usable));
    return { requests: { REST: requests }, seconds: Math.ceil(requests / REST_PER_SECOND) };
  }
  const queries = Math.ceil(count / FIRST_SIZE);
  const rest = Math.ceil(count * UNRESOLVED_SHARE);
  const perToken = queries / tokens.length;
  const hours = Math.floor(Math.max(queries, rest) / tokens.length / (QUOTA_PER_HOUR * usable));
  const asking = perToken * SECONDS_PER_QUERY + rest / tokens.length / REST_PER_SECOND;
  return {
    requests: { GraphQL: queries, REST: rest },
    seconds: Math.ceil(Math.max(asking, hours * 3600)),
  };
}
