import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../pipeline/core/digest.ts";
import { RecordLines } from "../../pipeline/core/stage.ts";
import {
  type Bench,
  BOULDER,
  FLINT,
  MIXED,
  openBench,
  SLATE,
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

describe("a stage that gives lines", () => {
  const lines = (...all: readonly Stone[]) =>
    new RecordLines<Stone>(
      Buffer.from(all.map((stone) => `${JSON.stringify(stone)}\n`).join("")),
      all.length,
    );
  const CHALK = { name: "chalk", grams: 3 };

  test("has them written where they come among its records, and each of them counted", async () => {
    const giving = stageOf(async function* (_input, { tally }) {
      tally.read = 6;
      yield SLATE;
      yield lines(FLINT, CHALK);
      yield lines();
      yield BOULDER;
      yield lines(SLATE, CHALK);
    });
    const output = await bench.run(giving, MIXED);
    const all = [SLATE, FLINT, CHALK, BOULDER, SLATE, CHALK];
    expect(await Array.fromAsync(output.records())).toEqual(all);
    expect(output.report.written).toBe(all.length);
    expect(output.digest).toBe(sha256(all.map((stone) => `${JSON.stringify(stone)}\n`).join("")));
  });

  test("that it miscounts is a defect", async () => {
    const giving = stageOf(async function* (_input, { tally }) {
      tally.read = 1;
      yield lines(SLATE, FLINT);
    });
    await expect(bench.run(giving, MIXED)).rejects.toMatchObject({ code: "DEFECT" });
  });
});

describe("a stage's scratch folder", () => {
  /** Puts a file there and says what it found. */
  const scratching = (found: string[][], isFailing: boolean) =>
    stageOf(async function* (input, context) {
      found.push(await readdir(context.scratch));
      await writeFile(join(context.scratch, "mud"), "brown");
      yield* sorting.run(input, context);
      found.push(await readdir(context.scratch));
      if (isFailing) throw new Error("the river rose");
    });

  test("is there and empty when it begins, keeps what it puts there, and is gone afterwards", async () => {
    const found: string[][] = [];
    await bench.run(scratching(found, false), MIXED);
    expect(found).toEqual([[], ["mud"]]);
    expect(await bench.files()).not.toContain("scratch");
  });

  test("is gone after a failure too", async () => {
    const found: string[][] = [];
    await expect(bench.run(scratching(found, true), MIXED)).rejects.toThrow("the river rose");
    expect(found).toEqual([[], ["mud"]]);
    expect(await bench.files()).not.toContain("scratch");
  });

  test("has nothing left of a run that was killed", async () => {
    const found: string[][] = [];
    await bench.run(sorting, MIXED);
    await mkdir(join(bench.options.workFolder, sorting.name, "scratch", "old"), { recursive: true });
    await bench.run(scratching(found, false), stones(SLATE));
    expect(found[0]).toEqual([]);
  });
});

test.each([
  ["is told where it is", "stones.jsonl"],
  ["is told that there is none", null],
])("a stage that wants the file of its input %s", async (_what, path) => {
  let told: string | null | undefined;
  const asking = stageOf(async function* (input, context) {
    told = context.inputPath;
    yield* sorting.run(input, context);
  });
  const input = stones(SLATE);
  await bench.run(asking, path === null ? input : { ...input, path });
  expect(told).toBe(path);
});

test("a stage's output names its file, for the next stage to read in parts", async () => {
  const { path = "" } = await bench.run(sorting, MIXED);
  expect(await readFile(path, "utf8")).toBe(await bench.output("records.jsonl"));
});
