import type { HttpAnswer } from "../../core/effects.ts";
import type { LimitKind } from "../rate-limit.ts";

/** GitHub's ways to say "not now" (docs.github.com, "Rate limits" of the REST and of the GraphQL API). */

const SECONDARY_WORDS = /secondary rate limit|abuse detection/iu;

/**
 * The limit that an answer's status and headers show: 403 or 429 with retry-after, with nothing remaining, or in the
 * secondary limit's words. Any other 403 is about the repository or the token.
 */
export function limitOfStatus({ status, headers, body }: HttpAnswer): LimitKind | null {
  if (status !== 403 && status !== 429) return null;
  if ("retry-after" in headers || SECONDARY_WORDS.test(body)) return "secondary";
  if (headers["x-ratelimit-remaining"] === "0") return "primary";
  return status === 429 ? "secondary" : null;
}

/** The limit that errors within a GraphQL answer show, whatever its status: often 200. */
export function limitOfErrors(
  errors: readonly { readonly type?: string; readonly message?: string }[],
): LimitKind | null {
  if (errors.some(({ message }) => SECONDARY_WORDS.test(message ?? ""))) return "secondary";
  return errors.some(({ type }) => type === "RATE_LIMITED" || type === "RATE_LIMIT") ? "primary" : null;
}
