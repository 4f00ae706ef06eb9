import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { GraphQLRequest } from "./github-double-graphql.ts";
import {
  answerGraphQL,
  countAliases,
  notGraphQL,
  publishedSchema,
  readGraphQL,
} from "./github-double-graphql.ts";
import type { Limits, Resource } from "./github-double-limits.ts";
import { limitReached, Meter } from "./github-double-limits.ts";
import type { Answer, Reply } from "./github-double-replies.ts";
import { ReplyBook, refusal } from "./github-double-replies.ts";
import { answerRest } from "./github-double-rest.ts";

export type { Limits } from "./github-double-limits.ts";
export type { DoubleRepository, Reply } from "./github-double-replies.ts";

/** Everything that the double answers. */
export interface Replies {
  /** When set, a request with another token or none is answered 401. */
  readonly token?: string;
  /** By "owner/name" in any case; a name that is not listed is missing. */
  readonly repositories: Readonly<Record<string, Reply>>;
  readonly limits?: Limits;
}

/** A request that reached the double. */
export interface SeenRequest {
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly authorization: string | null;
  /** How many repositories a GraphQL query asks for; 0 for REST. */
  readonly aliases: number;
  /** 0 where no response was sent. */
  readonly status: number;
}

/** A running double. */
export interface GitHubDouble {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** In the order of the answers. */
  readonly seen: readonly SeenRequest[];
  /** Ends the server and every open connection; may be called again. */
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly resource: Resource;
  /** Null for REST, and where the body is no GraphQL request. */
  readonly graphql: GraphQLRequest | null;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const { method = "GET", headers } = request;
  const path = new URL(request.url ?? "/", "http://double").pathname;
  const isGraphQL = method === "POST" && path === "/graphql";
  const body = await text(request);
  return {
    method,
    path,
    authorization: headers.authorization ?? null,
    resource: isGraphQL ? "graphql" : "core",
    graphql: isGraphQL ? readGraphQL(body) : null,
  };
}

/** Why the credentials do not do, if so. GitHub has no anonymous GraphQL. */
function unauthorized({ authorization, resource }: Call, token: string | undefined): Answer | null {
  if (authorization === null && (token !== undefined || resource === "graphql"))
    return refusal(401, "This endpoint requires you to be authenticated.");
  const sent = authorization?.replace(/^(?:bearer|token) /i, "");
  return token !== undefined && sent !== token ? refusal(401, "Bad credentials") : null;
}

function send(answer: Answer, headers: Record<string, string>, response: ServerResponse): void {
  if (answer === "reset") response.socket?.destroy();
  else if (answer !== "hang")
    response.writeHead(answer.status, { ...headers, ...answer.headers }).end(answer.body);
}

/** Starts a double of GitHub's API on loopback; GraphQL queries are executed against the published schema. */
export async function startGitHubDouble(replies: Replies): Promise<GitHubDouble> {
  const book = new ReplyBook(replies.repositories);
  const meter = new Meter(replies.limits ?? {});
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
    if (call.resource === "core") return answerRest(call.method, call.path, book, apiUrl);
    if (call.graphql === null) return notGraphQL();
    return answerGraphQL(call.graphql, book, meter.state("graphql", false));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    const { method, path, authorization, resource, graphql } = call;
    const refused = unauthorized(call, replies.token);
    const limit = refused === null ? meter.count(resource) : null;
    const headers = meter.headers(resource, authorization === null);
    const given = refused ?? (limit === null ? await answer(call) : limitReached(limit, resource));
    const aliases = graphql === null ? 0 : countAliases(graphql);
    seen.push({ method, path, authorization, aliases, status: typeof given === "string" ? 0 : given.status });
    send(given, headers, response);
  }

  return {
    apiUrl,
    graphqlUrl: `${apiUrl}/graphql`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
