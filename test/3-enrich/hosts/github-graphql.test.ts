import { describe, expect, test } from "vitest";
import { graphqlBody, readGraphql } from "../../../pipeline/3-enrich/hosts/github-graphql.ts";
import type { RepositoryAsk } from "../../../pipeline/3-enrich/repository.ts";
import type { HttpAnswer } from "../../../pipeline/core/effects.ts";
import { askOf } from "../../support/repositories.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

function answer(body: unknown, status = 200, headers: HttpAnswer["headers"] = JSON_TYPE): HttpAnswer {
  return { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

const NODE = {
  databaseId: 11,
  nameWithOwner: "ada/stones",
  stargazerCount: 0,
  forkCount: 2,
  isArchived: true,
  isFork: true,
  parent: { nameWithOwner: "jan/stones" },
  pushedAt: null,
  createdAt: "2020-01-02T03:04:05Z",
  description: " Counts\tstones ",
  primaryLanguage: { name: "Rust" },
  licenseInfo: { spdxId: "MIT" },
  repositoryTopics: { nodes: [{ topic: { name: "rivers" } }, null, { topic: { name: "drones" } }] },
};

/** The outcome for the only alias of a query. */
function aliasOf(data: object, errors?: readonly object[]) {
  const reading = readGraphql(answer({ data, ...(errors === undefined ? {} : { errors }) }), 1);
  expect(reading).toMatchObject({ limit: null, isTooMuch: false, aliases: [expect.anything()] });
  return reading.aliases[0];
}

describe("a query", () => {
  const bodyOf = (...asks: readonly RepositoryAsk[]) =>
    JSON.parse(graphqlBody(asks)) as { query: string; variables: Record<string, string> };

  test("carries names as variables and never in its text", () => {
    const hostile = { ...askOf("ada/stones"), owner: 'a"){id} x:viewer{login', name: "$n0" };
    const { query, variables } = bodyOf(askOf("ada/stones"), hostile);
    expect(variables).toEqual({ o0: "ada", n0: "stones", o1: hostile.owner, n1: hostile.name });
    expect(query).not.toContain("viewer");
    expect(query).not.toContain("stones");
    expect(query).toContain("r1:repository(owner:$o1,name:$n1)");
  });

  test("counts stars by the count and not by the list, which is restricted", () => {
    const { query } = bodyOf(askOf("ada/stones"));
    expect(query).toContain("stargazerCount");
    expect(query).not.toContain("stargazers");
  });
});

describe("an alias", () => {
  test("with a repository is found, with every figure and its description cleaned", () => {
    expect(aliasOf({ r0: NODE })).toEqual({
      kind: "found",
      http_status: 200,
      source: "github_graphql",
      figures: {
        full_name: "ada/stones",
        host_id: 11,
        stars: 0,
        forks: 2,
        is_archived: true,
        is_fork: true,
        parent: "jan/stones",
        pushed_at: null,
        created_at: "2020-01-02T03:04:05Z",
        description: "Counts stones",
        primary_language: "Rust",
        license_spdx: "MIT",
        topics: ["rivers", "drones"],
      },
    });
  });

  test("with gaps in what the host tells has null there, and NOASSERTION for a licence without an id", () => {
    const gaps = { parent: null, primaryLanguage: null, description: null, licenseInfo: null };
    const empty = { parent: null, primary_language: null, description: null, license_spdx: null };
    expect(aliasOf({ r0: { ...NODE, ...gaps } })).toMatchObject({ figures: empty });
    const odd = { licenseInfo: { spdxId: null }, repositoryTopics: { nodes: null } };
    const { parent, primaryLanguage, description, licenseInfo, repositoryTopics, pushedAt, ...least } = NODE;
    expect(aliasOf({ r0: least })).toMatchObject({ figures: { ...empty, pushed_at: null, topics: [] } });
    expect(aliasOf({ r0: { ...NODE, ...odd } })).toMatchObject({
      figures: { license_spdx: "NOASSERTION", topics: [] },
    });
  });

  test("with the error NOT_FOUND of its own is not found", () => {
    const errors = [{ type: "NOT_FOUND", path: ["r0"], message: "Could not resolve" }];
    expect(aliasOf({ r0: null }, errors)).toEqual({ kind: "not_found" });
  });

  test.each<[string, readonly object[] | undefined, string]>([
    ["no error", undefined, "null without an error"],
    [
      "NOT_FOUND of a field below it",
      [{ type: "NOT_FOUND", path: ["r0", "parent"], message: "below" }],
      "below",
    ],
    [
      "another alias's NOT_FOUND",
      [{ type: "NOT_FOUND", path: ["r1"], message: "x" }],
      "null without an error",
    ],
    ["an error without a type", [{ path: ["r0"], message: "Something went wrong" }], "Something went wrong"],
    ["an error without a path", [{ type: "NOT_FOUND", message: "x" }], "null without an error"],
  ])("that is null with %s says nothing", (_what, errors, problem) => {
    expect(aliasOf({ r0: null }, errors)).toEqual({ kind: "no_answer", problem });
  });

  test("that the token is refused for is told apart", () => {
    const errors = [{ type: "FORBIDDEN", path: ["r0"], message: "forbids access" }];
    expect(aliasOf({ r0: null }, errors)).toEqual({ kind: "refused", problem: "forbids access" });
  });

  test("is judged by its own error before one of a field below it", () => {
    const errors = [
      { message: "below", path: ["r0", "parent"] },
      { type: "NOT_FOUND", path: ["r0"], message: "Could not resolve" },
    ];
    expect(aliasOf({ r0: null }, errors)).toEqual({ kind: "not_found" });
  });

  test.each([
    ["text", "stones"],
    ["a name that is none", { ...NODE, nameWithOwner: 7 }],
    ["no stars", { ...NODE, stargazerCount: undefined }],
    ["an id that is too large", { ...NODE, databaseId: 2 ** 60 }],
  ])("that holds %s says nothing", (_what, node) => {
    expect(aliasOf({ r0: node })).toEqual({ kind: "no_answer", problem: "not a repository" });
  });

  test("that is left out, or has no numeric id, says nothing", () => {
    expect(aliasOf({})).toMatchObject({ kind: "no_answer" });
    expect(aliasOf({ r0: { ...NODE, databaseId: null } })).toMatchObject({ kind: "no_answer" });
  });

  test("is answered in the place of its question", () => {
    const data = { r2: NODE, r0: { ...NODE, databaseId: 12 }, r1: null };
    const outcome = readGraphql(answer({ data }), 3);
    expect(outcome).toMatchObject({
      aliases: [{ figures: { host_id: 12 } }, { kind: "no_answer" }, { figures: { host_id: 11 } }],
    });
  });
});

describe("a query as a whole", () => {
  const found = { kind: "found", figures: { host_id: 11 } };

  test.each<[string, object]>([
    ["the type RATE_LIMITED", { type: "RATE_LIMITED", message: "API rate limit exceeded" }],
    ["the type that GitHub's newer limits have", { type: "RATE_LIMIT", message: "API rate limit exceeded" }],
  ])("met the primary limit where an error has %s, though HTTP says 200", (_what, error) => {
    const reading = readGraphql(answer({ errors: [error] }), 1);
    expect(reading).toMatchObject({ limit: "primary", aliases: [{ kind: "not_reached" }] });
  });

  test("met the secondary limit where an error says so, though HTTP says 200", () => {
    const errors = [{ message: "You have exceeded a secondary rate limit. Please wait a few minutes." }];
    expect(readGraphql(answer({ errors }), 1)).toMatchObject({ limit: "secondary" });
    const refused = answer({ message: "exceeded a secondary rate limit" }, 403, JSON_TYPE);
    expect(readGraphql(refused, 1)).toMatchObject({ limit: "secondary", aliases: [{ kind: "not_reached" }] });
  });

  test("that a limit cut short keeps what it resolved, and the rest was not reached", () => {
    const errors = [
      { type: "NOT_FOUND", path: ["r1"], message: "Could not resolve" },
      { type: "RATE_LIMITED", message: "API rate limit exceeded" },
    ];
    const reading = readGraphql(answer({ data: { r0: NODE, r1: null, r2: null }, errors }), 3);
    expect(reading).toMatchObject({
      limit: "primary",
      aliases: [found, { kind: "not_found" }, { kind: "not_reached" }],
    });
  });

  test("that took more than the host gives keeps what it resolved, and blames no name", () => {
    const errors = [
      { type: "RESOURCE_LIMITS_EXCEEDED", path: ["r1", "repositoryTopics"], message: "Resource limits" },
    ];
    const reading = readGraphql(answer({ data: { r0: NODE, r1: null, r2: null }, errors }), 3);
    expect(reading).toMatchObject({
      limit: null,
      isTooMuch: true,
      aliases: [found, { kind: "not_reached" }, { kind: "not_reached" }],
    });
  });

  test.each<[string, boolean, HttpAnswer]>([
    ["a gateway that gave up", true, answer("<html>", 502, { "content-type": "text/html" })],
    ["a gateway that waited too long", true, answer("<html>", 504, { "content-type": "text/html" })],
    [
      "a query that took too long to validate",
      true,
      answer({ errors: [{ message: "Timeout on validation of query" }] }),
    ],
    ["a server error in JSON", false, answer({ data: { r0: NODE } }, 500)],
    ["text that is not said to be JSON", false, answer(JSON.stringify({ data: { r0: NODE } }), 200, {})],
    ["JSON that is cut off", false, answer('{"data":{"r0":{"databaseId":1')],
    ["null", false, answer("null")],
    ["no data", false, answer({})],
    ["data that is null", false, answer({ data: null })],
    ["errors that are no list", false, answer({ errors: "no" })],
  ])("reached no name with %s; that it was too much: %s", (_what, isTooMuch, given) => {
    const aliases = [{ kind: "not_reached", problem: expect.any(String) }];
    expect(readGraphql(given, 1)).toMatchObject({ limit: null, isTooMuch, aliases });
  });

  test("that was refused before it ran tells the reason that the host names", () => {
    const reading = readGraphql(answer({ errors: [{ message: "Timeout on validation of query" }] }), 1);
    expect(reading.aliases).toEqual([{ kind: "not_reached", problem: "Timeout on validation of query" }]);
  });
});
