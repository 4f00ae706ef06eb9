import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { Agent, request } from "undici";
import { PapersetError, reasonOf } from "../../core/errors.ts";
import { jsonOrNull } from "../../core/json.ts";
import { USER_AGENT } from "../../core/user-agent.ts";
import type { Upload } from "./target.ts";

/** Requests to one place of publication, which know its token and send it nowhere else. */

/** So often a server may ask for patience with Retry-After (RFC 9110, section 10.2.3), and so long at most, in seconds. */
const MOST_WAITS = 5;
const LONGEST_WAIT = 120;
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

const messageOf = (body: unknown): string =>
  typeof body === "object" && body !== null && "message" in body ? `: ${String(body.message)}` : "";

function bodyOf({ json, upload }: Call): {
  body?: string | Readable;
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

/** Seconds that the server asks to wait; null where it asks for none, or for more than anybody would wait. */
function waitOf(headers: Readonly<Record<string, string | string[] | undefined>>): number | null {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return seconds >= 0 && seconds <= LONGEST_WAIT ? seconds : null;
}

/** The failure of an answer that is none of those that were hoped for. */
function refusal(where: string, { status, body }: Reply): PapersetError {
  const hint =
    status === 401 || status === 403
      ? "Check the token and what it may do."
      : "Run the same command again: what has arrived is not sent again.";
  return new PapersetError(
    "PUBLISH_FAILED",
    `${where} was answered with ${status}${messageOf(body)}. ${hint}`,
    { status },
  );
}

/**
 * A client for the given origins. Redirects are not followed; an address of another origin, which an answer may name,
 * is not asked, so the token cannot leave. A server that asks for patience gets it.
 */
export function openClient(
  token: string,
  origins: readonly string[],
  sleep: (milliseconds: number) => Promise<void>,
): Client {
  const agent = new Agent({ headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS });

  async function ask(call: Call, where: string): Promise<Reply & { readonly wait: number | null }> {
    const { body, headers } = bodyOf(call);
    try {
      const answer = await request(call.url, {
        method: call.method,
        headers: {
          "user-agent": USER_AGENT,
          accept: call.accept ?? "application/json",
          authorization: `Bearer ${token}`,
          ...headers,
        },
        dispatcher: agent,
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: jsonOrNull(text), wait: waitOf(answer.headers) };
    } catch (cause) {
      const words = reasonOf(cause);
      throw new PapersetError(
        "PUBLISH_FAILED",
        `${where} failed: ${words}. Run the same command again.`,
        {},
        { cause },
      );
    }
  }

  return {
    async call(call) {
      const { origin, pathname } = new URL(call.url);
      const where = `${call.method} ${origin}${pathname}`;
      if (!origins.includes(origin))
        throw new PapersetError(
          "PUBLISH_FAILED",
          `${where} leads away from ${origins.join(", ")}: not asked.`,
        );
      for (let waits = 0; ; waits += 1) {
        const { wait, ...reply } = await ask(call, where);
        const isGood = reply.status >= 200 && reply.status < 300;
        if (isGood || call.allow?.includes(reply.status) === true) return reply;
        if (wait === null || waits === MOST_WAITS) throw refusal(where, reply);
        await sleep(wait * 1000);
      }
    },
  };
}
