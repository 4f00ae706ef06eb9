import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../pipeline/core/digest.ts";
import { PapersetError } from "../../pipeline/core/errors.ts";
import { finishedStage, runStage } from "../../pipeline/core/run-stage.ts";
import { testEffects } from "../support/effects.ts";
import {
  type Bench,
  BOULDER,
  FLINT,
  MIXED,
  openBench,
  SLATE,
  type SortContext,
  type Stone,
  sorting,
  stageOf,
  stones,
} from "./stages.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

test("a stage that is stopped ends at the next record, and is not finished", async () => {
  const stopping = new AbortController();
  const endless = stageOf(async function* (_input, { tally }) {
    for (;;) {
      tally.read += 1;
      if (tally.read === 3) stopping.abort(new PapersetError("STOPPED", "Stopped."));
      yield SLATE;
    }
  });
  const effects = { ...testEffects(), signal: stopping.signal };
  const stopped = runStage(endless, MIXED, { limit: 1 }, effects, bench.options);
  await expect(stopped).rejects.toMatchObject({ code: "STOPPED" });
  await expect(finishedStage(sorting.name, bench.options.workFolder)).rejects.toMatchObject({
    code: "STAGE_MISSING",
  });
});

describe("a stage that is run", () => {
  test("writes its records in order, one JSON object a line, and gives them back", async () => {
    const output = await bench.run(sorting, MIXED);
    expect(await bench.output("records.jsonl")).toBe(`${JSON.stringify(SLATE)}\n${JSON.stringify(FLINT)}\n`);
    expect(await Array.fromAsync(output.records())).toEqual([SLATE, FLINT]);
    expect(await Array.fromAsync(output.records())).toEqual([SLATE, FLINT]);
  });

  test("writes every reject with its reason and place, and counts them by reason", async () => {
    const { report } = await bench.run(sorting, MIXED);
    expect((await bench.output("rejects.jsonl")).split("\n")).toEqual([
      '{"reason":"too_heavy","file":"bed.txt","line":4,"found":"boulder"}',
      '{"reason":"too_heavy","file":"bed.txt","line":6,"found":"menhir"}',
      "",
    ]);
    expect(report.rejected).toEqual({ too_heavy: 2 });
  });

  test("writes its rejects even where it gives no record at all", async () => {
    const { report } = await bench.run(sorting, stones(BOULDER));
    expect(report).toMatchObject({ read: 1, written: 0, rejected: { too_heavy: 1 } });
    expect(JSON.parse(await bench.output("rejects.jsonl"))).toMatchObject({ found: "boulder" });
    expect(await bench.output("records.jsonl")).toBe("");
  });

  test("accounts for everything that it read, and reports what it noted", async () => {
    const { report, reused } = await bench.run(sorting, MIXED);
    expect(report).toMatchObject({
      stage: "9-sort",
      read: 6,
      written: 2,
      merged: 1,
      furniture: { pebble: 1 },
      rejected: { too_heavy: 2 },
      notes: { names: ["slate", "flint"] },
    });
    expect(reused).toBe(false);
  });

  test("names the digests of what it was made from and of what it wrote", async () => {
    const { report, digest } = await bench.run(sorting, MIXED);
    expect(report.inputDigest).toBe(MIXED.digest);
    expect(report.outputDigest).toBe(sha256(await bench.output("records.jsonl")));
    expect(digest).toBe(report.outputDigest);
  });

  test("leaves its report in a file, equal to the one that it gives", async () => {
    const { report } = await bench.run(sorting, MIXED);
    expect(JSON.parse(await bench.output("report.json"))).toEqual(report);
    expect(await bench.files()).toEqual(["records.jsonl", "rejects.jsonl", "report.json"]);
  });

  test("has no report yet while its records are being written", async () => {
    await bench.run(sorting, MIXED);
    let files: readonly string[] = [];
    const watching = stageOf(async function* (input, context) {
      files = await bench.files();
      yield* sorting.run(input, context);
    });
    await bench.run(watching, stones(SLATE));
    expect(files).toEqual(["records.jsonl", "rejects.jsonl", "scratch"]);
  });
});

