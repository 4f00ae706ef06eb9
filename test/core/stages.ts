import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sha256 } from "../../pipeline/core/digest.ts";
import { type RunOptions, runStage, type StageOutput } from "../../pipeline/core/run-stage.ts";
import type { Records, Stage, StageContext } from "../../pipeline/core/stage.ts";
import { testEffects } from "../support/effects.ts";

export interface SortConfig {
  /** The weight in grams from which a stone is too heavy. */
  readonly limit: number;
  readonly note?: string;
}

export interface Stone {
  readonly name: string;
  readonly grams: number;
}

export type SortStage = Stage<Stone, Stone, SortConfig>;
export type SortContext = StageContext<SortConfig>;

/** A stage of the tests: drops pebbles, joins twins, rejects what is too heavy, and gives the rest. */
export const sorting: SortStage = {
  name: "9-sort",
  async *run(stones, { config, tally, reject, note }) {
    const names = new Set<string>();
    for await (const stone of stones) {
      tally.read += 1;
      if (stone.grams < 1) tally.furniture["pebble"] = (tally.furniture["pebble"] ?? 0) + 1;
      else if (stone.grams >= config.limit)
        reject({ reason: "too_heavy", file: "bed.txt", line: tally.read, found: stone.name });
      else if (names.has(stone.name)) tally.merged += 1;
      else {
        names.add(stone.name);
        yield stone;
      }
    }
    note("names", [...names]);
  },
};

export function stones(...all: readonly Stone[]): Records<Stone> {
  return {
    digest: sha256(JSON.stringify(all)),
    async *records() {
      yield* all;
    },
  };
}

export const SLATE = { name: "slate", grams: 40 };
export const FLINT = { name: "flint", grams: 70 };
export const BOULDER = { name: "boulder", grams: 9000 };
export const MIXED = stones(SLATE, FLINT, { name: "grit", grams: 0 }, BOULDER, SLATE, {
  name: "menhir",
  grams: 4000,
});

/** The stage of the tests with another generator. */
export const stageOf = (run: SortStage["run"]): SortStage => ({ name: sorting.name, run });

/** A project and a work folder of a test's own, and how often a stage was really run in it. */
export interface Bench {
  readonly options: RunOptions;
  /** How often `run` ran a stage's generator. */
  runs(): number;
  run(stage: SortStage, input: Records<Stone>, config?: SortConfig): Promise<StageOutput<Stone>>;
  writeCode(path: string, text: string): Promise<void>;
  /** A file of the stage's output. */
  output(name: string): Promise<string>;
  files(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "paperset-stage-"));
  const projectFolder = join(folder, "project");
  const options = { workFolder: join(folder, "out", ".work"), projectFolder, reuse: true };
  const stageFolder = join(options.workFolder, sorting.name);
  let runs = 0;
  const writeCode = async (path: string, text: string) => {
    await mkdir(dirname(join(projectFolder, path)), { recursive: true });
    await writeFile(join(projectFolder, path), text);
  };
  await writeCode("schemas/stones.ts", "export {};");
  await writeCode("pipeline/core/run.ts", "export {};");
  await writeCode("pipeline/9-sort/sort.ts", "export {};");
  await writeCode("pipeline/8-earlier/whose-code-it-may-call.ts", "export {};");
  await writeCode("pipeline/10-later/later.ts", "export {};");
  await writeCode("package-lock.json", "{}");
  return {
    options,
    runs: () => runs,
    run: (stage, input, config = { limit: 100 }) => {
      const counted: SortStage = {
        name: stage.name,
        run: (records, context) => {
          runs += 1;
          return stage.run(records, context);
        },
      };
      return runStage(counted, input, config, testEffects(), options);
    },
    writeCode,
    output: (name) => readFile(join(stageFolder, name), "utf8"),
    files: async () => (await readdir(stageFolder)).sort(),
    close: () => rm(folder, { recursive: true }),
  };
}
