import { Agent, request } from "undici";
import type { HttpAnswer, HttpRequest, Network } from "../core/effects.ts";

/** The network as stages see it: bounded in time and size, and the only place that knows a token. */

const USER_AGENT = "paperset (https://github.com/paperset/paperset)";
/** A whole request, whatever the server does: a slow drip resets every other time-out. */
const DEADLINE_MS = 20_000;
const MAX_BODY = 4 << 20;

export interface OpenNetwork extends Network {
  close(): Promise<void>;
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), String(value)]],
    ),
  );
}

/**
 * A network that sends each token to its own origin and nowhere else; redirects are not followed.
 * @param tokens access tokens by origin, such as `https://api.github.com`
 */
export function openNetwork(tokens: ReadonlyMap<string, string>): OpenNetwork {
  const agent = new Agent({
    connections: 4,
    headersTimeout: DEADLINE_MS,
    bodyTimeout: DEADLINE_MS,
    maxResponseSize: MAX_BODY,
  });
  return {
    async request({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
      const token = tokens.get(new URL(url).origin);
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const answer = await request(url, {
        method,
        headers: { "user-agent": USER_AGENT, ...headers, ...authorization },
        dispatcher: agent,
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: answer.statusCode,
        headers: flatHeaders(answer.headers),
        body: await answer.body.text(),
      };
    },
    close: () => agent.destroy(),
  };
}
