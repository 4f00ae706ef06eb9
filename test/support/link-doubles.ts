import { type DoubleReply, json, startServiceDouble } from "./service-double.ts";

/** Doubles of the services that tell of other links. What is not listed is missing, in each service's own way. */

export type Replies = Readonly<Record<string, DoubleReply | object>>;

const isReply = (value: DoubleReply | object): value is DoubleReply => value === "reset" || "status" in value;
const given = (value: DoubleReply | object): DoubleReply => (isReply(value) ? value : json(200, value));

/**
 * The Hugging Face hub (huggingface.co/docs/hub/api), by the path behind `/api/`. What is missing, private or gated
 * answers 401 to who is not signed in, told apart by headers (huggingface_hub, `utils/_http.py`).
 */
export const startHubDouble = (replies: Replies) =>
  startServiceDouble(({ url }) => {
    const path = url.pathname.replace(/^\/api\//, "");
    const reply = replies[path];
    if (reply !== undefined) return given(reply);
    if (/^(?:papers|collections)\//.test(path)) return json(404, { error: "Not Found" });
    return hubRefusal("RepoNotFound", "Repository not found");
  });

/** A refusal as the hub words it. */
export const hubRefusal = (code: string, message: string, status = 401): DoubleReply =>
  json(status, { error: message }, { "x-error-code": code, "x-error-message": message });

/** Zenodo (developers.zenodo.org, "Records"), by the record's number. */
export const startZenodoDouble = (replies: Replies) =>
  startServiceDouble(({ url }) => {
    const reply = replies[url.pathname.replace(/^\/records\//, "")];
    if (reply !== undefined) return given(reply);
    return json(404, { status: 404, message: "The persistent identifier does not exist." });
  });

/**
 * The DOI resolver: handles' records (DOI Handbook, "REST API Response Format"), and content negotiation
 * (crosscite.org/docs.html); here the resolver answers for the agencies too, as under `described <name>` where that differs.
 */
export const startDoiDouble = (replies: Replies) =>
  startServiceDouble(({ url, headers }) => {
    const [, handle] = /^\/api\/handles\/(.+)$/.exec(url.pathname) ?? [];
    const name = decodeURIComponent(handle ?? url.pathname.slice(1));
    const reply = replies[name];
    const described = handle === undefined ? replies[`described ${name}`] : undefined;
    if (described !== undefined) return given(described);
    if (reply !== undefined && isReply(reply)) return reply;
    if (handle === undefined) {
      if (!headers.accept?.includes("citationstyles")) return { status: 302, headers: { location: "/page" } };
      return reply === undefined ? { status: 404, body: "<h2>DOI Not Found</h2>" } : json(200, reply);
    }
    if (reply === undefined) return json(404, { responseCode: 100, handle: name });
    const data = { format: "string", value: "https://example.org/" };
    return json(200, {
      responseCode: 1,
      handle: name,
      values: [{ index: 1, type: "URL", data, ttl: 86400 }],
    });
  });

/** anonymous.4open.science (github.com/tdurieux/anonymous_github, `/api/repo/:repoId/options`), by the id. */
export const startAnonymousDouble = (replies: Replies) =>
  startServiceDouble(({ url }) => {
    const [, id = ""] = /^\/repo\/([^/]+)\/options$/.exec(url.pathname) ?? [];
    const reply = replies[id];
    return reply === undefined ? json(404, { error: "repo_not_found" }) : given(reply);
  });
