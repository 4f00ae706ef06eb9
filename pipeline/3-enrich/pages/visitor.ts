import type { Effects, HttpRequest, Network } from "../../core/effects.ts";
import { NetworkFailure } from "../net/failure.ts";
import { isTired } from "./page-verdict.ts";
import { type Robots, robotsOf } from "./robots.ts";

/** The host's robots.txt forbids the address to automatic readers. */
export class RobotsForbid extends Error {}
/** Whether the host allows it cannot be told now. */
export class HostSilent extends Error {}
/** The host has asked to be left alone: nothing was sent. */
export class HostTired extends Error {}

/** At least so long between two requests to a host. */
const PAUSE_MS = 1_000;
/** A host that wants longer pauses gets this one. */
const LONGEST_PAUSE_MS = 30_000;

/** Longer addresses are no page's (RFC 9110, section 4.1, asks for 8,000 of servers), and take long to compare with rules. */
const LONGEST_URL = 4_000;

/** What is known of one origin. */
interface Visited {
  readonly robots: Promise<Robots | null>;
  nextStart: number;
  /** It answered that it was asked too much. */
  isTired: boolean;
}

/** Visits pages of hosts that nobody vouches for: by their own rules, and each of them one request at a time, with a pause. */
export class Visitor implements Network {
  private readonly effects: Effects;
  private readonly origins = new Map<string, Visited>();

  constructor(effects: Effects) {
    this.effects = effects;
  }

  /** Sends a request if the host's rules allow the address; rejects with RobotsForbid, HostSilent or HostTired where not. */
  async request(request: HttpRequest) {
    if (request.url.length > LONGEST_URL)
      throw new NetworkFailure("refused_address", `The address has more than ${LONGEST_URL} characters.`);
    const { origin } = new URL(request.url);
    const visited = this.visitedAt(origin);
    const robots = await visited.robots;
    if (robots === null) throw new HostSilent(`${origin} does not tell its rules for automatic readers.`);
    if (!robots.allows(request.url)) throw new RobotsForbid("robots.txt");
    await this.pause(visited, robots);
    if (visited.isTired) throw new HostTired(`${origin} was asked too much.`);
    const answer = await this.effects.web.request(request);
    visited.isTired ||= isTired(answer);
    return answer;
  }

  private visitedAt(origin: string): Visited {
    let visited = this.origins.get(origin);
    if (visited === undefined) {
      visited = { robots: robotsOf(origin, this.effects.web), nextStart: 0, isTired: false };
      this.origins.set(origin, visited);
    }
    return visited;
  }

  private async pause(visited: Visited, { delayMs }: Robots): Promise<void> {
    const now = this.effects.now().getTime();
    const start = Math.max(now, visited.nextStart);
    visited.nextStart = start + Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, delayMs));
    if (start > now) await this.effects.sleep(start - now);
  }
}
