import { createHash } from "node:crypto";
import type { Answer, DoubleRepository, Reply, ReplyBook } from "./github-double-replies.ts";
import {
  complete,
  failure,
  isRenamed,
  json,
  refusal,
  shownByRest,
  tokenPolicy,
} from "./github-double-replies.ts";

/** Who asks, and the state that is known already. */
export interface Asking {
  readonly token: string | null;
  readonly etag: string | undefined;
}

/** The body of a repository in the REST interface. */
function restBody(repository: DoubleRepository) {
  const { full_name, stars, forks, parent, license, ...rest } = complete(repository);
  const [owner = "", name = ""] = full_name.split("/");
  return {
    ...rest,
    full_name,
    name,
    owner: { login: owner },
    stargazers_count: stars,
    forks_count: forks,
    license: license === null ? null : { key: license.key, spdx_id: license.spdx },
    ...(parent === null ? {} : { parent: { full_name: parent } }),
  };
}

function moved(location: string): Answer {
  const body = {
    message: "Moved Permanently",
    url: location,
    documentation_url:
      "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
  };
  return json(301, body, { location });
}

function blocked(reason: "dmca" | "tos"): Answer {
  const html_url = reason === "dmca" ? "https://github.com/github/dmca" : "https://github.com/contact";
  const block = { reason, created_at: "2024-01-02T03:04:05Z", html_url };
  return json(reason === "dmca" ? 451 : 403, { message: "Repository access blocked", block });
}

/** A repository, or that it is still in the state that the request names; a state's name is for one token. */
function shown(repository: DoubleRepository, { token, etag }: Asking): Answer {
  const body = restBody(repository);
  const digest = createHash("sha256")
    .update(`${token} ${JSON.stringify(body)}`)
    .digest("hex");
  const own = `W/"${digest}"`;
  return etag === own ? { status: 304, headers: { etag: own }, body: "" } : json(200, body, { etag: own });
}

function answerName(asked: string, reply: Reply, apiUrl: string, asking: Asking): Answer {
  const found = shownByRest(reply, asking.token);
  if (found !== undefined)
    return isRenamed(found, asked) ? moved(`${apiUrl}/repositories/${found.id}`) : shown(found, asking);
  if ("blocked" in reply) return blocked(reply.blocked);
  if ("refused" in reply) return refusal(403, tokenPolicy(asked.split("/")[0] ?? ""));
  if ("fails" in reply && reply.fails !== "null_without_error" && reply.fails !== "deeper_error")
    return failure(reply.fails);
  return refusal(404, "Not Found");
}

/** Answers GET /repos/:owner/:name and GET /repositories/:id; nothing else is there. */
export function answerRest(
  method: string,
  path: string,
  book: ReplyBook,
  apiUrl: string,
  asking: Asking,
): Answer {
  if (method !== "GET") return refusal(404, "Not Found");
  const [, owner, name] = /^\/repos\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (owner !== undefined && name !== undefined) {
    const asked = `${decodeURIComponent(owner)}/${decodeURIComponent(name)}`;
    return answerName(asked, book.of(asked), apiUrl, asking);
  }
  const [, id] = /^\/repositories\/(\d+)$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : book.withId(Number(id), asking.token);
  return repository === undefined ? refusal(404, "Not Found") : shown(repository, asking);
}
