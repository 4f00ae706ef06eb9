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
  readonly query: URLSearchParams;
}

/** The body of a repository in the REST interface. */
function restBody(repository: DoubleRepository) {
  const { full_name, stars, forks, parent, license, star_days, ...rest } = complete(repository);
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

const DAY_S = 86_400;
const MOST_WEEKS = 30;

/** A page of the star history: weeks from Sunday on, newest first, down to the first star. */
function starHistory(days: Readonly<Record<string, number>>, query: URLSearchParams): Answer {
  const byDay = new Map(Object.entries(days).map(([day, count]) => [Date.parse(day) / 1000, count]));
  const starts = [...byDay.keys()].map((day) => day - new Date(day * 1000).getUTCDay() * DAY_S);
  const [newest, oldest] = [Math.max(...starts), Math.min(...starts)];
  const count = starts.length === 0 ? 0 : (newest - oldest) / (7 * DAY_S) + 1;
  const weeks = Array.from({ length: count }, (_, i) => {
    const week = newest - i * 7 * DAY_S;
    const counts = Array.from({ length: 7 }, (_day, day) => byDay.get(week + day * DAY_S) ?? 0);
    return { week, total: counts.reduce((sum, stars) => sum + stars, 0), days: counts };
  });
  const size = Math.min(MOST_WEEKS, Number(query.get("per_page") ?? MOST_WEEKS));
  const from = (Number(query.get("page") ?? 1) - 1) * size;
  return json(200, weeks.slice(from, from + size));
}

/** Answers GET /repos/:owner/:name, its star history, and GET /repositories/:id; nothing else is there. */
export function answerRest(
  method: string,
  path: string,
  book: ReplyBook,
  apiUrl: string,
  asking: Asking,
): Answer {
  if (method !== "GET") return refusal(404, "Not Found");
  const [, owner, name, history] = /^\/repos\/([^/]+)\/([^/]+)(\/stargazers\/history)?$/.exec(path) ?? [];
  if (owner !== undefined && name !== undefined) {
    const asked = `${decodeURIComponent(owner)}/${decodeURIComponent(name)}`;
    const reply = book.of(asked);
    if (history !== undefined && "found" in reply)
      return starHistory(reply.found.star_days ?? {}, asking.query);
    return answerName(asked, reply, apiUrl, asking);
  }
  const [, id] = /^\/repositories\/(\d+)$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : book.withId(Number(id), asking.token);
  return repository === undefined ? refusal(404, "Not Found") : shown(repository, asking);
}