describe("a finished stage", () => {
  test("is not run again over the same input, code and configuration", async () => {
    const first = await bench.run(sorting, MIXED);
    const second = await bench.run(sorting, MIXED);
    expect(bench.runs()).toBe(1);
    expect(second).toMatchObject({ reused: true, report: first.report, digest: first.digest });
    expect(await Array.fromAsync(second.records())).toEqual([SLATE, FLINT]);
  });

  test("is not run again where only the order of the configuration's keys differs", async () => {
    await bench.run(sorting, MIXED, { limit: 100, note: "same" });
    await bench.run(sorting, MIXED, { note: "same", limit: 100 });
    expect(bench.runs()).toBe(1);
  });

  test("is run again over another input", async () => {
    await bench.run(sorting, MIXED);
    const { report, reused } = await bench.run(sorting, stones(FLINT));
    expect({ reused, read: report.read }).toEqual({ reused: false, read: 1 });
    expect(await bench.output("records.jsonl")).toBe(`${JSON.stringify(FLINT)}\n`);
    expect(await bench.output("rejects.jsonl")).toBe("");
  });

  test("is run again with another configuration", async () => {
    await bench.run(sorting, MIXED);
    const { report } = await bench.run(sorting, MIXED, { limit: 5000 });
    expect(report.rejected).toEqual({ too_heavy: 1 });
    expect(bench.runs()).toBe(2);
  });

  test.each([
    "schemas/stones.ts",
    "pipeline/core/run.ts",
    "pipeline/9-sort/sort.ts",
    "pipeline/8-earlier/whose-code-it-may-call.ts",
    "package-lock.json",
  ])("is run again after a change of %s", async (path) => {
    await bench.run(sorting, MIXED);
    await bench.writeCode(path, "// changed");
    expect((await bench.run(sorting, MIXED)).reused).toBe(false);
  });

  test.each(["pipeline/10-later/later.ts", "pipeline/cli.ts"])(
    "is not run again after a change of %s",
    async (path) => {
      await bench.run(sorting, MIXED);
      await bench.writeCode(path, "// changed");
      expect((await bench.run(sorting, MIXED)).reused).toBe(true);
    },
  );

  test("is run again where nothing shall be reused", async () => {
    await bench.run(sorting, MIXED);
    const options = { ...bench.options, reuse: false };
    const again = await runStage(sorting, MIXED, { limit: 100 }, testEffects(), options);
    expect(again.reused).toBe(false);
  });

  test("is run again where its records are gone", async () => {
    await bench.run(sorting, MIXED);
    await rm(join(bench.options.workFolder, sorting.name, "records.jsonl"));
    expect((await bench.run(sorting, MIXED)).reused).toBe(false);
  });

  test("is found by its name, with its records", async () => {
    const { report } = await bench.run(sorting, MIXED);
    const found = await finishedStage<Stone>(sorting.name, bench.options.workFolder);
    expect(found).toMatchObject({ reused: true, report });
    expect(await Array.fromAsync(found.records())).toEqual([SLATE, FLINT]);
  });

  test("that is not there is named in the error, with the command that makes it", async () => {
    const { workFolder } = bench.options;
    await expect(finishedStage("2-dedupe", workFolder)).rejects.toMatchObject({
      code: "STAGE_MISSING",
      message: `Stage 2-dedupe has no finished output in ${workFolder}: run \`dedupe\` first.`,
    });
  });
});

describe("a stage that fails", () => {
  const failing = stageOf(async function* (_input, { tally, reject }) {
    tally.read += 2;
    reject({ reason: "too_heavy", file: null, line: null, found: "" });
    yield SLATE;
    throw new Error("the river rose");
  });

  test("stops the run with its own error and leaves no report", async () => {
    await expect(bench.run(failing, MIXED)).rejects.toThrow("the river rose");
    expect(await bench.files()).not.toContain("report.json");
    await expect(finishedStage(sorting.name, bench.options.workFolder)).rejects.toThrow(/run `sort` first/u);
  });

  test("takes away the report of an earlier run, so that nobody reads torn output as complete", async () => {
    await bench.run(sorting, MIXED);
    await expect(bench.run(failing, stones(SLATE))).rejects.toThrow("the river rose");
    expect(await bench.files()).not.toContain("report.json");
  });

  test("is run again next time, over the same input too", async () => {
    await expect(bench.run(failing, MIXED)).rejects.toThrow();
    expect((await bench.run(sorting, MIXED)).reused).toBe(false);
    expect(await bench.output("records.jsonl")).toBe(`${JSON.stringify(SLATE)}\n${JSON.stringify(FLINT)}\n`);
  });

  test("leaves what it had written until then, whole lines only", async () => {
    await expect(bench.run(failing, MIXED)).rejects.toThrow();
    expect(await bench.output("records.jsonl")).toBe(`${JSON.stringify(SLATE)}\n`);
  });
});

describe("a stage that does not account for what it read", () => {
  const slips: Readonly<Record<string, (context: SortContext) => void>> = {
    "loses a record": ({ tally }) => {
      tally.read += 1;
    },
    "counts a record as merged that was written": ({ tally }) => {
      tally.merged += 1;
    },
    "counts furniture that it never read": ({ tally }) => {
      tally.furniture["pebble"] = 1;
    },
    "rejects what it writes as well": ({ reject }) => {
      reject({ reason: "too_heavy", file: null, line: null, found: "" });
    },
  };

  test.each(Object.entries(slips))("because it %s is a defect, and has no report", async (_what, slip) => {
    const slipping = stageOf(async function* (input, context) {
      yield* sorting.run(input, context);
      slip(context);
    });
    await expect(bench.run(slipping, stones(SLATE, FLINT))).rejects.toMatchObject({
      code: "DEFECT",
      message: expect.stringMatching(/^Stage 9-sort read \d and accounts for \d\.$/u),
    });
    await expect(readFile(join(bench.options.workFolder, "9-sort", "report.json"))).rejects.toThrow(
      /ENOENT/u,
    );
  });
});
