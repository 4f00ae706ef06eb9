import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tokensOf } from "../pipeline/config.ts";
import { type GitHubDouble, type Replies, startGitHubDouble } from "./support/github-double.ts";
import { runPaperset } from "./support/run-paperset.ts";

const TOKENS = ["t0ken-one", "t0ken-two"];
let folder: string;
let double: GitHubDouble | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-enrich-cli-"));
});
afterEach(async () => {
  await double?.close();
  double = null;
  await rm(folder, { recursive: true });
});

const at = (...parts: string[]) => join(folder, ...parts);
const found = (name: string, id: number) =>
  [name, { found: { full_name: name, id, stars: 3, pushed_at: "2026-11-01T00:00:00Z" } }] as const;
const REPLIES: Replies["repositories"] = {
  ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => found(`ada/r${i}`, i + 1))),
  "ada/none": { missing: true },
  "ada/down": { fails: "null_without_error" },
};

/** A capture of papers that each name one of these repositories. */
async function capture(names: readonly string[] = Object.keys(REPLIES)): Promise<void> {
  const lines = names.map((name, i) =>
    JSON.stringify({
      title: `Counting ${name.replace(/\W/g, " ")} by ear in old orchards, part ${i}`,
      abstract: `Nine microphones hang there. Our code is available at https://github.com/${name}.`,
    }),
  );
  await writeFile(at("papers.jsonl"), `${lines.join("\n")}\n`);
}

async function paperset(
  command: string,
  options: readonly string[] = [],
  replies: Partial<Replies> = {},
  now?: string,
) {
  double ??= await startGitHubDouble({ tokens: TOKENS, repositories: REPLIES, ...replies });
  const environment = {
    GITHUB_API_URL: double.apiUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    GITHUB_TOKENS: TOKENS.join(","),
  };
  const input = command === "run" ? ["--input", at("papers.jsonl")] : [];
  return runPaperset([command, ...input, "--out", at("out"), ...options], {
    environment,
    ...(now === undefined ? {} : { now }),
  });
}

describe("a dry run", () => {
  test("says how many requests would be sent and how long they take, and sends none", async () => {
    await capture();
    const { exitCode, stdout } = await paperset("run", ["--dry-run"]);
    expect(stdout).toMatch(/^github +8 +1 GraphQL \+ 1 REST +\d+ s$/m);
    expect(stdout).toContain("Nothing was sent.");
    expect([
      exitCode,
      double?.seen,
      existsSync(at("out/latest")),
      existsSync(at("out/.work/3-enrich")),
    ]).toEqual([0, [], false, false]);
  });

  test("counts what is due only, and leaves everything as it was", async () => {
    await capture();
    await paperset("run");
    const before = [double?.seen.length, await readFile(at("out/.work/3-enrich/report.json"), "utf8")];
    const { stdout } = await paperset("enrich", ["--dry-run"]);
    // only the check that failed is due again
    expect(stdout).toMatch(/^github +1 +1 GraphQL \+ 1 REST/m);
    expect([double?.seen.length, await readFile(at("out/.work/3-enrich/report.json"), "utf8")]).toEqual(
      before,
    );
    const offline = await paperset("enrich", ["--dry-run", "--offline"]);
    expect(offline.stdout).toBe("Nothing is due: no request would be sent.\n");
  });

  test("is data for programs", async () => {
    await capture();
    const { stdout } = await paperset("run", ["--dry-run", "--json"]);
    const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as object;
    expect(result).toMatchObject({
      event: "result",
      plan: [
        { service: "github", due: 8, requests: { GraphQL: 1, REST: 1 }, seconds: expect.any(Number) },
        // any of the eight may turn out lost
        { service: "softwareheritage", due: 0, leastRequests: 0, requests: { requests: 8 }, seconds: 8 },
      ],
    });
  });
});

describe("a run that asks", () => {
  test("ends with a table of statuses, and what to do about those without a verdict", async () => {
    await capture([...Object.keys(REPLIES), "ada/.."]);
    const { stdout } = await paperset("run");
    expect(stdout).toMatch(
      /^repositories\nalive +6\nmissing +1\nunknown +1 {2}asking failed: run again, which asks only about these/m,
    );
  });

  test("sends nothing the second time, within the age of a verdict", async () => {
    await capture(Object.keys(REPLIES).filter((name) => name !== "ada/down"));
    await paperset("run");
    const sent = double?.seen.length;
    expect((await paperset("run", [], {}, "2026-11-28T08:59:00Z")).stdout).toContain("no new release");
    expect(double?.seen).toHaveLength(sent ?? 0);
    await paperset("run", [], {}, "2026-11-28T09:01:00Z");
    expect(double?.seen.length).toBeGreaterThan(sent ?? 0);
  });

  test("tells how far it is: found, missing, requests and quota", async () => {
    await capture();
    const { stdout } = await paperset("run", ["--json"]);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const last = events.filter(({ event, stage }) => event === "progress" && stage === "3-enrich").at(-1);
    expect(last).toMatchObject({
      done: 8,
      total: 8,
      details: { found: 6, missing: 1, requests: 3, quota: 4999 },
    });
  });

  test("tells how long it waits for a window, and leaves the rest unchecked where that is too long", async () => {
    await capture();
    const { stdout } = await paperset("run", ["--json"], { limits: { graphql_after: 0, rest_after: 0 } });
    expect(stdout).toMatch(/"waiting":"60 min 0 s"|"waiting":"59 min 5\d s"/);
    const other = await paperset("run", ["--max-wait", "30", "--force"]);
    expect(other.stdout).toMatch(/^unchecked +8 {2}never asked/m);
    expect(other.stderr).toMatch(/rate limit is reached;.*--max-wait\.$/m);
  });

  test("leaves as much of the quota as it is told", async () => {
    await capture();
    // of each token's ten points nine are to be left: its first query is its last
    const told = ["--leave-quota", "0.9", "--max-wait", "1"];
    const { stdout } = await paperset("run", told, { limits: { quota: 10 }, bounds: { resources: 2 } });
    expect(stdout).toMatch(/^unchecked +\d {2}never asked/m);
    expect(double?.seen.filter(({ aliases }) => aliases > 0)).toHaveLength(2);
  });
});

