import { afterEach, describe, expect, test } from "vitest";
import { graphqlBody } from "../../pipeline/3-enrich/hosts/github-graphql.ts";
import { type GitHubDouble, type Replies, startGitHubDouble } from "./github-double.ts";
import { askOf } from "./repositories.ts";

/** What the double does beyond single replies: quotas that renew, states that tokens know, failures by number. */

const running: GitHubDouble[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((double) => double.close()));
});

async function start(replies: Partial<Replies>): Promise<GitHubDouble> {
  const double = await startGitHubDouble({ repositories: { "new/home": PLAIN }, ...replies });
  running.push(double);
  return double;
}

const PLAIN = { found: { full_name: "new/home", id: 8, stars: 1 } } as const;
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `a/r${i}`,
      { found: { full_name: `a/r${i}`, id: i + 1, stars: 1 } },
    ]),
  );

function ask(double: GitHubDouble, names: readonly string[], token = "one", init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(double.graphqlUrl, { method: "POST", headers, body: graphqlBody(names.map(askOf)), ...init });
}

function get(double: GitHubDouble, headers: Record<string, string> = { authorization: "Bearer one" }) {
  return fetch(`${double.apiUrl}/repos/new/home`, { headers, redirect: "manual" });
}

/** A clock that is moved by hand. */
function clock(time = "2026-11-21T09:00:00Z") {
  const hands = { time: Date.parse(time) };
  return { hands, now: () => new Date(hands.time) };
}

describe("quotas", () => {
  test("renew after an hour of the double's clock", async () => {
    const { hands, now } = clock();
    const double = await start({ now, limits: { rest_after: 1 } });
    const statuses = [(await get(double)).status, (await get(double)).status];
    hands.time += 3_599_000;
    statuses.push((await get(double)).status);
    hands.time += 1_000;
    statuses.push((await get(double)).status);
    expect(statuses).toEqual([200, 403, 403, 200]);
  });

  test("are each token's own, and headers show what is left of them", async () => {
    const double = await start({ limits: { quota: 10 } });
    await ask(double, ["new/home"], "one");
    const left = async (token: string) =>
      (await ask(double, ["new/home"], token)).headers.get("x-ratelimit-remaining");
    expect([await left("one"), await left("two")]).toEqual(["8", "9"]);
  });

  test("end by a clock that may go ahead, as the date shows", async () => {
    const { now, hands } = clock();
    const { headers } = await get(await start({ now, limits: { clock_ahead_s: 600 } }));
    expect(Date.parse(headers.get("date") ?? "")).toBe(hands.time + 600_000);
    expect(Number(headers.get("x-ratelimit-reset"))).toBe(hands.time / 1000 + 600 + 3600);
  });

  test.each([403, 429] as const)("of REST end with %i", async (rest_status) => {
    const limited = await get(await start({ limits: { rest_after: 0, rest_status } }));
    expect([limited.status, limited.headers.get("x-ratelimit-remaining")]).toEqual([rest_status, "0"]);
  });

  test("without a token are sixty", async () => {
    expect((await get(await start({}), {})).headers.get("x-ratelimit-limit")).toBe("60");
  });
});

