import { describe, expect, test } from "vitest";
import { readRest } from "../../../pipeline/3-enrich/hosts/github-rest.ts";
import { openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { judge, uncheckedRow } from "../../../pipeline/3-enrich/judge.ts";
import type { Network } from "../../../pipeline/core/effects.ts";
import { PapersetError } from "../../../pipeline/core/errors.ts";
import { testEffects } from "../../support/effects.ts";
import { check, checkNames, TOKEN } from "../../support/github-check.ts";
import { type Replies, type Reply, startGitHubDouble } from "../../support/github-double.ts";
import { askOf } from "../../support/repositories.ts";
import { alive, MISSING, many, running, start } from "./replies.ts";

describe("a repository's status by what the host replies:", () => {
  test.each<[string, Reply, object]>([
    ["found is alive", alive("ada/stones"), { status: "alive", stars: 3, host_id: 11 }],
    ["found under another case is alive", alive("Ada/Stones"), { status: "alive", full_name: "Ada/Stones" }],
    [
      "found under another name is moved",
      alive("jan/pebbles"),
      { status: "moved", previous_names: ["ada/stones"] },
    ],
    ["missing is missing", MISSING, { status: "missing", stars: null }],
    ["a takedown notice is blocked", { blocked: "dmca" }, { status: "blocked", status_reason: "dmca" }],
    ["disabled by staff is blocked", { blocked: "tos" }, { status: "blocked", status_reason: "tos" }],
    ["a token refused by a policy is unknown", { refused: true }, { status: "unknown" }],
    [
      "null without an error, and REST's 404, is unknown",
      { fails: "null_without_error" },
      { status: "unknown" },
    ],
    ["a server error is unknown", { fails: "server_error" }, { status: "unknown" }],
    ["an answer that is no JSON is unknown", { fails: "not_json" }, { status: "unknown" }],
    ["a connection that is reset is unknown", { fails: "reset" }, { status: "unknown" }],
  ])("%s", async (_rule, reply, expected) => {
    const { answers, error } = await checkNames(["ada/stones"], await start({ "ada/stones": reply }));
    const answer = answers.get("ada/stones");
    if (answer === undefined) throw new Error("There is no answer for ada/stones.", { cause: error });
    expect(judge(uncheckedRow(askOf("ada/stones")), answer, "2026-02-01T00:00:00Z")).toMatchObject(expected);
  });

  test("a host that cannot be reached is unknown", async () => {
    const hand = await start({});
    await hand.double.close();
    const { answers, error } = await checkNames(["ada/stones"], hand);
    expect(error).toBeNull();
    expect(answers.get("ada/stones")).toMatchObject({ kind: "failed", http_status: null });
  });

  test("every name of one query has its own answer", async () => {
    const replies: Record<string, Reply> = {
      "a/alive": alive("a/alive"),
      "a/missing": MISSING,
      "a/dmca": { blocked: "dmca" },
      "a/refused": { refused: true },
      "a/null": { fails: "null_without_error" },
      "a/last": alive("a/last", 12),
    };
    const hand = await start(replies);
    const { answers } = await checkNames(Object.keys(replies), hand);
    expect([...answers].map(([name, { kind, http_status }]) => [name, kind, http_status])).toEqual([
      ["a/alive", "found", 200],
      ["a/last", "found", 200],
      ["a/missing", "absent", 404],
      ["a/dmca", "blocked", 451],
      ["a/refused", "failed", 403],
      ["a/null", "failed", 404],
    ]);
    expect(hand.double.seen.map(({ aliases }) => aliases)).toEqual([6, 0, 0, 0, 0]);
  });
});

describe("where GraphQL says nothing, REST decides", () => {
  /** A client of two doubles: one whose GraphQL knows nothing of these names, one for REST. */
  async function split(rest: Replies["repositories"], graphql: Reply, replies: Partial<Replies> = {}) {
    const hand = await start(Object.fromEntries(Object.keys(rest).map((name) => [name, graphql])));
    const other = await startGitHubDouble({ repositories: rest, ...replies });
    running.push(other);
    return { ...hand, rest: other, github: { ...hand.github, apiUrl: other.apiUrl } };
  }
  const SILENT: Reply = { fails: "null_without_error" };

  test("that a repository is there, with the same figures", async () => {
    const full: Reply = {
      found: {
        full_name: "ada/stones",
        id: 11,
        stars: 42,
        forks: 3,
        description: "A\ttool",
        archived: true,
        parent: "origin/stones",
        language: "Rust",
        license: "NOASSERTION",
        topics: ["rivers", "drones"],
        pushed_at: null,
      },
    };
    const byRest = await checkNames(["ada/stones"], await split({ "ada/stones": full }, SILENT));
    const byGraphql = await checkNames(["ada/stones"], await start({ "ada/stones": full }));
    const answer = byRest.answers.get("ada/stones");
    expect(answer).toMatchObject({ kind: "found", source: "github_rest", figures: { stars: 42 } });
    expect(byGraphql.answers.get("ada/stones")).toEqual({ ...answer, source: "github_graphql" });
  });

  test("that it has moved, by following the redirect once", async () => {
    const hand = await split({ "ada/stones": alive("jan/pebbles", 8) }, SILENT);
    const { answers } = await checkNames(["ada/stones"], hand);
    expect(answers.get("ada/stones")).toMatchObject({ kind: "found", figures: { full_name: "jan/pebbles" } });
    expect(hand.rest.seen.map(({ path }) => path)).toEqual(["/repos/ada/stones", "/repositories/8"]);
  });

  test("that it is blocked, though GraphQL found nothing", async () => {
    const { answers } = await checkNames(
      ["ada/stones"],
      await split({ "ada/stones": { blocked: "tos" } }, MISSING),
    );
    expect(answers.get("ada/stones")).toMatchObject({ kind: "blocked", reason: "tos" });
  });

  test("that it is absent, only if GraphQL found nothing too", async () => {
    const sure = await checkNames(["ada/stones"], await split({ "ada/stones": MISSING }, MISSING));
    expect(sure.answers.get("ada/stones")).toMatchObject({ kind: "absent" });
    const doubtful = await checkNames(["ada/stones"], await split({ "ada/stones": MISSING }, SILENT));
    expect(doubtful.answers.get("ada/stones")).toMatchObject({ kind: "failed", http_status: 404 });
  });

  test("nothing where it fails: NOT_FOUND alone is no verdict", async () => {
    const hand = await split({ "ada/stones": { fails: "server_error" } }, MISSING);
    const { answers } = await checkNames(["ada/stones"], hand);
    expect(answers.get("ada/stones")).toMatchObject({ kind: "failed", problem: "HTTP 502" });
  });

  test("and is left alone where it answers nothing, though GraphQL does", async () => {
    const names = Array.from({ length: 200 }, (_, i) => `ada/none${i}`);
    const hand = await start({});
    const { request } = hand.effects.network;
    let rest = 0;
    const network: Network = {
      request(asked) {
        if (asked.method === "POST") return request(asked);
        rest += 1;
        return Promise.resolve({ status: 502, headers: {}, body: "" });
      },
    };
    const { answers, error } = await checkNames(names, { ...hand, effects: { ...hand.effects, network } });
    expect(error).toBeNull();
    // twelve in vain, those under way beside them, and three tries for each
    expect(rest).toBeLessThanOrEqual((12 + 3) * 3);
    expect([...answers.values()].map(({ kind }) => kind)).toEqual(Array(rest / 3).fill("failed"));
    expect(hand.effects.said).toEqual([expect.stringMatching(/does not answer any more/)]);
  });

  test("without ever seeing the token of the other origin", async () => {
    const hand = await split({ "ada/stones": alive("jan/pebbles", 8), "ada/owls": MISSING }, SILENT);
    await checkNames(["ada/stones", "ada/owls"], hand);
    expect(hand.rest.seen.map(({ authorization }) => authorization)).toEqual([null, null, null]);
    expect(hand.double.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${TOKEN}`]);
  });

  test("and its refusal of the token stops the run, after what was answered is given", async () => {
    const hand = await start({ "ada/stones": alive("ada/stones"), "ada/owls": MISSING });
    const refused = { status: 401, headers: {}, body: "{}" };
    const { request } = hand.effects.network;
    const network: Network = {
      request: (asked) => (asked.method === "GET" ? Promise.resolve(refused) : request(asked)),
    };
    const effects = { ...hand.effects, network };
    const { batches, error } = await checkNames(["ada/stones", "ada/owls"], { ...hand, effects });
    expect(error).toMatchObject({ code: "TOKEN_REFUSED" });
    expect(batches.flat()).toMatchObject([{ answer: { kind: "found" } }]);
  });
});

describe("queries", () => {
  test("hold fifty names: 120 repositories need three, with a second between them", async () => {
    const hand = await start(many(120));
    const { answers, batches } = await checkNames(Object.keys(many(120)), hand);
    expect(hand.double.seen.map(({ aliases }) => aliases)).toEqual([50, 50, 20]);
    expect(batches.map((batch) => batch.length)).toEqual([50, 50, 20]);
    expect(hand.effects.slept).toEqual([1000, 1000]);
    expect(answers.size).toBe(120);
    for (const [name, answer] of answers) expect(answer).toMatchObject({ figures: { full_name: name } });
  });

  test("are not asked where there is nothing to ask", async () => {
    const hand = await start({});
    expect(await checkNames([], hand)).toMatchObject({ batches: [], error: null });
    expect(hand.double.seen).toEqual([]);
  });

  test("wait until the answers before have been taken", async () => {
    const hand = await start(many(51));
    const checking = check(Object.keys(many(51)), hand);
    expect((await checking.next()).value).toHaveLength(50);
    expect(hand.double.seen).toHaveLength(1);
    expect((await checking.next()).value).toHaveLength(1);
    expect(hand.double.seen).toHaveLength(2);
  });

  test("that fail as a whole are halved until one name is left, and everything else is kept", async () => {
    const replies = { ...many(8), "ada/r0": { fails: "reset" } as const };
    const hand = await start(replies);
    const { answers } = await checkNames(Object.keys(replies), hand);
    expect(answers.get("ada/r0")).toMatchObject({ kind: "failed" });
    const rest = [...answers].filter(([name]) => name !== "ada/r0");
    expect(rest.map(([, answer]) => answer.kind)).toEqual(Array(7).fill("found"));
    // 8 fails twice, then halves; of each two the first fails; REST is tried three times for the one
    expect(hand.double.seen.map(({ aliases }) => aliases)).toEqual([8, 8, 4, 4, 2, 2, 1, 0, 0, 0, 1]);
  });

  test("of an odd number of names lose none when they are halved", async () => {
    const replies = { ...many(7), "ada/r3": { fails: "not_json" } as const };
    const { answers } = await checkNames(Object.keys(replies), await start(replies));
    expect([...answers.keys()].sort()).toEqual(Object.keys(replies).sort());
    expect([...answers.values()].filter(({ kind }) => kind === "failed")).toHaveLength(1);
  });

  test("are dated by the clock that is handed in, to the second", async () => {
    const hand = await start({ "ada/stones": alive("ada/stones") });
    hand.effects.time = "2026-02-03T04:05:06.789Z";
    const { batches } = await checkNames(["ada/stones"], hand);
    expect(batches).toMatchObject([[{ at: "2026-02-03T04:05:06Z" }]]);
  });
});

test("a request that ends because the run is stopped is no failed check", async () => {
  const hand = await start(many(3));
  const stopping = new AbortController();
  const network: Network = {
    request() {
      stopping.abort(new PapersetError("STOPPED", "Stopped."));
      return Promise.reject(new Error("the connection was closed"));
    },
  };
  const effects = { ...hand.effects, network, signal: stopping.signal };
  const { batches, error } = await checkNames(["ada/r0"], { ...hand, effects });
  expect(error).toMatchObject({ code: "STOPPED" });
  expect(batches).toEqual([]);
});

describe("the token", () => {
  test("that is refused stops the run with a sentence that does not show it", async () => {
    const hand = await start(many(3), {}, ["wr0ng-token"]);
    const { error, batches } = await checkNames(Object.keys(many(3)), hand);
    expect(error).toMatchObject({ code: "TOKEN_REFUSED", message: expect.stringContaining("GITHUB_TOKEN") });
    expect(batches).toEqual([]);
    expect(hand.double.seen).toHaveLength(1);
    expect(JSON.stringify(error) + String(error)).not.toContain(["wr0ng-token"]);
  });

  test("stands in no answer, whatever the host replies", async () => {
    const replies: Record<string, Reply> = {
      "a/alive": alive("a/alive"),
      "a/missing": MISSING,
      "a/refused": { refused: true },
      "a/reset": { fails: "reset" },
      "a/text": { fails: "not_json" },
    };
    const { batches } = await checkNames(Object.keys(replies), await start(replies));
    expect(batches.flat()).toHaveLength(5);
    expect(JSON.stringify(batches)).not.toContain(TOKEN);
  });
});

test("a redirect that leads to another origin is given no verdict and no request", async () => {
  const away = await startGitHubDouble({ repositories: { "jan/pebbles": alive("jan/pebbles", 8) } });
  running.push(away);
  const location = `${away.apiUrl}/repositories/8`;
  const moved = { status: 301, headers: { location }, body: "{}" };
  const network = openNetwork(new Map());
  running.push(network);
  const hand = await start({ "ada/stones": { fails: "null_without_error" } });
  const effects = testEffects({
    // the host's REST interface redirects; everything else is the real client
    request: (asked) =>
      asked.url.endsWith("/repos/ada/stones") ? Promise.resolve(moved) : hand.effects.network.request(asked),
  });
  const { answers } = await checkNames(["ada/stones"], { github: hand.github, effects });
  expect(answers.get("ada/stones")).toEqual(readRest(moved));
  expect(answers.get("ada/stones")).toMatchObject({ kind: "failed", http_status: 301 });
  expect(away.seen).toEqual([]);
});
