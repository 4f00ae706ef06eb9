import { describe, expect, test } from "vitest";
import { paperNaming } from "../support/repositories.ts";
import { asked, run, runPapers, statuses } from "./enrich-run.ts";
import { alive, MISSING, many, start } from "./hosts/replies.ts";

describe("nobody is asked", () => {
  test("offline, and nothing is said: everything stays unchecked", async () => {
    const hand = await start(many(2));
    const { records, report } = await run(["ada/r0", "ada/r1"], hand, { offline: true });
    expect(statuses(records)).toEqual({ "ada/r0": "unchecked", "ada/r1": "unchecked" });
    expect(records.flatMap(({ observations }) => observations)).toEqual([]);
    expect([hand.double.seen, hand.effects.said]).toEqual([[], []]);
    expect(report.notes).toEqual({ statuses: { unchecked: 2 } });
  });

  test("about a name that cannot be a repository", async () => {
    const hand = await start(many(1));
    const { records } = await run(["ada/r0", "ada/..", "bü/cher"], hand);
    expect(statuses(records)).toEqual({ "ada/r0": "alive", "ada/..": "invalid", "bü/cher": "invalid" });
    expect(asked(hand)).toEqual([1]);
  });
});

describe("without a token", () => {
  test("REST is asked as far as its hour's quota goes, and one sentence says what to do", async () => {
    const replies = {
      ...many(80),
      "ada/moved": alive("jan/moved", 900),
      "ada/none": MISSING,
    };
    const hand = await start(replies, {}, []);
    const first = await run([...Object.keys(replies), "a/b c"], hand);
    // of 60 requests three are left to the user, and a redirect takes two
    const asked = hand.double.seen.length;
    expect(asked).toBeGreaterThanOrEqual(55);
    expect(asked).toBeLessThanOrEqual(60);
    expect(first.report.notes).toMatchObject({ statuses: { invalid: 1, unchecked: expect.any(Number) } });
    expect(hand.effects.said).toEqual([
      expect.stringMatching(/^82 repositories .*60 requests.*GITHUB_TOKEN/),
    ]);
    expect(
      hand.double.seen.every(({ aliases, authorization }) => aliases === 0 && authorization === null),
    ).toBe(true);
    hand.effects.time = "2026-11-21T10:00:01Z";
    const second = await run([...Object.keys(replies), "a/b c"], hand);
    expect(statuses(second.records)).toMatchObject({
      "jan/moved": "moved",
      "ada/r79": "alive",
      "a/b c": "invalid",
    });
  });

  test("a name that only REST could not find is no verdict", async () => {
    const hand = await start({ "ada/none": MISSING }, {}, []);
    const { records } = await run(["ada/none"], hand);
    expect(statuses(records)).toEqual({ "ada/none": "unknown" });
  });

  test("what most papers name is asked first", async () => {
    const hand = await start(many(3), {}, []);
    const papers = [
      paperNaming("ada/r0", "ada/r1"),
      paperNaming("ada/r2", "ada/r1"),
      paperNaming("ada/r2", "ada/r1"),
    ];
    await runPapers(papers, hand);
    expect(hand.double.seen.map(({ path }) => path)).toEqual([
      "/repos/ada/r1",
      "/repos/ada/r2",
      "/repos/ada/r0",
    ]);
  });

  test("a host that answers nobody without one leaves names unknown, and stops nothing", async () => {
    const hand = await start(many(1), {}, []);
    const network = { request: async () => ({ status: 401, headers: {}, body: "{}" }) };
    const { records } = await run(["ada/r0"], { ...hand, effects: { ...hand.effects, network } });
    expect(statuses(records)).toEqual({ "ada/r0": "unknown" });
  });

  test("nothing is said where nothing is due", async () => {
    const hand = await start({}, {}, []);
    await run(["a/b c"], hand);
    expect(hand.effects.said).toEqual([]);
  });
});
