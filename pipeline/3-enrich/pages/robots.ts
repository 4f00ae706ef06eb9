import robotsParserModule from "robots-parser";
import type { Network } from "../../core/effects.ts";
import { follow } from "../net/redirects.ts";

/** What a host lets automatic readers do (RFC 9309, Robots Exclusion Protocol). */

interface ParsedRobots {
  isAllowed(url: string, product: string): boolean | undefined;
  /** In seconds. */
  getCrawlDelay(product: string): number | undefined;
}
/** The package declares an ES module, and is a CommonJS one whose export is the function itself. */
const robotsParser = robotsParserModule as unknown as (url: string, text: string) => ParsedRobots;

/** The name by which a host's rules may speak of this program. */
const PRODUCT = "paperset";
/** A parser must read at least so much of the file (RFC 9309, section 2.5). */
const MOST_BYTES = 500 * 1024;
/**
 * Comparing an address takes the number of wildcards times its length; more than any site needs are there to keep a
 * reader busy (480 rules of 500 each hold one up for 5 s).
 */
const MOST_WILDCARDS = 5_000;
/** At least so many redirects should be followed (section 2.3.1.2). */
const HOPS = 5;

export interface Robots {
  allows(url: string): boolean;
  /** How long to wait between two requests, in milliseconds, where the host says. */
  readonly delayMs: number;
}

const EVERYTHING: Robots = { allows: () => true, delayMs: 0 };

/**
 * The rules of an origin; null where they cannot be had now or mean harm, which forbids everything (section 2.3.1.4). A host that
 * answers that it has no rules allows everything (section 2.3.1.3).
 */
export async function robotsOf(origin: string, web: Network): Promise<Robots | null> {
  const url = `${origin}/robots.txt`;
  const request = { method: "GET", url, headers: { accept: "text/plain" }, bodyBytes: MOST_BYTES } as const;
  const asked = await follow(web, request, HOPS, () => true).catch(() => null);
  if (asked === null) return null;
  const { status, body } = asked.answer;
  if (status === 429 || status >= 500) return null;
  if (status !== 200) return EVERYTHING;
  if (body.split("*").length > MOST_WILDCARDS) return null;
  const rules = robotsParser(url, body);
  return {
    allows: (page) => rules.isAllowed(page, PRODUCT) !== false,
    delayMs: (rules.getCrawlDelay(PRODUCT) ?? 0) * 1000,
  };
}
