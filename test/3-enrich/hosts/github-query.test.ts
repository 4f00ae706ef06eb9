import fc from "fast-check";
import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { graphqlBody } from "../../../pipeline/3-enrich/hosts/github-graphql.ts";
import { leftAfter } from "../../../pipeline/3-enrich/hosts/github-query.ts";
import { checkNames } from "../../support/github-check.ts";
import type { Bounds } from "../../support/github-double.ts";
import { publishedSchema } from "../../support/github-double-graphql.ts";
import { askOf } from "../../support/repositories.ts";
import { alive, MISSING, many, start } from "./replies.ts";

describe("every query that can be sent", () => {
  test.each([1, 2, 50, 100])("is valid by GitHub's published schema: %i names", (count) => {
    const { query } = JSON.parse(graphqlBody(Object.keys(many(count)).map(askOf))) as { query: string };
    expect(validate(publishedSchema(), parse(query))).toEqual([]);
  });

  test("is the same text whatever the names are: they travel as variables", () => {
    const textFor = (owner: string, name: string) =>
      (JSON.parse(graphqlBody([{ owner, name }])) as { query: string }).query;
    fc.assert(
      fc.property(fc.string(), fc.string(), (owner, name) => textFor(owner, name) === textFor("a", "b")),
    );
  });
});

describe("what is asked again after a query", () => {
  const asks = ["a/1", "a/2", "a/3"].map(askOf);
  const [one, two, three] = asks;
  const found = { kind: "not_found" } as const;
  const open = { kind: "not_reached", problem: "cut short" } as const;
  const reading = (known: object = {}) => ({
    limit: null,
    isTooMuch: false,
    aliases: [found, open, open],
    ...known,
  });

  test("is what it did not reach, once more as it was", () => {
    expect(leftAfter({ asks, failures: 0 }, reading())).toEqual([{ asks: [two, three], failures: 1 }]);
  });

  test("is halved the second time, and at once where it was too much", () => {
    expect(leftAfter({ asks, failures: 1 }, reading())).toMatchObject([{ asks: [two] }, { asks: [three] }]);
    expect(leftAfter({ asks, failures: 0 }, reading({ isTooMuch: true }))).toMatchObject([
      { asks: [two] },
      { asks: [three] },
    ]);
  });

  test("is as it was after a limit, which is no failure of the query", () => {
    for (const limit of ["primary", "secondary"] as const)
      expect(leftAfter({ asks, failures: 1 }, reading({ limit, isTooMuch: true }))).toEqual([
        { asks: [two, three], failures: 1 },
      ]);
  });

  test("is nothing where a single name fails again, or where all is reached", () => {
    const single = { limit: null, isTooMuch: false, aliases: [open] };
    expect(leftAfter({ asks: [asks[0] ?? askOf("a/1")], failures: 1 }, single)).toEqual([]);
    expect(leftAfter({ asks: [asks[0] ?? askOf("a/1")], failures: 0 }, single)).toMatchObject([
      { asks: [one] },
    ]);
    expect(leftAfter({ asks, failures: 0 }, reading({ aliases: [found, found, found] }))).toEqual([]);
  });
});

describe("more names than the host has the means for", () => {
  test.each<[string, Bounds, number]>([
    // 50 bring 30, then pieces of ten, 25 and fewer
    ["are answered in parts that are kept", { resources: 30 }, 12],
    ["are refused before anything runs", { validation: 30 }, 14],
    ["end at the gateway", { gateway: 30 }, 14],
  ])("%s: every one is answered in the end, and by few requests", async (_what, bounds, most) => {
    const replies = { ...many(200), "ada/r7": MISSING, "ada/r150": MISSING };
    const hand = await start(replies, { bounds });
    const { answers, error } = await checkNames(Object.keys(replies), hand);
    expect(error).toBeNull();
    expect(answers.size).toBe(200);
    expect([...answers].filter(([, { kind }]) => kind !== "found")).toEqual([
      ["ada/r7", expect.objectContaining({ kind: "absent" })],
      ["ada/r150", expect.objectContaining({ kind: "absent" })],
    ]);
    const queries = hand.double.seen.filter(({ aliases }) => aliases > 0);
    expect(queries.length).toBeLessThanOrEqual(most);
    expect(hand.double.seen.length - queries.length).toBe(2);
  });

  test("down to a single one are left to REST", async () => {
    const hand = await start({ "ada/stones": alive("ada/stones") }, { bounds: { gateway: 0 } });
    const { answers } = await checkNames(["ada/stones"], hand);
    expect(answers.get("ada/stones")).toMatchObject({ kind: "found", source: "github_rest" });
  });
});

test("batches grow while answers are quick: a thousand names take fewer than twenty queries", async () => {
  const hand = await start(many(1000));
  const { answers } = await checkNames(Object.keys(many(1000)), hand);
  expect(answers.size).toBe(1000);
  const sizes = hand.double.seen.map(({ aliases }) => aliases);
  expect(sizes.slice(0, 4)).toEqual([50, 50, 50, 60]);
  expect(sizes.length).toBeLessThan(20);
});
