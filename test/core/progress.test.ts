import { describe, expect, test } from "vitest";
import { jsonLog, lineLog, type Output } from "../../pipeline/core/progress.ts";

/** An output that remembers, and a clock that is set by hand. */
function bench() {
  const written: string[] = [];
  const output: Output = { write: (text) => written.push(text), isTTY: false };
  const clock = { seconds: 0 };
  return { written, output, clock, now: () => new Date(clock.seconds * 1000) };
}

describe("the log for people", () => {
  function lines() {
    const { output, now, ...rest } = bench();
    return { log: lineLog(output, now), ...rest };
  }

  test("writes each sentence on a line of its own, warnings too, and no data", () => {
    const { log, written } = lines();
    log.say("info", "Stones were counted.", { stones: 3 });
    log.say("warn", "One is missing.");
    expect(written).toEqual(["Stones were counted.\n", "One is missing.\n"]);
  });

  test("tells how far a stage is with its rate and the time that is left", () => {
    const { log, written, clock } = lines();
    log.progress("3-enrich", 0, 1000);
    clock.seconds = 10;
    log.progress("3-enrich", 50, 1000);
    expect(written).toEqual(["3-enrich: 50 of 1000 (5.0/s, 3 min 10 s left)\n"]);
  });

  test("tells figures beside it by their names", () => {
    const { log, written, clock } = lines();
    log.progress("3-enrich", 0, 100);
    clock.seconds = 10;
    log.progress("3-enrich", 50, 100, { found: 48, waiting: "3 min 0 s" });
    expect(written).toEqual(["3-enrich: 50 of 100 (5.0/s, 0 min 10 s left), found 48, waiting 3 min 0 s\n"]);
  });

  test("tells it at most every ten seconds", () => {
    const { log, written, clock } = lines();
    for (clock.seconds = 0; clock.seconds <= 60; clock.seconds += 1)
      log.progress("3-enrich", clock.seconds, 100);
    expect(written.map((line) => line.slice(0, 22))).toEqual([
      "3-enrich: 10 of 100 (1",
      "3-enrich: 20 of 100 (1",
      "3-enrich: 30 of 100 (1",
      "3-enrich: 40 of 100 (1",
      "3-enrich: 50 of 100 (1",
      "3-enrich: 60 of 100 (1",
    ]);
  });

  test("stays silent over work that takes less", () => {
    const { log, written, clock } = lines();
    log.progress("4-emit", 1, 2);
    clock.seconds = 9.9;
    log.progress("4-emit", 2, 2);
    log.close();
    expect(written).toEqual([]);
  });

  test("promises no time where the total is not known or nothing is done yet", () => {
    const { log, written, clock } = lines();
    log.progress("1-parse", 0, null);
    clock.seconds = 20;
    log.progress("1-parse", 30, null);
    clock.seconds = 40;
    log.progress("3-enrich", 0, 7);
    expect(written).toEqual(["1-parse: 30 (1.5/s)\n", "3-enrich: 0 of 7 (0.0/s)\n"]);
  });

  test("counts a stage's rate from that stage's own beginning", () => {
    const { log, written, clock } = lines();
    log.progress("1-parse", 1, 1);
    clock.seconds = 100;
    log.progress("3-enrich", 0, 40);
    clock.seconds = 110;
    log.progress("3-enrich", 20, 40);
    expect(written.at(-1)).toBe("3-enrich: 20 of 40 (2.0/s, 0 min 10 s left)\n");
  });

  test("never tells of sixty seconds beside the minutes", () => {
    const { log, written, clock } = lines();
    log.progress("3-enrich", 0, 697);
    clock.seconds = 10;
    log.progress("3-enrich", 100, 697);
    expect(written).toEqual(["3-enrich: 100 of 697 (10.0/s, 1 min 0 s left)\n"]);
  });
});

describe("the log for programs", () => {
  function events() {
    const { output, written } = bench();
    return { log: jsonLog(output), written };
  }

  test("writes one JSON object a line, whatever the words hold", () => {
    const { log, written } = events();
    log.say("info", "One\nline “only”.\u2028", { stones: [1, null] });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\{[^\n]*\}\n$/u);
    expect(JSON.parse(written[0] ?? "")).toEqual({
      event: "info",
      message: "One\nline “only”.\u2028",
      data: { stones: [1, null] },
    });
  });

  test("leaves the data out where there is none", () => {
    const { log, written } = events();
    log.say("warn", "One is missing.");
    expect(written).toEqual(['{"event":"warn","message":"One is missing."}\n']);
  });

  test("tells every step of progress, with null where the total is not known", () => {
    const { log, written } = events();
    log.progress("1-parse", 1, null);
    log.progress("1-parse", 2, 2);
    log.close();
    expect(written.map((line) => JSON.parse(line))).toEqual([
      { event: "progress", stage: "1-parse", done: 1, total: null },
      { event: "progress", stage: "1-parse", done: 2, total: 2 },
    ]);
  });
});
