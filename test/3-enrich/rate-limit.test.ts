import { describe, expect, test } from "vitest";
import {
  Gate,
  type GateRules,
  LimitReached,
  quotaIn,
  waitAfter,
} from "../../pipeline/3-enrich/rate-limit.ts";
import type { HttpAnswer } from "../../pipeline/core/effects.ts";
import { testEffects } from "../support/effects.ts";
import { TEST_NOW } from "../support/run-paperset.ts";

const NOW = Date.parse(TEST_NOW);
const MINUTE = 60_000;

const answer = (headers: HttpAnswer["headers"] = {}): HttpAnswer => ({ status: 200, headers, body: "" });
/** Headers of a window that ends so many seconds from now. */
const window = (remaining: number, seconds = 1800, more: HttpAnswer["headers"] = {}) => ({
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(NOW / 1000 + seconds),
  ...more,
});

describe("how long to wait after a limit:", () => {
  test("retry-after comes before the end of the window, which the secondary limit names too", () => {
    expect(waitAfter(answer(window(0, 3348, { "retry-after": "60" })), 1, NOW)).toBe(MINUTE);
  });

  test("retry-after may be a date, by the service's clock", () => {
    const inFive = new Date(NOW + 5 * MINUTE).toUTCString();
    expect(waitAfter(answer(window(0, 3348, { "retry-after": inFive })), 1, NOW)).toBe(5 * MINUTE);
    const date = new Date(NOW + 2 * MINUTE).toUTCString();
    expect(waitAfter(answer({ "retry-after": inFive, date }), 1, NOW)).toBe(3 * MINUTE);
    const over = new Date(NOW - MINUTE).toUTCString();
    expect(waitAfter(answer({ "retry-after": over }), 1, NOW)).toBe(1_000);
  });

  test("without it, with nothing remaining, until a second after the end of the window", () => {
    expect(waitAfter(answer(window(0)), 1, NOW)).toBe(1_801_000);
  });

  test("a window that has ended already asks for a second", () => {
    expect(waitAfter(answer(window(0, -10)), 1, NOW)).toBe(1_000);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [5, 16],
  ])("without either, after limit number %i in a row, %i minutes", (strikes, minutes) => {
    expect(waitAfter(answer(window(4000)), strikes, NOW)).toBe(minutes * MINUTE);
    expect(waitAfter(answer(), strikes, NOW)).toBe(minutes * MINUTE);
  });

  test("a clock that goes wrong here is put right by the service's date", () => {
    // this machine is ten minutes behind: the window ends ten minutes earlier by its clock
    const date = new Date(NOW + 10 * MINUTE).toUTCString();
    expect(waitAfter(answer(window(0, 1800, { date })), 1, NOW)).toBe(1_801_000 - 10 * MINUTE);
  });

  test.each(["", "soon", "-1", "1e3", "Neverday GMT"])(
    "a header that is no number (%j) says nothing",
    (odd) => {
      expect(quotaIn(answer({ ...window(10), "x-ratelimit-remaining": odd }), NOW)).toBeNull();
      expect(waitAfter(answer({ "retry-after": odd }), 1, NOW)).toBe(MINUTE);
    },
  );
});

