import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Bounds, GraphQLRequest } from "./github-double-graphql.ts";
import {
  answerGraphQL,
  countAliases,
  notGraphQL,
  publishedSchema,
  readGraphQL,
} from "./github-double-graphql.ts";
import type { Limits, Resource } from "./github-double-limits.ts";
import { Meter } from "./github-double-limits.ts";
import type { Answer, Reply, TransportFailure } from "./github-double-replies.ts";
import { failure, ReplyBook, refusal } from "./github-double-replies.ts";
import { answerRest } from "./github-double-rest.ts";

export type { Bounds } from "./github-double-graphql.ts";
export type { Limits } from "./github-double-limits.ts";
export type { DoubleRepository, Reply, TransportFailure } from "./github-double-replies.ts";

/** Everything that the double answers. */
export interface Replies {
  /** When set, a request with another token is answered 401. */
  readonly token?: string;
  /** The same for several tokens, each with quotas of its own. */
  readonly tokens?: readonly string[];
  /** By "owner/name" in any case; a name that is not listed is missing. */
  readonly repositories: Readonly<Record<string, Reply>>;
  readonly limits?: Limits;
  readonly bounds?: Bounds;
  /** How long the double thinks about each request, in milliseconds of real time. */
  readonly latencyMs?: number;
  /** What happens to a request by its number, from 1, whatever it asks; null: nothing. */
  readonly fault?: (number: number) => TransportFailure | null;
  /** The double's clock. */
  readonly now?: () => Date;
}

/** A request that reached the double. */
export interface SeenRequest {
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly authorization: string | null;
  /** How many repositories a GraphQL query asks for; 0 for REST. */
  readonly aliases: number;
  /** 0 where no whole response was sent. */
  readonly status: number;
  /** When it arrived, by the double's clock. */
  readonly at: string;
}

/** A running double. */
export interface GitHubDouble {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** In the order of the answers. */
  readonly seen: readonly SeenRequest[];
  /** The most requests of one token that were under way at once. */
  readonly most: Readonly<Record<Resource, number>>;
  /** Ends the server and every open connection; may be called again. */
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  /** The token in it. */
  readonly token: string | null;
  readonly etag: string | undefined;
  readonly resource: Resource;
  /** Null for REST, and where the body is no GraphQL request. */
  readonly graphql: GraphQLRequest | null;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const { method = "GET", headers } = request;
  const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://double");
  const isGraphQL = method === "POST" && path === "/graphql";
  const body = await text(request);
  return {
    method,
    path,
    query,
    authorization: headers.authorization ?? null,
    token: headers.authorization?.replace(/^(?:bearer|token) /i, "") ?? null,
    etag: headers["if-none-match"],
    resource: isGraphQL ? "graphql" : "core",
    graphql: isGraphQL ? readGraphQL(body) : null,
  };
}

/** Why the credentials do not do, if so. GitHub has no anonymous GraphQL. */
function unauthorized({ token, resource }: Call, known: readonly string[]): Answer | null {
  if (token === null)
    return resource === "graphql" ? refusal(401, "This endpoint requires you to be authenticated.") : null;
  return known.length > 0 && !known.includes(token) ? refusal(401, "Bad credentials") : null;
}

function send(answer: Answer, headers: Record<string, string>, response: ServerResponse): void {
  if (answer === "reset") response.socket?.destroy();
  else if (answer === "truncated")
    response
      .writeHead(200, { ...headers, "content-type": "application/json", "content-length": "1000" })
      .write('{"data":{"r0":{"data', () => response.socket?.destroy());
  else if (answer === "drip") {
    response.writeHead(200, { ...headers, "content-type": "application/json" });
    const drip = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(drip));
  } else if (answer !== "hang")
    response.writeHead(answer.status, { ...headers, ...answer.headers }).end(answer.body);
}

/** Starts a double of GitHub's API on loopback; GraphQL queries are executed against the published schema. */
export async function startGitHubDouble(replies: Replies): Promise<GitHubDouble> {
  const book = new ReplyBook(replies.repositories);
  const now = replies.now ?? (() => new Date());
  const meter = new Meter(replies.limits ?? {}, now);
  const known = [...(replies.tokens ?? []), ...(replies.token === undefined ? [] : [replies.token])];
  const most = { graphql: 0, core: 0 };
  const underWay = new Map<string, number>();
  let number = 0;
  const seen: SeenRequest[] = [];
  publishedSchema();

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.writeHead(500).end(`The double failed: ${error}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(call: Call): Answer | Promise<Answer> {
    if (call.resource === "core") return answerRest(call.method, call.path, book, apiUrl, call);
    if (call.graphql === null) return notGraphQL();
    return answerGraphQL(call.graphql, book, meter.state("graphql", call.token), replies.bounds ?? {});
  }

  /** What is answered, once credentials, limits and faults have had their say. */
  async function decide(call: Call): Promise<{ given: Answer; headers: Record<string, string> }> {
    const { resource, token } = call;
    const refused = unauthorized(call, known);
    const limit = refused === null ? meter.count(resource, token) : null;
    number += 1;
    const fault = replies.fault?.(number) ?? null;
    if (replies.latencyMs !== undefined)
      await new Promise((resolve) => setTimeout(resolve, replies.latencyMs));
    const answered = async () => (fault === null ? answer(call) : failure(fault));
    const given = refused ?? (limit === null ? await answered() : meter.reached(limit, resource));
    if (typeof given !== "string" && given.status === 304) meter.uncount(resource, token);
    return { given, headers: meter.headers(resource, token) };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = now().toISOString();
    const call = await readCall(request);
    const { method, path, authorization, resource, graphql, token } = call;
    const pool = `${resource} ${token}`;
    const together = (underWay.get(pool) ?? 0) + 1;
    underWay.set(pool, together);
    most[resource] = Math.max(most[resource], together);
    const { given, headers } = await decide(call);
    underWay.set(pool, (underWay.get(pool) ?? 1) - 1);
    const aliases = graphql === null ? 0 : countAliases(graphql);
    const status = typeof given === "string" ? 0 : given.status;
    seen.push({ method, path, authorization, aliases, status, at });
    send(given, headers, response);
  }

  return {
    apiUrl,
    graphqlUrl: `${apiUrl}/graphql`,
    seen,
    most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
