import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  githubStarHistory,
  monthlyStars,
  readWeeks,
} from "../../../pipeline/3-enrich/hosts/github-star-history.ts";
import type { HttpRequest, Network } from "../../../pipeline/core/effects.ts";
import type { DoubleRepository } from "../../support/github-double.ts";
import { releaseOf } from "../../support/releases.ts";
import { checkedRow } from "../../support/repositories.ts";
import { asked, journalled, run } from "../enrich-run.ts";
import { start } from "./replies.ts";

const DAY_S = 86_400;
const seconds = (day: string) => Date.parse(day) / 1000;
/** A week from this Sunday on, with these new stars. */
const week = (sunday: string, days: readonly number[]) => ({ week: seconds(sunday), days });

describe("the stars at the beginning of each month", () => {
  test("are all stars of the days before, from the month after the first star on", () => {
    const weeks = [
      week("2026-03-29", [1, 0, 0, 2, 0, 0, 0]), // 1 on 29 March, 2 on 1 April
      week("2026-01-11", [0, 3, 0, 0, 0, 0, 0]),
    ];
    expect(monthlyStars(weeks, new Date("2026-05-02T00:00:00Z"))).toEqual([
      { at: "2026-02-01T00:00:00Z", stars: 3 },
      { at: "2026-03-01T00:00:00Z", stars: 3 },
      { at: "2026-04-01T00:00:00Z", stars: 4 },
      { at: "2026-05-01T00:00:00Z", stars: 6 },
    ]);
  });

  test("end before now, and a year's turn is a month as any other", () => {
    const weeks = [week("2025-11-30", [0, 5, 0, 0, 0, 0, 0])];
    expect(monthlyStars(weeks, new Date("2026-01-01T00:00:00Z"))).toEqual([]);
    expect(monthlyStars(weeks, new Date("2026-01-01T00:00:01Z"))).toEqual([
      { at: "2026-01-01T00:00:00Z", stars: 5 },
    ]);
  });

  test("are none without a star", () => {
    expect(monthlyStars([], new Date())).toEqual([]);
    expect(monthlyStars([week("2026-01-11", [0, 0, 0, 0, 0, 0, 0])], new Date())).toEqual([]);
  });

  test("never fall, whatever the weeks' order, and end with every star of the months that are over", () => {
    const anyWeek = fc.record({
      week: fc.integer({ min: 0, max: 300 }).map((i) => seconds("2020-01-05") + i * 7 * DAY_S),
      days: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyWeek, { selector: (each) => each.week }), (weeks) => {
        const counts = monthlyStars(weeks, new Date("2030-01-02T00:00:00Z")).map(({ stars }) => stars);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        const all = weeks.flatMap(({ days }) => days).reduce((sum, count) => sum + count, 0);
        expect(counts.at(-1) ?? 0).toBe(all);
      }),
    );
  });
});

test.each<[string, number, unknown]>([
  ["another status", 202, []],
  ["something that is no list", 200, { weeks: [] }],
  ["a week of six days", 200, [week("2026-01-11", [0, 0, 0, 0, 0, 0])]],
  ["a day with less than none", 200, [week("2026-01-11", [0, 0, 0, 0, 0, 0, -1])]],
  ["a week without a time", 200, [{ days: [0, 0, 0, 0, 0, 0, 0] }]],
])("a page with %s is no history", (_what, status, body) => {
  expect(readWeeks({ status, body: JSON.stringify(body) })).toBeNull();
  expect(readWeeks({ status, body: JSON.stringify(body).slice(0, -1) })).toBeNull();
});

