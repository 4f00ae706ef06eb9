import { createReadStream } from "node:fs";
import { Agent, request } from "undici";
import { PapersetError } from "../../core/errors.ts";
import type { Upload } from "./target.ts";

/** Requests to one place of publication, which know its token and send it nowhere else. */

const USER_AGENT = "paperset (https://github.com/paperset/paperset)";
/** How long a server may be silent, in milliseconds; it may take minutes over a large file. */
const SILENCE_MS = 300_000;

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly upload?: Upload;
  readonly accept?: string;
  /** Statuses that are answers and no failures, beside 200 to 299. */
  readonly allow?: readonly number[];
}

export interface Reply {
  readonly status: number;
  /** The JSON of the answer; null where it has none. */
  readonly body: unknown;
}

export interface Client {
  call(call: Call): Promise<Reply>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an empty answer, or a page for people
  }
}

const messageOf = (body: unknown): string =>
  typeof body === "object" && body !== null && "message" in body ? `: ${String(body.message)}` : "";

function bodyOf({ json, upload }: Call): {
  body?: string | NodeJS.ReadableStream;
  headers: Record<string, string>;
} {
  if (upload !== undefined)
    return {
      body: createReadStream(upload.file),
      headers: { "content-type": "application/octet-stream", "content-length": String(upload.bytes) },
    };
  if (json === undefined) return { headers: {} };
  return { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
}

/**
 * A client for the given origins. Redirects are not followed; an address of another origin, which an answer may name,
 * is not asked, so the token cannot leave.
 */
export function openClient(token: string, origins: readonly string[]): Client {
  const agent = new Agent({ headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS });
  return {
    async call(call) {
      const { origin, pathname } = new URL(call.url);
      const where = `${call.method} ${origin}${pathname}`;
      if (!origins.includes(origin))
        throw new PapersetError(
          "PUBLISH_FAILED",
          `${where} leads away from ${origins.join(", ")}: not asked.`,
        );
      const { body, headers } = bodyOf(call);
      const answer = await request(call.url, {
        method: call.method,
        headers: {
          "user-agent": USER_AGENT,
          accept: call.accept ?? "application/json",
          authorization: `Bearer ${token}`,
          ...headers,
        },
        dispatcher: agent,
        ...(body === undefined ? {} : { body: body as never }),
      }).catch((cause: unknown) => {
        const words = cause instanceof Error ? cause.message : String(cause);
        throw new PapersetError(
          "PUBLISH_FAILED",
          `${where} failed: ${words}. Run the same command again.`,
          {},
          { cause },
        );
      });
      const reply = { status: answer.statusCode, body: parsed(await answer.body.text()) };
      const isGood = reply.status >= 200 && reply.status < 300;
      if (isGood || call.allow?.includes(reply.status) === true) return reply;
      const hint =
        reply.status === 401 || reply.status === 403
          ? " Check the token and what it may do."
          : " Run the same command again: what has arrived is not sent again.";
      throw new PapersetError(
        "PUBLISH_FAILED",
        `${where} was answered with ${reply.status}${messageOf(reply.body)}.${hint}`,
        { status: reply.status },
      );
    },
  };
}
