import { describe, expect, test } from "vitest";
import { planGitHub } from "../../../pipeline/3-enrich/hosts/github-plan.ts";

const plan = (count: number, tokens: number, leaveShare = 0.05) =>
  planGitHub(count, {
    apiUrl: "",
    graphqlUrl: "",
    tokens: Array.from({ length: tokens }, (_, i) => `token-${i}`),
    leaveShare,
    maxWaitMs: 0,
  });

describe("the plan of a check", () => {
  test("has a query for fifty names, and a request for one name in ten", () => {
    expect(plan(1000, 1).requests).toEqual({ GraphQL: 20, REST: 100 });
    expect(plan(51, 1).requests).toEqual({ GraphQL: 2, REST: 6 });
  });

  test("takes four seconds a query and an eighth of one a request", () => {
    expect(plan(1000, 1).seconds).toBe(20 * 4 + Math.ceil(100 / 8));
  });

  test("takes half the time with two tokens", () => {
    expect(plan(1000, 2).seconds).toBe(Math.ceil(plan(1000, 1).seconds / 2));
  });

  test("counts the hours that quotas take: of 30,000 requests to REST an hour allows 4,750", () => {
    expect(plan(300_000, 1).requests).toEqual({ GraphQL: 6000, REST: 30_000 });
    expect(plan(300_000, 1).seconds).toBe(Math.max(6000 * 4 + 30_000 / 8, 6 * 3600));
    expect(plan(300_000, 1, 0.9).seconds).toBe(60 * 3600);
  });

  test("without a token is the hour's budget of sixty requests, less what is left to others", () => {
    expect(plan(1000, 0).requests).toEqual({ REST: 57 });
    expect(plan(10, 0)).toEqual({ requests: { REST: 10 }, seconds: 2 });
  });
});
