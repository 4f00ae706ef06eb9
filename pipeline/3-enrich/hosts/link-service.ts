import type { LinkSource } from "../../../schemas/vocabularies.ts";
import { timestamp } from "../../core/effects.ts";
import type { LinkAnswer, LinkAsk, LinkFacts, LinkService } from "../links/link.ts";
import { type Asked, Asker, askEach, type Pace, planAt } from "./asker.ts";
import type { EndpointName, ServiceConfig } from "./endpoints.ts";

/** A verdict, without who gave it. */
export type Verdict = Omit<LinkAnswer, "source">;

export const alive = (http_status: number, facts: LinkFacts): Verdict => ({
  status: "alive",
  http_status,
  facts,
});
export const noVerdict = (http_status: number | null, problem: string): Verdict => ({
  status: "unknown",
  http_status,
  facts: null,
  problem,
});

/** What an answer means at every service where it has no meaning of its own. */
export function usualVerdict(asked: Asked): Verdict {
  if (asked.problem !== null) return noVerdict(null, asked.problem);
  const { status } = asked.answer;
  if (status === 404 || status === 410) return { status: "missing", http_status: status, facts: null };
  if (status === 451) return { status: "withheld", http_status: status, facts: null };
  return noVerdict(status, `HTTP ${status}`);
}

/** What differs between services that answer about one address at a time. */
export interface LinkRules<Target> {
  readonly name: EndpointName & LinkSource;
  readonly pace: Pace;
  readonly asksOnce?: boolean;
  /** Requests that one address takes, at most. */
  readonly perAsk?: number;
  /** What an address names at this service; null: nothing. */
  target(ask: LinkAsk): Target | null;
  ask(target: Target, asker: Asker): Promise<Verdict>;
}

/** Such a service: one address after the other. */
export function linkService<Target>(rules: LinkRules<Target>, config: ServiceConfig): LinkService {
  const { name, pace, asksOnce = false, perAsk = 1 } = rules;
  return {
    name,
    asksOnce,
    answersFor: (ask) => rules.target(ask) !== null,
    plan: (asks) => planAt(pace, asks.length, perAsk),
    check(asks, context) {
      const asker = new Asker(pace, config.maxWaitMs, context);
      const known = asks.flatMap((ask) => {
        const target = rules.target(ask);
        return target === null ? [] : [{ url: ask.url, target }];
      });
      return askEach(known, context, pace.service, async ({ url, target }) => {
        const verdict = await rules.ask(target, asker);
        return { url, at: timestamp(context.effects.now()), answer: { ...verdict, source: name } };
      });
    },
  };
}

/** The path of an address at one of the hosts (a leading `www.` aside), in decoded parts; null elsewhere. */
export function pathAt(url: string, hosts: readonly string[]): string[] | null {
  const parsed = URL.parse(url);
  if (parsed === null || !hosts.includes(parsed.hostname.replace(/^www\./u, ""))) return null;
  try {
    return parsed.pathname.split("/").flatMap((part) => (part === "" ? [] : [decodeURIComponent(part)]));
  } catch {
    return null; // a stray percent sign names nothing at any of them
  }
}