test("an observation of an earlier release is carried on: the star history grows from release to release", async () => {
  await capture(["ada/r0"]);
  await paperset("run");
  await double?.close();
  double = await startGitHubDouble({
    repositories: { "ada/r0": { found: { full_name: "ada/r0", id: 1, stars: 9 } } },
  });
  await rm(at("out/.work"), { recursive: true }); // another machine, with the release alone
  await paperset("run", [], {}, "2026-12-20T09:00:00Z");
  const rows = (await readFile(at("out/latest/jsonl/repository_observations.jsonl"), "utf8"))
    .trim()
    .split("\n");
  expect(rows.map((row) => JSON.parse(row)).map(({ observed_at, stars }) => [observed_at, stars])).toEqual([
    ["2026-11-21T09:00:00Z", 3],
    ["2026-12-20T09:00:00Z", 9],
  ]);
});

test("with --star-history the months before the first check are in the release, which verifies", async () => {
  const repository = {
    full_name: "ada/r0",
    id: 1,
    stars: 7,
    star_days: { "2026-08-20": 3, "2026-10-02": 4 },
  };
  await capture(["ada/r0"]);
  const replies = { repositories: { "ada/r0": { found: repository } } };
  const dry = await paperset("run", ["--star-history", "--dry-run"], replies);
  // four years of 52 weeks are guessed of what was never seen
  expect(dry.stdout).toMatch(/^github +1 +1 GraphQL \+ 1 REST/m);
  expect(dry.stdout).toMatch(/^github star history +1 +7 REST/m);
  await paperset("run", ["--star-history"]);
  const rows = (await readFile(at("out/latest/jsonl/repository_observations.jsonl"), "utf8"))
    .trim()
    .split("\n");
  const seen = rows
    .map((row) => JSON.parse(row))
    .map(({ observed_at, stars, status, source }) => [observed_at.slice(0, 10), stars, status, source]);
  expect(seen).toEqual([
    ["2026-09-01", 3, "unchecked", "github_star_history"],
    ["2026-10-01", 3, "unchecked", "github_star_history"],
    ["2026-11-01", 7, "unchecked", "github_star_history"],
    ["2026-11-21", 7, "alive", "github_graphql"],
  ]);
  const verified = await runPaperset(["verify", at("out/latest")]);
  expect(verified.stdout).toMatch(/passes\.$/m);
});

test("two names that turn out to be one repository become one, and the id that is no more is retired", async () => {
  await capture(["ada/old", "ada/new"]);
  const apart = { "ada/old": found("ada/old", 1)[1], "ada/new": { missing: true } } as const;
  await paperset("run", [], { repositories: apart });
  await double?.close();
  double = await startGitHubDouble({
    repositories: { "ada/old": found("ada/new", 1)[1], "ada/new": found("ada/new", 1)[1] },
  });
  await paperset("run", [], {}, "2026-12-20T09:00:00Z");
  const rows = async (table: string) =>
    (await readFile(at(`out/latest/jsonl/${table}.jsonl`), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const repositories = await rows("repositories");
  expect(repositories).toMatchObject([
    { full_name: "ada/new", status: "moved", previous_names: ["ada/old"], host_id: 1 },
  ]);
  expect(await rows("retired_ids")).toMatchObject([
    { table: "repositories", reason: "merged", surviving_id: repositories[0]?.["repository_id"] },
  ]);
});

describe("tokens", () => {
  const github = { apiUrl: "https://api.github.com", graphqlUrl: "https://api.github.com/graphql" };

  test.each<[string, Record<string, string>, readonly string[]]>([
    ["GITHUB_TOKEN alone", { GITHUB_TOKEN: "a" }, ["a"]],
    [
      "GITHUB_TOKENS, parted by commas, spaces or lines",
      { GITHUB_TOKENS: "a, b\nc,,d " },
      ["a", "b", "c", "d"],
    ],
    ["both, each once, the single one first", { GITHUB_TOKEN: "b", GITHUB_TOKENS: "a,b" }, ["b", "a"]],
  ])("are those of %s", (_what, environment, tokens) => {
    expect([...tokensOf(environment, github)]).toEqual([["https://api.github.com", tokens]]);
  });

  test("are none where the environment holds none", () => {
    expect(tokensOf({ GITHUB_TOKEN: "", GITHUB_TOKENS: " " }, github).size).toBe(0);
  });

  test("appear in no log, error, journal, report or release, whatever the host does", async () => {
    await capture([...Object.keys(REPLIES), "ada/x", "ada/y", "ada/z"]);
    const odd: Replies["repositories"] = {
      ...REPLIES,
      "ada/x": { refused: true },
      "ada/y": { fails: "reset" },
      "ada/z": { fails: "truncated" },
    };
    const runs = [await paperset("run", ["--json", "--debug"], { repositories: odd })];
    await double?.close();
    runs.push(await paperset("run", ["--debug"])); // nobody answers
    double = await startGitHubDouble({ token: "neither", repositories: odd });
    runs.push(await paperset("run", ["--debug", "--max-age", "0"])); // both tokens are refused
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 1]);
    const files = await readdir(at("out"), { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    expect(texts.length).toBeGreaterThan(20);
    for (const text of [...texts, ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr])])
      for (const token of TOKENS) expect(text.includes(token)).toBe(false);
  });
});
