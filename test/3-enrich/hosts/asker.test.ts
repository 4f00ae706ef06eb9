import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Asker, askEach, type Pace, planAt } from "../../../pipeline/3-enrich/hosts/asker.ts";
import type { News } from "../../../pipeline/3-enrich/hosts/service.ts";
import { type OpenNetwork, openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { type TestEffects, testEffects } from "../../support/effects.ts";
import {
  type DoubleReply,
  json,
  type ServiceDouble,
  startServiceDouble,
} from "../../support/service-double.ts";

/** The pace of a service that allows three requests a minute, a second apart. */
const PACE: Pace = { service: "Stones", requests: 3, windowMs: 60_000, spacingMs: 1_000 };
const HOUR_MS = 3_600_000;

let replies: DoubleReply[];
let double: ServiceDouble;
let network: OpenNetwork;
let effects: TestEffects;
let starts: number[];
let news: News[];
beforeEach(async () => {
  replies = [];
  starts = [];
  news = [];
  double = await startServiceDouble(() => {
    starts.push((Date.parse(effects.time) - Date.parse("2026-11-21T09:00:00Z")) / 1000);
    return replies.shift() ?? json(200, {});
  });
  network = openNetwork(new Map());
  effects = testEffects(network);
});
afterEach(async () => {
  await network.close();
  double.close();
});

/** Asks so many times, and gives the statuses of the answers, or the problems. */
async function ask(
  times: number,
  pace: Partial<Pace> = {},
  maxWaitMs = HOUR_MS,
): Promise<(number | string)[]> {
  const context = { effects, tell: (one: News) => void news.push(one) };
  const asker = new Asker({ ...PACE, ...pace }, maxWaitMs, context);
  const asks = Array.from({ length: times }, (_, i) => i);
  const batches = askEach(asks, context, "Stones", async (i) => {
    const asked = await asker.get(`${double.origin}/${i}`);
    return asked.problem ?? asked.answer.status;
  });
  return (await Array.fromAsync(batches)).flat();
}

describe("the pace", () => {
  test("keeps requests apart, and no more of them in a window than are allowed", async () => {
    expect(await ask(7)).toEqual(Array(7).fill(200));
    expect(starts).toEqual([0, 1, 2, 60, 61, 62, 120]);
  });

  test("holds for redirects too", async () => {
    replies = [json(302, "", { location: "/other" })];
    expect(await ask(2)).toEqual([200, 200]);
    expect([starts, double.seen]).toEqual([
      [0, 1, 2],
      ["GET /0", "GET /other", "GET /1"],
    ]);
  });

  test("ends the asking where a window lasts longer than the user waits, and the rest is not answered", async () => {
    expect(await ask(5, { windowMs: 2 * HOUR_MS })).toEqual([200, 200, 200]);
    expect(double.seen).toHaveLength(3);
    expect(effects.said.at(-1)).toMatch(/^Stones's rate limit is reached; .* stays as it was/);
  });

  test("is what a plan says", () => {
    expect(planAt(PACE, 3)).toEqual({ requests: { requests: 3 }, seconds: 3 });
    expect(planAt(PACE, 7)).toEqual({ requests: { requests: 7 }, seconds: 121 });
    expect(planAt(PACE, 2, 2)).toEqual({ requests: { requests: 4 }, seconds: 61 });
    expect(planAt(PACE, 0)).toEqual({ requests: { requests: 0 }, seconds: 0 });
  });
});

describe("a limit", () => {
  test.each([
    [429, { "retry-after": "30" }, 30],
    [403, { "retry-after": "30" }, 30],
    [503, { "retry-after": "30" }, 30],
    [429, {}, 60],
  ])("is waited for and the same asked again (%s %o)", async (status, headers, seconds) => {
    replies = [json(status, {}, headers)];
    expect(await ask(1)).toEqual([200]);
    expect(starts).toEqual([0, seconds]);
    expect(double.seen).toEqual(["GET /0", "GET /0"]);
  });

  test.each([
    [
      "x-ratelimit-limit, -remaining and -reset",
      (at: number) => ({
        "x-ratelimit-limit": "9",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": `${at + 20}`,
      }),
    ],
    [
      "the same without x-",
      (at: number) => ({
        "ratelimit-limit": "9",
        "ratelimit-remaining": "0",
        "ratelimit-reset": `${at + 20}`,
      }),
    ],
    [
      "ratelimit with r and t",
      () => ({ ratelimit: '"api";r=0;t=20', "ratelimit-policy": '"fixed window";"api";q=500;w=300' }),
    ],
  ])("is known ahead from %s", async (_what, headersAt) => {
    const at = Date.parse(effects.time) / 1000;
    const date = new Date(at * 1000).toUTCString();
    replies = [json(200, {}, { date, ...headersAt(at) })];
    expect(await ask(2)).toEqual([200, 200]);
    expect(starts[1]).toBeGreaterThanOrEqual(20);
    expect(starts[1]).toBeLessThanOrEqual(22);
  });

  test("that lasts longer than the user waits ends the asking, and nothing is called missing", async () => {
    replies = [json(429, {}, { "retry-after": "7200" })];
    expect(await ask(3)).toEqual([]);
    expect(double.seen).toHaveLength(1);
  });
});

describe("a service that is down", () => {
  test("is left alone after five requests in a row without an answer", async () => {
    replies = Array<DoubleReply>(20).fill("reset");
    const answers = await ask(9, { requests: 99 });
    expect(answers).toHaveLength(5);
    expect(answers.every((answer) => typeof answer === "string")).toBe(true);
    expect(effects.said).toEqual([expect.stringMatching(/^Stones does not answer/)]);
  });

  test("is so by errors of its own too, and not when an answer came between", async () => {
    const down = json(502, "");
    replies = [down, down, down, down, json(404, {}), down, down, down, down, json(200, {})];
    expect(await ask(10, { requests: 99 })).toHaveLength(10);
    replies = [down, down, down, down, down];
    expect(await ask(9, { requests: 99 })).toEqual(Array(5).fill(502));
  });
});

test("people are told of requests sent and waiting", async () => {
  replies = [
    json(200, {}, { "x-ratelimit-limit": "9", "x-ratelimit-remaining": "4", "x-ratelimit-reset": "1" }),
  ];
  await ask(2);
  expect(news).toContainEqual({ requests: 1, remaining: 4 });
  expect(news).toContainEqual({ requests: 2, remaining: 4 });
});

test("what stops the run is thrown, not told as an answer", async () => {
  await network.close();
  const stopped = { ...effects, signal: AbortSignal.abort(new Error("stopped by hand")) };
  const asker = new Asker(PACE, 0, { effects: stopped, tell() {} });
  await expect(asker.get(double.origin)).rejects.toThrow("stopped by hand");
});
