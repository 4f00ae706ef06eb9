import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { loopback } from "./loopback.ts";

/** What a double sends: an answer, or nothing usable. */
export type DoubleReply =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | "reset";

export interface DoubleRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/** A running double of a service. */
export interface ServiceDouble {
  readonly origin: string;
  /** Each request as `GET /path?query`, decoded nowhere. */
  readonly seen: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
  close(): void;
}

/** An answer with a JSON body. */
export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): DoubleReply => ({
  status,
  body,
  headers: { "content-type": "application/json", ...headers },
});

function send(reply: DoubleReply, response: ServerResponse): void {
  if (reply === "reset") response.socket?.destroy();
  else {
    const { status, headers = {}, body = "" } = reply;
    const isPlain = typeof body === "string" || body instanceof Uint8Array;
    response.writeHead(status, headers).end(isPlain ? body : JSON.stringify(body));
  }
}

/** Starts a double on loopback that answers by the function. */
export async function startServiceDouble(
  answer: (request: DoubleRequest, origin: string) => DoubleReply,
): Promise<ServiceDouble> {
  const servers = loopback();
  const seen: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const origin: string = await servers.serve(({ method = "GET", url = "/", headers }, response) => {
    seen.push(`${method} ${url}`);
    authorizations.push(headers.authorization);
    send(answer({ method, url: new URL(url, origin), headers }, origin), response);
  });
  return { origin, seen, authorizations, close: () => servers.close() };
}
