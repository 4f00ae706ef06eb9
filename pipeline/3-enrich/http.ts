import { Agent, request } from "undici";
import type { HttpAnswer, HttpRequest, Network } from "../core/effects.ts";
import { USER_AGENT } from "../core/user-agent.ts";
import { ACCEPTED_ENCODINGS, readBody } from "./net/body.ts";
import { failureOf, NetworkFailure } from "./net/failure.ts";
import { guardedConnector, type Permit, publicWeb, type Resolve } from "./net/guarded-connector.ts";
import { redactor } from "./net/redact.ts";

/** The network as stages see it: bounded in time and size, and the only place that knows a token. */

/** A whole request, whatever the server does: a slow drip resets every other time-out. */
const DEADLINE_MS = 20_000;
/** Bytes of an answer's body after unpacking. */
const MAX_BODY = 4 << 20;
/** Bytes of all headers of an answer. */
const MAX_HEADERS = 1 << 14;

export interface OpenNetwork extends Network {
  close(): Promise<void>;
}

interface Sender {
  readonly agent: Agent;
  readonly deadlineMs: number;
  /** What a request carries beside its own headers. */
  headersFor(url: string): Readonly<Record<string, string>>;
  redact(text: string): string;
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  redact: Sender["redact"],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), redact(String(value))]],
    ),
  );
}

async function send(
  { agent, headersFor, redact }: Sender,
  { method, url, headers, body, bodyBytes }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const usual = { "user-agent": USER_AGENT, "accept-encoding": ACCEPTED_ENCODINGS };
  const answer = await request(url, {
    method,
    headers: { ...usual, ...headers, ...headersFor(url) },
    dispatcher: agent,
    signal,
    ...(body === undefined ? {} : { body }),
  });
  const flat = flatHeaders(answer.headers, redact);
  const packed = method === "HEAD" ? "" : (flat["content-encoding"] ?? "");
  const limit = { bytes: bodyBytes ?? MAX_BODY, cut: bodyBytes !== undefined };
  return {
    status: answer.statusCode,
    headers: flat,
    body: redact(await readBody(answer.body, packed, limit)),
  };
}

/** A network that ends every request by its deadline, and tells of every failure in plain words. */
function networkOf(sender: Sender): OpenNetwork {
  return {
    async request(asked) {
      const late = new AbortController();
      const deadline = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        late.abort();
        deadline.reject(late.signal.reason); // undici hears of it only once it is connected
      }, sender.deadlineMs);
      try {
        return await Promise.race([send(sender, asked, late.signal), deadline.promise]);
      } catch (error) {
        throw failureOf(error, late.signal.aborted, sender.redact);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => sender.agent.destroy(),
  };
}

const limitsOf = (deadlineMs: number) => ({
  headersTimeout: deadlineMs,
  bodyTimeout: deadlineMs,
  maxHeaderSize: MAX_HEADERS,
});

/**
 * A network that sends each token to its own origin and nowhere else; redirects are not followed. For the services that
 * the configuration names: it connects wherever it is told to.
 * @param tokens access tokens by origin, such as `https://api.github.com`
 */
export function openNetwork(tokens: ReadonlyMap<string, string>, deadlineMs = DEADLINE_MS): OpenNetwork {
  return networkOf({
    agent: new Agent({
      connections: 4,
      ...limitsOf(deadlineMs),
      connect: { allowH2: false, timeout: deadlineMs },
    }),
    deadlineMs,
    headersFor(url) {
      const token = tokens.get(new URL(url).origin);
      return token === undefined ? {} : { authorization: `Bearer ${token}` };
    },
    redact: redactor(tokens.values()),
  });
}

/** What a network for addresses that others wrote goes by; tests set it to reach their own servers. */
export interface WebOptions {
  readonly permit?: Permit | undefined;
  readonly resolve?: Resolve | undefined;
  readonly deadlineMs?: number;
}

/** Whether an address is of the web and carries no credentials; where it leads is judged when it is connected to. */
function isWebUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    (parsed.protocol === "https:" || parsed.protocol === "http:") &&
    parsed.username === "" &&
    parsed.password === ""
  );
}

/**
 * A network for addresses that scraped text names: it carries no token, and connects to public web addresses only,
 * judged connection by connection. Redirects are not followed, so the next address is judged like the first.
 */
export function openWeb(options: WebOptions = {}): OpenNetwork {
  const { permit = publicWeb, resolve, deadlineMs = DEADLINE_MS } = options;
  const web = networkOf({
    agent: new Agent({
      connections: 2,
      ...limitsOf(deadlineMs),
      connect: guardedConnector(permit, deadlineMs, resolve),
    }),
    deadlineMs,
    headersFor: () => ({}),
    redact: (text) => text,
  });
  return {
    async request(asked) {
      if (!isWebUrl(asked.url)) throw new NetworkFailure("refused_address", "It is no address of the web.");
      return web.request(asked);
    },
    close: web.close,
  };
}
