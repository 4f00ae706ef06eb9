import { describe, expect, test } from "vitest";
import { checkNames } from "../../support/github-check.ts";
import { MISSING, many, start } from "./replies.ts";

describe("a limit ends the check early, with one sentence, and keeps what was answered:", () => {
  const limitSentence = [expect.stringMatching(/rate limit.*[Rr]un again/)];

  test.each([
    ["the points of GraphQL", { graphql_after: 1 }],
    ["the secondary limit", { secondary_after: 1 }],
  ])("%s", async (_what, limits) => {
    const hand = await start(many(120), { limits });
    const { answers, error } = await checkNames(Object.keys(many(120)), hand);
    expect(error).toBeNull();
    expect([...answers.keys()]).toEqual(Object.keys(many(50)));
    expect(hand.effects.said).toEqual(limitSentence);
    expect(hand.double.seen).toHaveLength(2);
  });

  test("the points of REST, and no name that was not explained becomes a verdict", async () => {
    const replies = { ...many(60), "ada/r1": MISSING, "ada/r2": MISSING, "ada/r3": MISSING };
    const hand = await start(replies, { limits: { rest_after: 1 } });
    const { answers, error } = await checkNames(Object.keys(replies), hand);
    expect(error).toBeNull();
    expect([...answers.values()].filter(({ kind }) => kind === "found")).toHaveLength(47);
    expect([...answers.values()].filter(({ kind }) => kind === "absent")).toHaveLength(1);
    expect(answers.size).toBe(48);
    expect(hand.effects.said).toEqual(limitSentence);
    expect(hand.double.seen.filter(({ aliases }) => aliases > 0)).toHaveLength(1);
  });

  test("a limit stops the requests that still wait for their turn", async () => {
    const replies = Object.fromEntries(Object.keys(many(20)).map((name) => [name, MISSING]));
    const hand = await start(replies, { limits: { secondary_after: 2 } });
    await checkNames(Object.keys(replies), hand);
    // one query, one explanation, and the four that were on their way when the limit was met
    expect(hand.double.seen.length).toBeLessThanOrEqual(6);
  });

  test("the very first query: nothing is answered", async () => {
    const hand = await start(many(2), { limits: { graphql_after: 0 } });
    expect(await checkNames(Object.keys(many(2)), hand)).toMatchObject({ batches: [], error: null });
    expect(hand.effects.said).toEqual(limitSentence);
  });

  test("a check that ends by itself says nothing", async () => {
    const hand = await start(many(2));
    await checkNames(Object.keys(many(2)), hand);
    expect(hand.effects.said).toEqual([]);
  });
});
