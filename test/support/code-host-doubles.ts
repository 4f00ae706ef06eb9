import { type DoubleReply, json, startServiceDouble } from "./service-double.ts";

/** Doubles of the code hosts beside GitHub, by "owner/name". */

export type CodeHostReply =
  | { readonly found: string; readonly id?: number; readonly more?: object }
  | { readonly moved: string }
  | { readonly reply: DoubleReply };
export type CodeHostReplies = Readonly<Record<string, CodeHostReply>>;

/**
 * GitLab (docs.gitlab.com/api/projects, "Retrieve a project"): a project by its encoded path or number. To who is not
 * signed in it shows the fields below; an earlier path redirects to the number.
 */
export const startGitLabDouble = (replies: CodeHostReplies) =>
  startServiceDouble(({ url }, origin) => {
    const [, given = ""] = /^\/projects\/([^/]+)$/.exec(url.pathname) ?? [];
    const asked = decodeURIComponent(given);
    const byId = Object.values(replies).find((reply) => "found" in reply && String(reply.id ?? 7) === asked);
    const reply = byId ?? replies[asked];
    if (reply === undefined) return json(404, { message: "404 Project Not Found" });
    if ("reply" in reply) return reply.reply;
    if ("moved" in reply)
      return json(301, "This resource has been moved", { location: `${origin}/projects/${reply.moved}` });
    return json(200, {
      id: reply.id ?? 7,
      description: "Counts stones",
      name: asked.split("/").at(-1),
      path_with_namespace: reply.found,
      created_at: "2020-01-02T03:04:05.678Z",
      default_branch: "main",
      tag_list: ["rivers"],
      topics: ["rivers"],
      forks_count: 2,
      star_count: 5,
      last_activity_at: "2026-01-02T03:04:05.678Z",
      ...reply.more,
    });
  });

/** Codeberg, a Forgejo (codeberg.org/api/swagger, `repoGet`). An earlier name redirects within the API. */
export const startCodebergDouble = (replies: CodeHostReplies) =>
  startServiceDouble(({ url }, origin) => {
    const asked = url.pathname.replace(/^\/repos\//, "");
    const reply = replies[asked];
    if (reply === undefined)
      return json(404, {
        message: "The target couldn't be found.",
        url: `${origin}/api/swagger`,
        errors: [],
      });
    if ("reply" in reply) return reply.reply;
    if ("moved" in reply) return json(307, "", { location: `/repos/${reply.moved}` });
    return json(200, {
      id: reply.id ?? 7,
      full_name: reply.found,
      description: "",
      fork: false,
      parent: null,
      archived: false,
      stars_count: 5,
      forks_count: 2,
      language: "Rust",
      topics: null,
      created_at: "2020-01-02T03:04:05+02:00",
      updated_at: "2026-01-02T03:04:05Z",
      ...reply.more,
    });
  });

/** Bitbucket Cloud (developer.atlassian.com/cloud/bitbucket/rest, "Get a repository"). */
export const startBitbucketDouble = (replies: CodeHostReplies) =>
  startServiceDouble(({ url }) => {
    const asked = url.pathname.replace(/^\/repositories\//, "");
    const reply = replies[asked];
    if (reply === undefined)
      return json(404, { type: "error", error: { message: `Repository ${asked} not found` } });
    if ("reply" in reply) return reply.reply;
    if ("moved" in reply) return json(301, "", { location: `/repositories/${reply.moved}` });
    return json(200, {
      type: "repository",
      uuid: "{0a1b2c3d-0000-1111-2222-333344445555}",
      full_name: reply.found,
      is_private: false,
      description: "Counts stones",
      language: "",
      created_on: "2020-01-02T03:04:05.678901+00:00",
      updated_on: "2026-01-02T03:04:05.678901+00:00",
      size: 4096,
      ...reply.more,
    });
  });