describe("the secondary limit", () => {
  test("lasts as long as it is told, and then allows as many again", async () => {
    const { hands, now } = clock();
    const double = await start({ now, limits: { secondary_after: 1, secondary: { lasts_s: 90 } } });
    const statuses = [(await get(double)).status, (await get(double)).status];
    hands.time += 89_000;
    statuses.push((await get(double)).status);
    hands.time += 1_000;
    statuses.push((await get(double)).status);
    expect(statuses).toEqual([200, 403, 403, 200]);
  });

  test.each([
    [200, 60],
    [403, null],
    [429, 5],
  ] as const)(
    "shows as %i with retry-after %s, points remaining, and the hour's reset",
    async (status, retry_after) => {
      const double = await start({ limits: { secondary_after: 0, secondary: { status, retry_after } } });
      const limited = await ask(double, ["new/home"]);
      expect([limited.status, limited.headers.get("retry-after")]).toEqual([
        status,
        retry_after?.toString() ?? null,
      ]);
      expect(Number(limited.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
      expect(limited.headers.get("x-ratelimit-reset")).not.toBeNull();
      expect(await limited.text()).toContain("secondary rate limit");
    },
  );
});

describe("the state of a repository", () => {
  test("is known by a name that holds for one token; 304 counts for nothing where it was authorised", async () => {
    const double = await start({ limits: { quota: 100 } });
    const first = await get(double);
    const etag = first.headers.get("etag") ?? "";
    const again = await get(double, { authorization: "Bearer one", "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
    const other = await get(double, { authorization: "Bearer two", "if-none-match": etag });
    expect([other.status, other.headers.get("etag") === etag]).toEqual([200, false]);
  });

  test("that changed has another name", async () => {
    const etags = [];
    for (const stars of [1, 2]) {
      const double = await start({ repositories: { "new/home": { found: { ...PLAIN.found, stars } } } });
      etags.push((await get(double)).headers.get("etag"));
    }
    expect(etags[0]).not.toBe(etags[1]);
  });
});

describe("a query for more names than there are means for", () => {
  const names = Object.keys(many(6));

  test("is answered in part, with an error for each of the others", async () => {
    const double = await start({ repositories: many(6), bounds: { resources: 4 } });
    const { data, errors } = (await (await ask(double, names)).json()) as {
      data: Record<string, unknown>;
      errors: { type: string; path: string[] }[];
    };
    expect(Object.values(data).filter((value) => value === null)).toHaveLength(2);
    expect(errors.map(({ type, path }) => [type, path])).toEqual([
      ["RESOURCE_LIMITS_EXCEEDED", ["r4"]],
      ["RESOURCE_LIMITS_EXCEEDED", ["r5"]],
    ]);
  });

  test("is refused before it runs, or meets a gateway's page", async () => {
    const refused = await ask(await start({ repositories: many(6), bounds: { validation: 5 } }), names);
    expect([refused.status, await refused.json()]).toEqual([
      200,
      { errors: [{ message: "Timeout on validation of query" }] },
    ]);
    const gateway = await ask(await start({ repositories: many(6), bounds: { gateway: 5 } }), names);
    expect([gateway.status, gateway.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
  });

  test("is answered in full where it asks for as many as there are means for", async () => {
    const double = await start({
      repositories: many(6),
      bounds: { resources: 6, validation: 6, gateway: 6 },
    });
    expect(await (await ask(double, names)).json()).not.toHaveProperty("errors");
  });
});

describe("replies", () => {
  test("whose field below fails are null, by an error of a deeper path without a type", async () => {
    const double = await start({ repositories: { "a/b": { fails: "deeper_error" } } });
    expect(await (await ask(double, ["a/b"])).json()).toMatchObject({
      data: { r0: null },
      errors: [{ path: ["r0", "stargazerCount"], message: expect.stringContaining("Something went wrong") }],
    });
  });

  test("that only REST shows are null in GraphQL without an error", async () => {
    const double = await start({ repositories: { "new/home": { only_rest: PLAIN.found } } });
    expect(await (await ask(double, ["new/home"])).json()).not.toHaveProperty("errors");
    expect((await get(double)).status).toBe(200);
  });

  test("that refuse tokens are shown to those who send none", async () => {
    const double = await start({ repositories: { "new/home": { refused: PLAIN.found } } });
    expect([(await get(double)).status, (await get(double, {})).status]).toEqual([403, 200]);
  });
});

describe("failures on the way", () => {
  test("come by the number of the request, whatever it asks", async () => {
    const double = await start({ fault: (number) => (number === 2 ? "server_error" : null) });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await get(double)).status);
    expect(statuses).toEqual([200, 502, 200]);
  });

  test("an answer that is cut off says how long it was to be", async () => {
    const answer = await get(await start({ fault: () => "truncated" }));
    expect([answer.status, answer.headers.get("content-length")]).toEqual([200, "1000"]);
    await expect(answer.text()).rejects.toThrow();
  });

  test("a drip never ends", async () => {
    const double = await start({ fault: () => "drip" });
    const answer = await ask(double, ["new/home"], "one", { signal: AbortSignal.timeout(300) });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow(/timeout/);
  });
});

test("the double counts how many requests of one token are under way at once", async () => {
  const double = await start({ latencyMs: 50 });
  await Promise.all([get(double), get(double), ask(double, ["new/home"]), get(double, {})]);
  expect(double.most).toEqual({ graphql: 1, core: 2 });
});