describe("with --star-history", () => {
  const STARRY: DoubleRepository = {
    full_name: "ada/stones",
    id: 11,
    stars: 9,
    created_at: "2023-06-01T00:00:00Z",
    pushed_at: "2026-11-01T00:00:00Z",
    star_days: { "2023-06-05": 4, "2024-01-31": 2, "2026-10-31": 3 },
  };
  const replies = {
    "ada/stones": { found: STARRY },
    "ada/dull": { found: { ...STARRY, full_name: "ada/dull", id: 12, stars: 0, star_days: {} } },
    "ada/none": { missing: true },
  } as const;
  const names = Object.keys(replies);
  const history = ({ double }: Awaited<ReturnType<typeof start>>) =>
    double.seen.filter(({ path }) => path.endsWith("/history")).map(({ path }) => path);

  test("a repository's past stands before its first check, by month, marked by its source, without a verdict", async () => {
    const hand = await start(replies);
    const { records } = await run(names, hand, { starHistory: true });
    const seen = records.find(({ row }) => row.full_name === "ada/stones")?.observations ?? [];
    expect(seen).toHaveLength(41 + 1); // July 2023 to November 2026, and today
    expect(seen.at(0)).toMatchObject({ observed_at: "2023-07-01T00:00:00Z", stars: 4, status: "unchecked" });
    expect(seen.at(-2)).toMatchObject({
      observed_at: "2026-11-01T00:00:00Z",
      stars: 9,
      source: "github_star_history",
    });
    expect(seen.at(-1)).toMatchObject({ status: "alive", stars: 9, source: "github_graphql" });
    // 178 weeks, 30 a page; what has no stars, or is not there, has no past to ask for
    expect(history(hand)).toEqual(Array(6).fill("/repos/ada/stones/stargazers/history"));
    const row = records.find(({ row: { full_name } }) => full_name === "ada/stones")?.row;
    expect(row).toMatchObject({ status: "alive", stars: 9, observed_at: "2026-11-21T09:00:00Z" });
  });

  test("is asked once: not again by the journal, nor by a release that holds it", async () => {
    const hand = await start(replies);
    const { records } = await run(names, hand, { starHistory: true });
    await run(names, hand, { starHistory: true });
    expect(history(hand)).toHaveLength(6);
    const previous = releaseOf({
      repositories: records.map(({ row }) => row),
      repository_observations: records.flatMap(({ observations }) => observations),
    });
    const other = await start(replies);
    const journalPath = "/nowhere/journal.jsonl";
    await run(names, other, { starHistory: true, previous, journalPath });
    expect(other.double.seen).toEqual([]);
    expect((await journalled()).filter((entry) => "history" in entry)).toHaveLength(1);
  });

  test("nothing that was seen is replaced: of the months since the first check nothing is added", async () => {
    const early = await start({ "ada/stones": { found: { ...STARRY, stars: 5 } } });
    early.effects.time = "2024-01-15T00:00:00Z";
    await run(["ada/stones"], early);
    const later = await start({ "ada/stones": { found: STARRY } });
    const { records } = await run(["ada/stones"], later, { starHistory: true });
    const stars = records[0]?.observations.map(({ observed_at, stars: count }) => [
      observed_at.slice(0, 10),
      count,
    ]);
    expect(stars?.slice(-3)).toEqual([
      ["2024-01-01", 4],
      ["2024-01-15", 5],
      ["2026-11-21", 9],
    ]);
  });

  test("without the option nobody asks for the past", async () => {
    const hand = await start(replies);
    await run(names, hand);
    expect(history(hand)).toEqual([]);
  });

  test("a past that is not told whole is none, and is asked for again", async () => {
    const broken = await start(replies, { fault: (number) => (number === 5 ? "server_error" : null) });
    const { records } = await run(names, broken, { starHistory: true });
    expect(records.flatMap(({ observations }) => observations)).toHaveLength(3);
    const whole = await start(replies);
    await run(names, whole, { starHistory: true });
    expect(history(whole)).toHaveLength(6);
    expect(asked(whole)).toEqual([]);
  });

  test("limits are waited for", async () => {
    const hand = await start(replies, { limits: { rest_after: 3 } });
    const { records } = await run(names, hand, { starHistory: true });
    expect(records.find(({ row }) => row.stars === 9)?.observations).toHaveLength(42);
  });

  const BOTH = ["t0ken-one", "t0ken-two"];
  /** Thirty young repositories with stars: a page of history each, and two batches together. */
  const thirty = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => {
      const full_name = `ada/s${i}`;
      const star_days = { "2026-10-05": 9 };
      return [full_name, { found: { ...STARRY, full_name, id: i + 1, star_days } }] as const;
    }),
  );
  const histories = async () => (await journalled()).filter((entry) => "history" in entry).length;

  test("every token takes its part", async () => {
    const hand = await start(thirty, { tokens: BOTH }, BOTH);
    await run(Object.keys(thirty), hand, { starHistory: true });
    const askedBy = (token: string) =>
      hand.double.seen.filter(
        ({ path, authorization }) => path.endsWith("/history") && authorization === `Bearer ${token}`,
      ).length;
    expect(BOTH.map(askedBy).sort()).toEqual([10, 20]);
    expect(await histories()).toBe(30);
  });

  test("what a token may not ask any more the other asks", async () => {
    const hand = await start(thirty, { tokens: BOTH }, BOTH);
    const { request } = hand.effects.network;
    const limited = { status: 403, headers: { "retry-after": "86400" }, body: "{}" };
    const isLimited = ({ token, url }: HttpRequest) => token === 0 && url.includes("/history");
    const network = {
      request: (sent: HttpRequest) => (isLimited(sent) ? Promise.resolve(limited) : request(sent)),
    };
    await run(Object.keys(thirty), { ...hand, effects: { ...hand.effects, network } }, { starHistory: true });
    expect(await histories()).toBe(30);
    expect(hand.effects.said).toEqual([expect.stringMatching(/rate limit/)]);
  });

  test("a host that is down is left alone, and a refused token is called refused", async () => {
    const hand = await start(thirty);
    await run(Object.keys(thirty), hand);
    let sent = 0;
    const answering = (status: number) => ({
      ...hand.effects,
      network: {
        request: () => {
          sent += 1;
          return Promise.resolve({ status, headers: {}, body: "" });
        },
      },
    });
    const down = { ...hand, effects: answering(502) };
    await run(Object.keys(thirty), down, { starHistory: true });
    expect(sent).toBe(20); // the batch that was under way
    expect(hand.effects.said.at(-1)).toMatch(/does not answer any more/);
    const refused = run(Object.keys(thirty), { ...hand, effects: answering(401) }, { starHistory: true });
    await expect(refused).rejects.toMatchObject({ code: "TOKEN_REFUSED" });
    expect(await histories()).toBe(0);
  });

  test("where the host offers no history it is not asked again", async () => {
    const hand = await start(replies);
    await run(names, hand);
    let sent = 0;
    const request: Network["request"] = () => {
      sent += 1;
      return Promise.resolve({ status: 404, headers: {}, body: '{"message":"Not Found"}' });
    };
    const without = { ...hand, effects: { ...hand.effects, network: { request } } };
    await run(names, without, { starHistory: true });
    const { records } = await run(names, without, { starHistory: true });
    expect(sent).toBe(1);
    expect(records.find(({ row }) => row.full_name === "ada/stones")?.observations).toHaveLength(1);
  });

  test("the plan counts a page for 30 weeks of age", () => {
    const service = githubStarHistory({
      apiUrl: "",
      graphqlUrl: "",
      tokens: ["one"],
      leaveShare: 0,
      maxWaitMs: 0,
    });
    const aged = (created_at: string) => ({ ...checkedRow(), created_at });
    const now = new Date("2026-11-21T00:00:00Z");
    expect(service.plan([aged("2026-11-20T00:00:00Z"), aged("2025-11-21T00:00:00Z")], now)).toEqual({
      requests: { REST: 1 + 2 },
      seconds: 1,
    });
  });
});
