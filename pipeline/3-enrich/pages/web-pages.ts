import { type Effects, timestamp } from "../../core/effects.ts";
import { interleave } from "../../core/interleave.ts";
import { noVerdict, type Verdict } from "../hosts/link-service.ts";
import type { CheckContext } from "../hosts/service.ts";
import type { DatedLinkAnswer, LinkAsk, LinkService } from "../links/link.ts";
import { NetworkFailure } from "../net/failure.ts";
import { follow } from "../net/redirects.ts";
import { needsGet, pageVerdict } from "./page-verdict.ts";
import { HostSilent, HostTired, RobotsForbid, Visitor } from "./visitor.ts";

/** Hosts that are visited at once. */
const HOSTS_AT_ONCE = 8;
/** Redirects that browsers' users do not notice either. */
const HOPS = 5;
/** After so many addresses in a row that brought no answer, the rest of a host's are left for another run. */
const MOST_FAILURES = 3;
/** HEAD, GET after it, and their redirects; robots.txt once for a host. */
const REQUESTS_EACH = 2;

const HEADERS = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

async function visit(url: string, visitor: Visitor): Promise<Verdict> {
  const ask = (method: "HEAD" | "GET") =>
    follow(visitor, { method, url, headers: HEADERS, bodyBytes: 0 }, HOPS, () => true);
  try {
    const first = await ask("HEAD").catch((error: unknown) => {
      // what no GET could change: where it leads, what the host's rules say
      if (!(error instanceof NetworkFailure) || error.kind !== "unreachable") throw error;
      return null;
    });
    return pageVerdict(url, first === null || needsGet(first.answer) ? await ask("GET") : first);
  } catch (error) {
    if (error instanceof RobotsForbid) return { status: "blocked", http_status: null, facts: null };
    if (error instanceof NetworkFailure || error instanceof HostSilent) return noVerdict(null, error.message);
    throw error;
  }
}

/** The addresses by host, the hosts with most of them first, so that no long one is left for the end. */
function byHost(asks: readonly LinkAsk[]): LinkAsk[][] {
  const groups = Map.groupBy(asks, ({ url }) => new URL(url).host);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** One host after the other from what is left, each address after the other. */
async function* visitHosts(
  left: LinkAsk[][],
  visitor: Visitor,
  effects: Effects,
  count: () => void,
): AsyncGenerator<readonly DatedLinkAnswer[]> {
  for (let asks = left.shift(); asks !== undefined; asks = left.shift()) {
    let failures = 0;
    for (const { url } of asks) {
      if (failures >= MOST_FAILURES) break;
      effects.signal.throwIfAborted();
      const verdict = await visit(url, visitor).catch((error: unknown) => {
        if (error instanceof HostTired) return null;
        throw error;
      });
      effects.signal.throwIfAborted();
      if (verdict === null) break;
      count();
      failures = verdict.status === "unknown" && verdict.http_status === null ? failures + 1 : 0;
      yield [{ url, at: timestamp(effects.now()), answer: { ...verdict, source: "web" } }];
    }
  }
}

function check(asks: readonly LinkAsk[], { effects, tell }: CheckContext) {
  const visitor = new Visitor(effects);
  const left = byHost(asks);
  let requests = 0;
  const count = () => tell({ requests: ++requests });
  const workers = Array.from({ length: Math.min(HOSTS_AT_ONCE, left.length) }, () =>
    visitHosts(left, visitor, effects, count),
  );
  return interleave(workers);
}

/** Any page: whether it is alive. It goes to hosts that scraped text names, and to public addresses only. */
export const webPages: LinkService = {
  name: "web",
  asksOnce: false,
  answersFor: ({ url }) => /^https?:$/u.test(new URL(url).protocol),
  plan(asks) {
    const hosts = byHost(asks);
    const requests = asks.length * REQUESTS_EACH + hosts.length;
    const longest = (hosts[0]?.length ?? 0) * REQUESTS_EACH;
    return {
      requests: { "page visits": requests },
      seconds: Math.max(longest, Math.ceil(requests / HOSTS_AT_ONCE)),
    };
  },
  check,
};
