import { describe, expect, test } from "vitest";
import { checkNames, type GitHubAtHand } from "../../support/github-check.ts";
import type { Limits, Reply } from "../../support/github-double.ts";
import { alive, MISSING, many, start } from "./replies.ts";

const BOTH = ["t0ken-one", "t0ken-two"];
const NAMES = Object.keys(many(400));

const two = (replies: Record<string, Reply>, limits: Limits = {}) =>
  start(replies, { tokens: BOTH, limits }, BOTH);

/** The queries of one token: when they arrived and how many names they asked for. */
const queries = ({ double }: GitHubAtHand, token: string) =>
  double.seen.filter(({ authorization, aliases }) => authorization === `Bearer ${token}` && aliases > 0);

describe("several tokens", () => {
  test("share the work, each asked one query at a time, a second apart", async () => {
    const hand = await two(many(400));
    const { answers } = await checkNames(NAMES, hand);
    expect([...answers.keys()].sort()).toEqual(NAMES.toSorted());
    for (const token of BOTH) {
      const times = queries(hand, token).map(({ at }) => Date.parse(at));
      expect(times.length).toBeGreaterThanOrEqual(2);
      for (const [i, time] of times.entries())
        if (i > 0) expect(time - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
    expect(hand.double.most.graphql).toBe(1);
    expect(hand.double.seen.reduce((sum, { aliases }) => sum + aliases, 0)).toBe(400);
  });

  test("have quotas of their own: while one waits for its window, the other goes on", async () => {
    const hand = await two(many(400), { graphql_after: 2 });
    hand.effects.time = "2026-11-21T09:00:00Z";
    const { answers, error } = await checkNames(NAMES, hand);
    expect([answers.size, error]).toEqual([400, null]);
    const answered = BOTH.map((token) => queries(hand, token).length);
    expect(Math.min(...answered)).toBeGreaterThanOrEqual(3);
  });

  test("of which one may wait no longer leave its part to the other", async () => {
    const hand = await two(many(400));
    // the first token is limited for a day
    const { request } = hand.effects.network;
    const limited = { status: 403, headers: { "retry-after": "86400" }, body: "{}" };
    const network: typeof hand.effects.network = {
      request: (asked) => (asked.token === 0 ? Promise.resolve(limited) : request(asked)),
    };
    const { answers } = await checkNames(NAMES, { ...hand, effects: { ...hand.effects, network } });
    expect(answers.size).toBe(400);
    expect(hand.effects.said).toEqual([expect.stringMatching(/rate limit/)]);
  });

  test("of which one is refused are used without it, and a sentence says so, but not which it is", async () => {
    const hand = await start({ ...many(120), "ada/none": MISSING }, { token: "t0ken-two" }, BOTH);
    const { answers, error } = await checkNames([...Object.keys(many(120)), "ada/none"], hand);
    expect([answers.size, error]).toEqual([121, null]);
    expect(hand.effects.said).toEqual([expect.stringMatching(/refused 1 of 2 tokens/)]);
    expect(hand.effects.said.join()).not.toContain("t0ken");
  });

  test("that are all refused stop the run", async () => {
    const hand = await start(many(3), { token: "t0ken-three" }, BOTH);
    const { error, batches } = await checkNames(Object.keys(many(3)), hand);
    expect(error).toMatchObject({ code: "TOKEN_REFUSED" });
    expect(batches).toEqual([]);
    expect(String(error)).not.toContain("t0ken");
  });
});

describe("a token that an organisation's policy refuses", () => {
  const shown = { full_name: "acme/tool", id: 11, stars: 3 };

  test("hides no public repository: it is asked about once more without a token", async () => {
    const hand = await start({ "acme/tool": { refused: shown }, "ada/stones": alive("ada/stones", 12) });
    const { answers } = await checkNames(["acme/tool", "ada/stones"], hand);
    expect(answers.get("acme/tool")).toMatchObject({
      kind: "found",
      source: "github_rest",
      figures: { stars: 3 },
    });
    expect(hand.double.seen.map(({ aliases, authorization }) => [aliases, authorization === null])).toEqual([
      [2, false],
      [0, true],
    ]);
  });

  test("is asked about without a token also where only REST refuses it", async () => {
    const hand = await start({ "acme/tool": { refused: shown } });
    const silent = {
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"data":{"r0":null}}',
    };
    const { request } = hand.effects.network;
    const network: typeof hand.effects.network = {
      request: (asked) => (asked.method === "POST" ? Promise.resolve(silent) : request(asked)),
    };
    const { answers } = await checkNames(["acme/tool"], { ...hand, effects: { ...hand.effects, network } });
    expect(answers.get("acme/tool")).toMatchObject({ kind: "found" });
    expect(hand.double.seen.map(({ status }) => status)).toEqual([403, 200]);
  });

  test("says nothing where nobody is shown anything: neither private nor missing", async () => {
    const { answers } = await checkNames(["acme/tool"], await start({ "acme/tool": { refused: true } }));
    expect(answers.get("acme/tool")).toMatchObject({ kind: "failed", http_status: 403 });
  });

  test("is all that is known once the requests without a token are spent, and others are still answered", async () => {
    const refused = Array.from({ length: 70 }, (_, i): [string, Reply] => {
      const full_name = `acme/t${i}`;
      return [full_name, { refused: { full_name, id: 500 + i, stars: 3 } }];
    });
    const replies = { ...Object.fromEntries(refused), ...many(10) };
    const hand = await start(replies);
    const { answers, error } = await checkNames(Object.keys(replies), hand);
    expect([answers.size, error]).toEqual([80, null]);
    const kinds = [...answers.values()].map(({ kind }) => kind);
    // 60 requests an hour, of which three are left
    expect(kinds.filter((kind) => kind === "failed").length).toBeGreaterThanOrEqual(10);
    expect(kinds.filter((kind) => kind === "found").length).toBeGreaterThanOrEqual(60);
    expect(hand.double.seen.every(({ status }) => status === 200)).toBe(true);
  });
});
