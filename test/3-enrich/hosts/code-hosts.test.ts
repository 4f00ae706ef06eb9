import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { bitbucket } from "../../../pipeline/3-enrich/hosts/bitbucket.ts";
import { codeberg } from "../../../pipeline/3-enrich/hosts/codeberg.ts";
import { gitlab } from "../../../pipeline/3-enrich/hosts/gitlab.ts";
import type { RepositoryService } from "../../../pipeline/3-enrich/hosts/service.ts";
import { openNetwork } from "../../../pipeline/3-enrich/http.ts";
import type { Answer, RepositoryAsk } from "../../../pipeline/3-enrich/repository.ts";
import {
  type CodeHostReplies,
  startBitbucketDouble,
  startCodebergDouble,
  startGitLabDouble,
} from "../../support/code-host-doubles.ts";
import { testEffects } from "../../support/effects.ts";
import { askOf } from "../../support/repositories.ts";
import { json } from "../../support/service-double.ts";

const HOSTS = {
  gitlab: { host: "gitlab.com", service: gitlab, start: startGitLabDouble },
  bitbucket: { host: "bitbucket.org", service: bitbucket, start: startBitbucketDouble },
  codeberg: { host: "codeberg.org", service: codeberg, start: startCodebergDouble },
} as const;
type HostName = keyof typeof HOSTS;
const HOST_NAMES = Object.keys(HOSTS) as HostName[];

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of closing.splice(0)) await end();
});

function ask(host: RepositoryAsk["host"], fullName: string): RepositoryAsk {
  const at = fullName.lastIndexOf("/");
  return { ...askOf(fullName), host, owner: fullName.slice(0, at), name: fullName.slice(at + 1) };
}

/** Asks a host's double about the names, without or with a token, and gives the answers by name. */
async function check(name: HostName, names: readonly string[], replies: CodeHostReplies, token?: string) {
  const { host, service, start } = HOSTS[name];
  const double = await start(replies);
  closing.push(() => double.close());
  const network = openNetwork(new Map(token === undefined ? [] : [[double.origin, token]]));
  closing.push(() => network.close());
  const effects = testEffects(network);
  const asks = names.map((one) => ask(host, one));
  const config = { apiUrl: double.origin, hasToken: token !== undefined, maxWaitMs: 3_600_000 };
  const one: RepositoryService = service(config);
  expect(asks.every((asked) => one.answersFor(asked))).toBe(true);
  const batches = await Array.fromAsync(one.check(asks, { effects, tell() {} }));
  const nameOf = new Map(asks.map(({ repository_id }, i) => [repository_id, names[i] ?? ""]));
  const answers: Record<string, Answer> = {};
  for (const { repository_id, answer } of batches.flat()) answers[nameOf.get(repository_id) ?? ""] = answer;
  return { answers, double, effects, plan: one.plan(asks, effects.now()) };
}

describe.each(HOST_NAMES)("at %s, a repository", (name) => {
  test("that is there brings its figures", async () => {
    const { answers } = await check(name, ["ada/stones"], { "ada/stones": { found: "Ada/Stones", id: 9 } });
    expect(answers["ada/stones"]).toMatchObject({ kind: "found", http_status: 200, source: name });
  });

  test("that is not there is absent, and a private one is told alike", async () => {
    const { answers } = await check(name, ["ada/none"], {});
    expect(answers).toEqual({ "ada/none": { kind: "absent", http_status: 404, source: name } });
  });

  test("that moved is followed to its new name, within the API only", async () => {
    const elsewhere = { reply: json(301, "", { location: "https://elsewhere.example/repos/x" }) };
    const { answers } = await check(name, ["ada/old", "ada/away"], {
      "ada/old": { moved: name === "gitlab" ? "9" : "eve/new" },
      "eve/new": { found: "eve/new", id: 9 },
      "ada/away": elsewhere,
    });
    expect(answers["ada/old"]).toMatchObject({ kind: "found", figures: { full_name: "eve/new" } });
    expect(answers["ada/away"]).toMatchObject({ kind: "failed", problem: /elsewhere\.example/ });
  });

  test("gets no verdict from an answer that is none", async () => {
    const replies: CodeHostReplies = {
      "ada/error": { reply: { status: 500, body: "Oops" } },
      "ada/page": { reply: { status: 200, body: "<html>Sign in</html>" } },
      "ada/other": { reply: json(200, { message: "hello" }) },
      "ada/cut": { reply: { status: 200, body: '{"id": 7, "full_na' } },
      "ada/barred": { reply: json(403, { message: "Forbidden" }) },
      "ada/reset": { reply: "reset" },
      "ada/bomb": {
        reply: {
          status: 200,
          headers: { "content-encoding": "gzip" },
          body: gzipSync(Buffer.alloc(64 << 20)),
        },
      },
    };
    const { answers } = await check(name, Object.keys(replies), replies);
    expect(Object.values(answers).map(({ kind }) => kind)).toEqual(Array(7).fill("failed"));
  });

  test("that is withheld by law is blocked", async () => {
    const { answers } = await check(name, ["ada/law"], { "ada/law": { reply: json(451, {}) } });
    expect(answers["ada/law"]).toMatchObject({ kind: "blocked", reason: "other" });
  });

  test("of another host is not asked about", () => {
    const one = HOSTS[name].service({ apiUrl: "http://x", hasToken: false, maxWaitMs: 0 });
    expect(one.answersFor(askOf("ada/stones"))).toBe(false);
    expect(one.name).toBe(name);
  });
});

