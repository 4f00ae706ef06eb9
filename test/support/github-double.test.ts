import { afterEach, describe, expect, test } from "vitest";
import type { GitHubDouble, Limits, Reply } from "./github-double.ts";
import { startGitHubDouble } from "./github-double.ts";

const TOKEN = "t0ken";
const FRAGMENT = `fragment F on Repository{databaseId nameWithOwner stargazerCount forkCount isArchived isFork
  parent{nameWithOwner} pushedAt createdAt description primaryLanguage{name} licenseInfo{key spdxId}
  repositoryTopics(first:20){nodes{topic{name}}}}`;

const running: GitHubDouble[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((double) => double.close()));
});

async function start(repositories: Record<string, Reply>, limits: Limits = {}): Promise<GitHubDouble> {
  const double = await startGitHubDouble({ token: TOKEN, repositories, limits });
  running.push(double);
  return double;
}

const authorized = { authorization: `Bearer ${TOKEN}` };

function post(
  double: GitHubDouble,
  query: string,
  variables: object = {},
  init: RequestInit = {},
): Promise<Response> {
  const body = JSON.stringify({ query, variables });
  return fetch(double.graphqlUrl, { method: "POST", headers: authorized, body, ...init });
}

/** Asks for the names as the client does: one alias each, by variables. */
function ask(double: GitHubDouble, names: readonly string[], init: RequestInit = {}): Promise<Response> {
  const parameters = names.map((_, i) => `$o${i}:String!,$n${i}:String!`).join(",");
  const aliases = names.map((_, i) => `r${i}:repository(owner:$o${i},name:$n${i}){...F}`).join(" ");
  const query = `query Enrich(${parameters}){${aliases} rateLimit{cost limit remaining used resetAt}} ${FRAGMENT}`;
  const pairs = names.map((name) => name.split("/"));
  const variables = Object.fromEntries(
    pairs.flatMap(([owner, name], i) => [
      [`o${i}`, owner],
      [`n${i}`, name],
    ]),
  );
  return post(double, query, variables, init);
}

function get(double: GitHubDouble, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(double.apiUrl + path, { headers: authorized, redirect: "manual", ...init });
}

const found: Reply = {
  found: {
    full_name: "Acme/Tool",
    id: 7,
    stars: 42,
    forks: 3,
    description: "A tool",
    archived: true,
    parent: "origin/tool",
    language: "Rust",
    license: "MIT",
    topics: ["nlp", "vision"],
    created_at: "2021-01-01T00:00:00Z",
    pushed_at: null,
  },
};
const plain: Reply = { found: { full_name: "new/home", id: 8, stars: 1 } };