describe("a gate", () => {
  const RULES = { service: "GitHub", spacingMs: 0, maxWaitMs: 60 * MINUTE, leaveShare: 0.05 };
  function opened(rules: Partial<GateRules> = {}) {
    const effects = testEffects();
    const waited: number[] = [];
    const gate = new Gate({ ...RULES, ...rules }, effects, (milliseconds) => waited.push(milliseconds));
    /** Minutes that passed until a request may be sent. */
    const minutesToPass = async () => {
      const before = effects.now().getTime();
      await gate.pass();
      return (effects.now().getTime() - before) / MINUTE;
    };
    return { gate, effects, waited, minutesToPass };
  }

  test("lets requests through at once, as long as nothing is known against it", async () => {
    const { gate, minutesToPass } = opened();
    gate.learn(answer(window(4000)), null);
    expect(await minutesToPass()).toBe(0);
    expect(gate.remaining).toBe(4000);
  });

  test("spaces the starts of requests, however many wait for it", async () => {
    const { gate, effects } = opened({ spacingMs: 125 });
    const starts: number[] = [];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        await gate.pass();
        starts.push(effects.now().getTime() - NOW);
      }),
    );
    expect(starts).toEqual([0, 125, 250, 375]);
  });

  test("that a limit closed holds all that wait for it, and opens for all", async () => {
    const { gate, effects } = opened();
    gate.learn(answer({ "retry-after": "60" }), "secondary");
    const passed = await Promise.all([1, 2, 3].map(() => gate.pass().then(() => effects.now().getTime())));
    for (const time of passed) expect(time).toBeGreaterThanOrEqual(NOW + MINUTE);
  });

  test("holds a request that waits for its turn when the gate closes meanwhile", async () => {
    const { gate, effects } = opened({ spacingMs: 1000 });
    await gate.pass();
    const second = gate.pass().then(() => effects.now().getTime());
    gate.learn(answer({ "retry-after": "60" }), "secondary");
    expect(await second).toBeGreaterThanOrEqual(NOW + MINUTE);
  });

  test("waits longer after each limit in a row, and shortly again after an answer without one", async () => {
    const { gate, minutesToPass } = opened();
    const minutes: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      gate.learn(answer(), "secondary");
      minutes.push(await minutesToPass());
    }
    gate.learn(answer(), null);
    gate.learn(answer(), "secondary");
    minutes.push(await minutesToPass());
    expect(minutes).toEqual([1, 2, 4, 1]);
  });

  test("counts the limits of requests that were under way together as one", async () => {
    const { gate, minutesToPass } = opened();
    for (let i = 0; i < 4; i += 1) gate.learn(answer(), "secondary");
    expect(await minutesToPass()).toBe(1);
    gate.learn(answer(), "secondary");
    expect(await minutesToPass()).toBe(2);
  });

  test("that is closed for long is not opened by a shorter limit", async () => {
    const { gate, minutesToPass } = opened();
    gate.learn(answer({ "retry-after": "600" }), "secondary");
    gate.learn(answer({ "retry-after": "60" }), "secondary");
    expect(await minutesToPass()).toBe(10);
  });

  test("closes before the last of the quota, which is left to the user", async () => {
    const { gate, minutesToPass } = opened();
    gate.learn(answer(window(251)), null);
    expect(await minutesToPass()).toBe(0);
    gate.learn(answer(window(250)), null);
    expect(await minutesToPass()).toBeCloseTo(30, 1);
  });

  test.each([
    [0.5, 2500],
    [0, 0],
  ])("leaves the share of the quota that it is told (%d): it closes at %i", async (leaveShare, at) => {
    const { gate, minutesToPass } = opened({ leaveShare });
    gate.learn(answer(window(at + 1)), null);
    expect(await minutesToPass()).toBe(0);
    gate.learn(answer(window(at)), null);
    expect(await minutesToPass()).toBeGreaterThan(29);
  });

  test("gives up where the wait is longer than the user allows, without waiting", async () => {
    const { gate, effects } = opened({ maxWaitMs: 29 * MINUTE });
    gate.learn(answer(window(0)), "primary");
    await expect(gate.pass()).rejects.toThrow(LimitReached);
    expect(effects.slept).toEqual([]);
    const patient = opened({ maxWaitMs: 30 * MINUTE });
    patient.gate.learn(answer(window(0)), "primary");
    expect(await patient.minutesToPass()).toBeCloseTo(30, 1);
  });

  test("gives up after eight limits in a row, though each asks for a short wait only", async () => {
    const { gate } = opened();
    for (let i = 0; i < 8; i += 1) {
      gate.learn(answer({ "retry-after": "1" }), "secondary");
      await gate.pass();
    }
    gate.learn(answer({ "retry-after": "1" }), "secondary");
    await expect(gate.pass()).rejects.toThrow(LimitReached);
  });

  test("says once until when it waits, and tells all the time how long still", async () => {
    const { gate, effects, waited } = opened();
    gate.learn(answer({ "retry-after": "65" }), "secondary");
    await Promise.all([gate.pass(), gate.pass()]);
    expect(effects.said).toEqual([expect.stringMatching(/^GitHub's rate limit .* 09:01 UTC, in 2 min/)]);
    expect(waited[0]).toBe(65_000);
    expect(waited).toContain(5_000);
    expect(waited.at(-1)).toBe(0);
  });

  test("says nothing of a wait of seconds", async () => {
    const { gate, effects } = opened();
    gate.learn(answer({ "retry-after": "5" }), "secondary");
    await gate.pass();
    expect(effects.said).toEqual([]);
  });
});
