import { describe, expect, test } from "vitest";
import { checkNames } from "../../support/github-check.ts";
import type { Limits } from "../../support/github-double.ts";
import { MISSING, many, start } from "./replies.ts";

const NAMES = Object.keys(many(120));
const MINUTE = 60_000;

/** A limit, and after how many requests it is met; then how many minutes the check takes with it. */
const FORMS: readonly [string, Limits, number][] = [
  ["GraphQL's points used up, said in a 200", { graphql_after: 1 }, 120],
  ["the secondary limit, with retry-after", { secondary_after: 2 }, 1],
  ["the secondary limit as 429", { secondary_after: 2, secondary: { status: 429 } }, 1],
  ["the secondary limit in a 200", { secondary_after: 2, secondary: { status: 200 } }, 1],
  [
    "the secondary limit in a 200 without a time",
    { secondary_after: 2, secondary: { status: 200, retry_after: null } },
    1,
  ],
  [
    "the secondary limit without a time, that lasts longer than the first wait",
    { secondary_after: 2, secondary: { retry_after: null, lasts_s: 150 } },
    3,
  ],
  ["a quota whose end comes near", { quota: 20, secondary_after: 1000, graphql_after: 1 }, 120],
  ["a clock that goes ten minutes ahead there", { graphql_after: 2, clock_ahead_s: 600 }, 60],
  ["a clock that goes ten minutes behind there", { graphql_after: 2, clock_ahead_s: -600 }, 60],
];

describe("a limit is waited for, and nothing is lost:", () => {
  test.each(FORMS)("%s", async (_what, limits, minutes) => {
    const hand = await start(many(120), { limits });
    const before = hand.effects.now().getTime();
    const { answers, error } = await checkNames(NAMES, hand);
    expect(error).toBeNull();
    expect([...answers.keys()].sort()).toEqual(NAMES.toSorted());
    for (const [name, answer] of answers) expect(answer).toMatchObject({ figures: { full_name: name } });
    const took = (hand.effects.now().getTime() - before) / MINUTE;
    expect(took).toBeGreaterThanOrEqual(minutes);
    expect(took).toBeLessThan(minutes + 0.5);
  });

  test.each(FORMS)("nothing is asked while it is closed: %s", async (_what, limits) => {
    const hand = await start(many(120), { limits });
    await checkNames(NAMES, hand);
    // each query was answered, or was the one that met the limit, or the one that tried again too early
    const graphql = hand.double.seen.filter(({ aliases }) => aliases > 0);
    expect(graphql.length).toBeLessThanOrEqual(6);
    expect(hand.double.most).toEqual({ graphql: 1, core: 0 });
  });

  test("REST's quota, as 403 and as 429", async () => {
    const missing = Object.fromEntries(Object.keys(many(12)).map((name) => [name, MISSING]));
    for (const rest_status of [403, 429] as const) {
      const hand = await start(missing, { limits: { rest_after: 5, rest_status } });
      const { answers } = await checkNames(Object.keys(missing), hand);
      expect([...answers.values()].map(({ kind }) => kind)).toEqual(Array(12).fill("absent"));
      // of the four under way together some may meet the limit, and none is asked before the window opens
      expect(hand.double.seen.length).toBeLessThanOrEqual(1 + 12 + 4 * 2);
      expect(hand.effects.said).toHaveLength(2);
    }
  });

  test("the secondary limit stops both interfaces together", async () => {
    const replies = {
      ...many(60),
      ...Object.fromEntries(Object.keys(many(4)).map((name) => [name, MISSING])),
    };
    const hand = await start(replies, { limits: { secondary_after: 3 } });
    const { answers } = await checkNames(Object.keys(replies), hand);
    expect(answers.size).toBe(60);
    const limited = hand.double.seen.filter(({ status }) => status === 403);
    const next = hand.double.seen.find(({ at }) => at > (limited.at(-1)?.at ?? ""));
    expect(Date.parse(next?.at ?? "") - Date.parse(limited[0]?.at ?? "")).toBeGreaterThanOrEqual(MINUTE);
  });
});

test("a wait for the window is no slow answer: batches stay as large", async () => {
  const hand = await start(many(120), { limits: { graphql_after: 1 } });
  await checkNames(NAMES, hand);
  expect(hand.double.seen.map(({ aliases }) => aliases)).toEqual([50, 50, 50, 20, 20]);
});

describe("a limit that lasts longer than the user waits", () => {
  /** A client that waits for so many minutes at most. */
  async function impatient(replies: Parameters<typeof start>[0], limits: Limits, minutes: number) {
    const hand = await start(replies, { limits });
    return { ...hand, github: { ...hand.github, maxWaitMs: minutes * MINUTE } };
  }
  const limitSentence = [expect.stringMatching(/rate limit.*[Rr]un again/)];

  test.each<[string, Limits]>([
    ["the points of GraphQL", { graphql_after: 1 }],
    ["the secondary limit", { secondary_after: 1, secondary: { retry_after: 600 } }],
  ])("ends the check early, with one sentence, and keeps what was answered: %s", async (_what, limits) => {
    const hand = await impatient(many(120), limits, 5);
    const { answers, error } = await checkNames(NAMES, hand);
    expect(error).toBeNull();
    expect([...answers.keys()]).toEqual(Object.keys(many(50)));
    expect(hand.effects.said).toEqual(limitSentence);
    expect(hand.double.seen).toHaveLength(2);
  });

  test("of REST leaves what it did not explain without a verdict, and GraphQL goes on", async () => {
    const replies = { ...many(60), "ada/r1": MISSING, "ada/r2": MISSING, "ada/r3": MISSING };
    const hand = await impatient(replies, { rest_after: 1 }, 5);
    const { answers, error } = await checkNames(Object.keys(replies), hand);
    expect(error).toBeNull();
    const kinds = [...answers.values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "found")).toHaveLength(57);
    expect(kinds.filter((kind) => kind === "absent")).toHaveLength(1);
    expect(answers.size).toBe(58);
    expect(hand.effects.said).toEqual(limitSentence);
  });

  test("stops the requests that still wait for their turn", async () => {
    const replies = Object.fromEntries(Object.keys(many(20)).map((name) => [name, MISSING]));
    const hand = await impatient(replies, { secondary_after: 2, secondary: { retry_after: 600 } }, 5);
    await checkNames(Object.keys(replies), hand);
    // one query, one explanation, and the four that were on their way when the limit was met
    expect(hand.double.seen.length).toBeLessThanOrEqual(6);
  });

  test("ends both interfaces where it is the secondary one, though only REST met it", async () => {
    const replies = { ...many(120), "ada/r1": MISSING, "ada/r2": MISSING };
    const hand = await impatient(replies, { secondary_after: 2, secondary: { retry_after: 600 } }, 5);
    await checkNames(Object.keys(replies), hand);
    expect(hand.double.seen.filter(({ aliases }) => aliases > 0)).toHaveLength(1);
  });

  test("at the very first query: nothing is answered", async () => {
    const hand = await impatient(many(2), { graphql_after: 0 }, 5);
    expect(await checkNames(Object.keys(many(2)), hand)).toMatchObject({ batches: [], error: null });
    expect(hand.effects.said).toEqual(limitSentence);
  });
});

test("a check that ends by itself says nothing", async () => {
  const hand = await start(many(2));
  await checkNames(Object.keys(many(2)), hand);
  expect(hand.effects.said).toEqual([]);
});
