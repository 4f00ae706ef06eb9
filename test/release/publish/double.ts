import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A server on loopback that speaks for a service on the internet. */

export interface Asked {
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Double {
  readonly url: string;
  /** In the order of arrival. */
  readonly seen: Asked[];
  close(): Promise<void>;
}

export const NOT_FOUND: Answer = { status: 404, json: { message: "Not Found", error: "Not Found" } };

export const jsonIn = <T>({ body }: Asked): T => JSON.parse(body.toString("utf8")) as T;

/** Starts it; with `token`, a request that carries another or none is answered 401. */
export async function startDouble(
  answer: (asked: Asked, url: string) => Answer,
  token: string | null,
): Promise<Double> {
  const seen: Asked[] = [];
  let url = "";
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://double");
    const asked: Asked = {
      method: request.method ?? "GET",
      path: decodeURIComponent(pathname),
      query: searchParams,
      authorization: request.headers.authorization ?? null,
      body: await buffer(request),
    };
    seen.push(asked);
    const isKnown = token === null || asked.authorization === `Bearer ${token}`;
    const { status, json, headers } = isKnown
      ? answer(asked, url)
      : { status: 401, json: { message: "Bad credentials" } };
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(json === undefined ? "" : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What goes wrong on the way or at the place. */
export interface Faults {
  /** The upload of a file of this name fails so many times more with 502. */
  readonly failing: Map<string, number>;
  /** A file of this name arrives with another content. */
  readonly damaging: Set<string>;
}

export const noFaults = (): Faults => ({ failing: new Map(), damaging: new Set() });

/** The content as it arrives, or null where the upload fails. */
export function arriving(name: string, body: Buffer, { failing, damaging }: Faults): Buffer | null {
  const left = failing.get(name) ?? 0;
  if (left > 0) {
    failing.set(name, left - 1);
    return null;
  }
  return damaging.has(name) ? Buffer.concat([body.subarray(0, -1), Buffer.from("x")]) : body;
}