describe("replies", () => {
  test("a repository is found in both interfaces, whatever the case of its name", async () => {
    const double = await start({ "acme/TOOL": found });
    const answer = await ask(double, ["ACME/tool"]);
    expect(await answer.json()).toEqual({
      data: {
        r0: {
          databaseId: 7,
          nameWithOwner: "Acme/Tool",
          stargazerCount: 42,
          forkCount: 3,
          isArchived: true,
          isFork: true,
          parent: { nameWithOwner: "origin/tool" },
          pushedAt: null,
          createdAt: "2021-01-01T00:00:00Z",
          description: "A tool",
          primaryLanguage: { name: "Rust" },
          licenseInfo: { key: "mit", spdxId: "MIT" },
          repositoryTopics: { nodes: [{ topic: { name: "nlp" } }, { topic: { name: "vision" } }] },
        },
        rateLimit: { cost: 1, limit: 5000, remaining: 4999, used: 1, resetAt: expect.any(String) },
      },
    });
    expect(answer.headers.get("x-ratelimit-resource")).toBe("graphql");
    expect(answer.headers.get("x-ratelimit-remaining")).toBe("4999");

    const rest = await get(double, "/repos/ACME/tool");
    expect(rest.status).toBe(200);
    expect(await rest.json()).toEqual({
      id: 7,
      full_name: "Acme/Tool",
      owner: { login: "Acme" },
      name: "Tool",
      stargazers_count: 42,
      forks_count: 3,
      archived: true,
      fork: true,
      parent: { full_name: "origin/tool" },
      language: "Rust",
      license: { key: "mit", spdx_id: "MIT" },
      topics: ["nlp", "vision"],
      created_at: "2021-01-01T00:00:00Z",
      pushed_at: null,
      description: "A tool",
      html_url: "https://github.com/Acme/Tool",
    });
    expect(rest.headers.get("x-ratelimit-resource")).toBe("core");
    const sent = { authorization: `Bearer ${TOKEN}`, at: expect.any(String) };
    expect(double.seen).toEqual([
      { method: "POST", path: "/graphql", ...sent, aliases: 1, status: 200 },
      { method: "GET", path: "/repos/ACME/tool", ...sent, aliases: 0, status: 200 },
    ]);
  });

  test("a renamed repository has its new name in GraphQL and a redirect to its id in REST", async () => {
    const double = await start({ "old/home": plain });
    expect(await (await ask(double, ["old/home"])).json()).toMatchObject({
      data: { r0: { nameWithOwner: "new/home" } },
    });
    const stay = await post(double, '{repository(owner:"old",name:"home",followRenames:false){id}}');
    expect(await stay.json()).toMatchObject({ data: { repository: null }, errors: [{ type: "NOT_FOUND" }] });

    const rest = await get(double, "/repos/old/home");
    const location = `${double.apiUrl}/repositories/8`;
    expect([rest.status, rest.headers.get("location")]).toEqual([301, location]);
    expect(await rest.json()).toMatchObject({ message: "Moved Permanently", url: location });
    expect(await (await get(double, "/repositories/8")).json()).toMatchObject({
      id: 8,
      full_name: "new/home",
    });
    expect((await get(double, "/repositories/9")).status).toBe(404);
  });

  test("what is wrong with one alias leaves the others alone", async () => {
    const double = await start({
      "a/gone": { missing: true },
      "a/dmca": { blocked: "dmca" },
      "a/tos": { blocked: "tos" },
      "a/org": { refused: true },
      "a/void": { fails: "null_without_error" },
      "new/home": plain,
    });
    const names = ["a/gone", "a/unlisted", "a/dmca", "a/tos", "a/org", "a/void", "new/home"];
    const answer = await ask(double, names);
    const { data, errors } = (await answer.json()) as { data: object; errors: Record<string, unknown>[] };
    expect(data).toMatchObject({
      r0: null,
      r1: null,
      r2: null,
      r3: null,
      r4: null,
      r5: null,
      r6: { databaseId: 8 },
    });
    expect(errors.map(({ type, path }) => [type, path])).toEqual([
      ["NOT_FOUND", ["r0"]],
      ["NOT_FOUND", ["r1"]],
      [undefined, ["r2"]],
      [undefined, ["r3"]],
      ["FORBIDDEN", ["r4"]],
    ]);
    const message = "Could not resolve to a Repository with the name 'a/gone'.";
    expect(errors[0]).toEqual({ type: "NOT_FOUND", path: ["r0"], locations: [expect.any(Object)], message });
    expect(double.seen[0]?.aliases).toBe(7);
  });

  test.each<[string, Reply, number, object]>([
    ["missing", { missing: true }, 404, { message: "Not Found" }],
    ["dmca", { blocked: "dmca" }, 451, { message: "Repository access blocked", block: { reason: "dmca" } }],
    ["tos", { blocked: "tos" }, 403, { message: "Repository access blocked", block: { reason: "tos" } }],
    ["refused", { refused: true }, 403, { message: expect.stringContaining("greater than 366 days") }],
    ["null", { fails: "null_without_error" }, 404, { message: "Not Found" }],
  ])("REST says %s", async (_, reply, status, body) => {
    const answer = await get(await start({ "a/b": reply }), "/repos/a/b");
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(body);
    expect(answer.headers.get("x-ratelimit-remaining")).toBe("4999");
  });
});