describe("figures", () => {
  test("of GitLab without a token leave unknown what it does not tell", async () => {
    const { answers, double } = await check("gitlab", ["ada/group/stones"], {
      "ada/group/stones": { found: "ada/group/stones", id: 9 },
    });
    expect(double.seen).toEqual(["GET /projects/ada%2Fgroup%2Fstones?license=true"]);
    expect(answers["ada/group/stones"]).toMatchObject({
      figures: {
        full_name: "ada/group/stones",
        host_id: 9,
        stars: 5,
        forks: 2,
        is_archived: null,
        is_fork: null,
        parent: null,
        created_at: "2020-01-02T03:04:05Z",
        pushed_at: null,
        description: "Counts stones",
        license_spdx: null,
        topics: ["rivers"],
      },
    });
  });

  test("of GitLab with a token are told whole", async () => {
    const source = { path_with_namespace: "eve/stones" };
    const more = { archived: true, forked_from_project: source, license: { key: "apache-2.0" } };
    const { answers, double } = await check(
      "gitlab",
      ["ada/stones", "ada/own"],
      {
        "ada/stones": { found: "ada/stones", id: 9, more },
        "ada/own": { found: "ada/own", more: { archived: false } },
      },
      "glpat-0123",
    );
    expect(double.authorizations).toEqual(["Bearer glpat-0123", "Bearer glpat-0123"]);
    expect(answers["ada/stones"]).toMatchObject({
      figures: { is_archived: true, is_fork: true, parent: "eve/stones", license_spdx: "Apache-2.0" },
    });
    expect(answers["ada/own"]).toMatchObject({
      figures: { is_archived: false, is_fork: false, parent: null },
    });
  });

  test("of Codeberg", async () => {
    const more = { fork: true, parent: { full_name: "eve/stones" }, archived: true, topics: ["a", "", 3] };
    const { answers } = await check("codeberg", ["ada/stones"], {
      "ada/stones": { found: "Ada/stones", more },
    });
    expect(answers["ada/stones"]).toMatchObject({
      figures: {
        full_name: "Ada/stones",
        host_id: 7,
        stars: 5,
        forks: 2,
        is_archived: true,
        is_fork: true,
        parent: "eve/stones",
        created_at: "2020-01-02T01:04:05Z",
        description: null,
        primary_language: "Rust",
        topics: ["a"],
      },
    });
  });

  test("of Bitbucket, which counts no stars and has no numeric id", async () => {
    const { answers } = await check("bitbucket", ["ada/stones"], { "ada/stones": { found: "ada/stones" } });
    expect(answers["ada/stones"]).toMatchObject({
      figures: { full_name: "ada/stones", host_id: null, stars: null, forks: null, is_fork: false },
    });
    expect(answers["ada/stones"]).toMatchObject({ figures: { primary_language: null, parent: null } });
  });
});

test("a token that is refused ends the asking with a sentence, and nothing is called missing", async () => {
  const refused = { reply: json(401, { message: "401 Unauthorized" }) };
  const { answers, double, effects } = await check(
    "gitlab",
    ["a/b", "c/d"],
    { "a/b": refused },
    "glpat-0123",
  );
  expect([answers, double.seen.length]).toEqual([{}, 1]);
  expect(effects.said).toEqual([expect.stringMatching(/^GitLab refused the token: set GITLAB_TOKEN/)]);
});
