import type { HttpAnswer } from "../../core/effects.ts";
import { usualVerdict, type Verdict } from "../hosts/link-service.ts";
import { NO_FACTS } from "../links/link.ts";
import type { Followed } from "../net/redirects.ts";

/** What a page's answer means: only a plain word of the page is a verdict. */

/** Refusals that hosts give to automatic readers; 999 is LinkedIn's own. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 406, 999]);

/** A page that asks to prove that one is no program (developers.cloudflare.com, "Detecting a challenge page response"). */
const isChallenge = ({ headers }: HttpAnswer): boolean => headers["cf-mitigated"] === "challenge";

const SIGN_IN = /\/(?:log-?in|sign-?in|sso|auth|oauth2?|account\/login)(?:[/?.]|$)/iu;

/** Where an address that names one thing ends at the host's front page, or at its sign-in: that says nothing of the thing. */
function isElsewhere(asked: URL, found: URL): boolean {
  const isDeep = asked.pathname.length > 1 || asked.search !== "";
  if (isDeep && found.pathname === "/" && found.search === "") return true;
  return SIGN_IN.test(found.pathname) && !SIGN_IN.test(asked.pathname);
}

/** An address without what does not tell two apart: scheme, a leading `www.`, a slash at the end, the part behind `#`. */
const bare = ({ host, pathname, search }: URL) =>
  host.replace(/^www\./u, "") + pathname.replace(/\/$/u, "") + search;

/** The host says that it is asked too much (RFC 6585, section 4; RFC 9110, section 15.6.4). */
export const isTired = ({ status, headers }: HttpAnswer): boolean =>
  status === 429 || (status === 503 && "retry-after" in headers);

/** Whether it is worth asking with GET what HEAD answered: many hosts know no HEAD, or treat it as a machine's. */
export const needsGet = (answer: HttpAnswer): boolean => answer.status >= 400 && !isTired(answer);

export function pageVerdict(url: string, followed: Followed): Verdict {
  const { answer, url: end, statuses } = followed;
  const { status } = answer;
  const none = { http_status: status, facts: null };
  if (isChallenge(answer) || REFUSALS.has(status)) return { status: "blocked", ...none };
  if (status < 200 || status > 299) return usualVerdict({ ...followed, problem: null });
  const [asked, found] = [new URL(url), new URL(end)];
  if (isElsewhere(asked, found))
    return { status: "unknown", ...none, problem: `It leads to ${found.origin}` };
  // only a redirect for good names a new address (RFC 9110, sections 15.4.2 and 15.4.9)
  const isForGood = statuses.length > 0 && statuses.every((one) => one === 301 || one === 308);
  const moved_to = isForGood && bare(asked) !== bare(found) ? found.href : null;
  return { status: "alive", http_status: status, facts: { ...NO_FACTS, moved_to } };
}