describe("failures of the whole request", () => {
  const both = (double: GitHubDouble, init: () => RequestInit = () => ({})) => [
    () => ask(double, ["new/home", "a/b"], init()),
    () => get(double, "/repos/a/b", init()),
  ];

  test.each([["server_error", 502] as const, ["not_json", 200] as const])("%s", async (fails, status) => {
    const double = await start({ "a/b": { fails }, "new/home": plain });
    for (const request of both(double)) {
      const answer = await request();
      expect(answer.status).toBe(status);
      expect(answer.headers.get("x-ratelimit-limit")).toBe("5000");
      await expect(answer.json()).rejects.toThrow(SyntaxError);
    }
    expect((await ask(double, ["new/home"])).status).toBe(200);
  });

  test("reset", async () => {
    const double = await start({ "a/b": { fails: "reset" }, "new/home": plain });
    for (const request of both(double)) await expect(request()).rejects.toThrow(TypeError);
    expect(double.seen.map(({ status }) => status)).toEqual([0, 0]);
  });

  test("hang, until the double is closed", async () => {
    const double = await start({ "a/b": { fails: "hang" }, "new/home": plain });
    for (const request of both(double, () => ({ signal: AbortSignal.timeout(100) })))
      await expect(request()).rejects.toThrow(/timeout/);
    const open = get(double, "/repos/a/b").catch((error: unknown) => error);
    while (double.seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await double.close();
    expect(await open).toBeInstanceOf(TypeError);
  });
});

describe("queries that GitHub would not run", () => {
  test.each([
    ["an unknown field", '{repository(owner:"a",name:"b"){stars}}', /Cannot query field "stars"/],
    ["a syntax error", "{repository(", /Syntax Error/],
    ["a missing variable", 'query($o:String!){repository(owner:$o,name:"b"){id}}', /\$o/],
  ])("%s yields errors and no data", async (_, query, message) => {
    const answer = await post(await start({}), query);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.stringMatching(message), locations: expect.any(Array) }],
    });
  });

  test("topics need a page size", async () => {
    const double = await start({ "new/home": plain });
    const answer = await post(double, '{repository(owner:"new",name:"home"){repositoryTopics{totalCount}}}');
    const path = ["repository", "repositoryTopics"];
    expect(await answer.json()).toMatchObject({ data: { repository: null }, errors: [{ path }] });
  });

  test("a body that is not JSON is a bad request", async () => {
    expect((await post(await start({}), "", {}, { body: "{" })).status).toBe(400);
  });
});

describe("tokens and limits", () => {
  test.each<[string, number, RequestInit]>([
    ["no token is answered 401 by GraphQL, and what is public by REST", 200, { headers: {} }],
    ["another token is answered 401", 401, { headers: { authorization: "Bearer other" } }],
  ])("%s", async (_, rest, init) => {
    const double = await start({ "new/home": plain });
    expect((await ask(double, ["new/home"], init)).status).toBe(401);
    expect((await get(double, "/repos/new/home", init)).status).toBe(rest);
  });

  test("without a set token REST is open at 60 an hour and GraphQL is not", async () => {
    const double = await startGitHubDouble({ repositories: { "new/home": plain } });
    running.push(double);
    const rest = await get(double, "/repos/new/home", { headers: {} });
    expect([rest.status, rest.headers.get("x-ratelimit-limit")]).toEqual([200, "60"]);
    expect((await ask(double, ["new/home"], { headers: {} })).status).toBe(401);
    expect((await ask(double, ["new/home"])).status).toBe(200);
  });

  test("the primary limit of GraphQL is an error in a 200 and leaves REST alone", async () => {
    const double = await start({ "new/home": plain }, { graphql_after: 1 });
    expect(await (await ask(double, ["new/home"])).json()).toMatchObject({ data: { r0: { databaseId: 8 } } });
    const limited = await ask(double, ["new/home"]);
    expect([limited.status, limited.headers.get("x-ratelimit-remaining")]).toEqual([200, "0"]);
    expect(Number(limited.headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1000);
    const body = (await limited.json()) as object;
    expect(body).toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
    expect(body).not.toHaveProperty("data");
    expect((await get(double, "/repos/new/home")).status).toBe(200);
  });

  test("the primary limit of REST leaves GraphQL alone", async () => {
    const double = await start({ "new/home": plain }, { rest_after: 1 });
    expect((await get(double, "/repos/new/home")).status).toBe(200);
    const limited = await get(double, "/repos/new/home");
    expect([limited.status, limited.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    expect(await (await ask(double, ["new/home"])).json()).toMatchObject({ data: { r0: { databaseId: 8 } } });
  });

  test("the secondary limit counts both interfaces together", async () => {
    const double = await start({ "new/home": plain }, { secondary_after: 2 });
    expect((await ask(double, ["new/home"])).status).toBe(200);
    expect((await get(double, "/repos/new/home")).status).toBe(200);
    for (const limited of [await ask(double, ["new/home"]), await get(double, "/repos/new/home")]) {
      expect([limited.status, limited.headers.get("retry-after")]).toEqual([403, "60"]);
      expect(limited.headers.get("x-ratelimit-remaining")).not.toBe("0");
      expect(await limited.json()).toMatchObject({
        message: expect.stringContaining("secondary rate limit"),
      });
    }
  });
});
