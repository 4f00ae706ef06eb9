import { resolve } from "node:path";
import { planned, planResult, run, runDiff, runVerify, stagesResult } from "./command-results.ts";
import type { Config } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import type { StageOutput } from "./core/run-stage.ts";
import { runEnrich, runPlan } from "./enrichment.ts";
import { runEvaluate } from "./evaluate/command.ts";
import { inspectPair, inspectPaper } from "./inspect/inspect.ts";
import type { Given, OptionName } from "./options.ts";
import { runDedupe, runEmit, runParse } from "./pipeline.ts";
import { latestOf } from "./places.ts";
import { runPublish } from "./release/publish/command.ts";
import { releaseTable } from "./report.ts";
import { openLog, type Result, type World, withEffects, withOutput } from "./world.ts";

const EVERY: readonly OptionName[] = ["config", "json", "debug"];
/** What a release leaves out, and what it says of itself. */
const ABOUT_RELEASE: readonly OptionName[] = ["no-abstracts", "title", "creator", "homepage"];
const STAGE_RUN: readonly OptionName[] = ["out", "previous", "force"];
const ASKING: readonly OptionName[] = [
  "offline",
  "max-age",
  "max-wait",
  "leave-quota",
  "star-history",
  "only",
  "check-links",
  "arxiv-snapshot",
  "look-up-titles",
  "dry-run",
];
const LAYOUT: readonly OptionName[] = ["compress", "shard-rows", "csv-safe"];

async function runPublishCommand(given: Given, world: World, folder: string | undefined): Promise<Result> {
  const log = openLog(given, world);
  try {
    const { environment, sleep, now } = world;
    const options = { to: given.to, yes: given.yes === true, environment, log, sleep, now };
    return await runPublish({ folder: folder === undefined ? latestOf(given) : resolve(folder), ...options });
  } finally {
    log.close();
  }
}

export interface CommandSpec {
  readonly name: string;
  readonly help: string;
  readonly options: readonly OptionName[];
  readonly args?: readonly (readonly [name: string, help: string])[];
  run(given: Given, world: World, ...args: readonly (string | undefined)[]): Promise<Result>;
}

const staged =
  (
    stage: (
      config: Config,
      effects: Effects,
    ) => Promise<StageOutput<unknown> | readonly StageOutput<unknown>[]>,
  ): CommandSpec["run"] =>
  (given, world) =>
    withOutput(given, world, async (config, effects) =>
      stagesResult([await stage(config, effects)].flat(), config),
    );

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "run",
    help: "captures in, a dataset release out: all four stages",
    options: [
      "input",
      ...STAGE_RUN,
      "captured-year",
      "max-reject-share",
      "overrides",
      ...ASKING,
      ...LAYOUT,
      "accept",
      ...ABOUT_RELEASE,
      ...EVERY,
    ],
    run: (given, world) =>
      withOutput(given, world, (config, effects) =>
        given["dry-run"] === true ? planned(config, effects) : run(config, effects),
      ),
  },
  {
    name: "parse",
    help: "stage 1: captures to mentions",
    options: ["input", "out", "force", "captured-year", "max-reject-share", ...EVERY],
    run: staged(runParse),
  },
  {
    name: "dedupe",
    help: "stage 2: mentions to papers",
    options: [...STAGE_RUN, "overrides", ...EVERY],
    run: staged(runDedupe),
  },
  {
    name: "enrich",
    help: "stage 3: check the repositories that papers name",
    options: [...STAGE_RUN, ...ASKING, ...EVERY],
    run: (given, world) =>
      given["dry-run"] === true
        ? withEffects(given, world, async (config, effects) => planResult(await runPlan(config, effects)))
        : staged(runEnrich)(given, world),
  },
  {
    name: "emit",
    help: "stage 4: write a release from what the stages found",
    options: ["out", "previous", ...LAYOUT, "accept", ...ABOUT_RELEASE, ...EVERY],
    run: (given, world) =>
      withOutput(given, world, async (config, effects) => {
        const emitted = await runEmit(config, effects);
        const { version, folder, manifest } = emitted.release;
        const data = { version, folder, isNew: emitted.isNew, counts: manifest.counts };
        return { data, words: releaseTable(emitted), exitCode: 0 };
      }),
  },
  {
    name: "verify",
    help: "check a release as a stranger would; exit code 3 when it does not pass",
    options: ["out", ...EVERY],
    args: [["[release]", "release folder (default: OUT/latest)"]],
    run: (given, { now }, folder) => runVerify(folder ?? latestOf(given), now()),
  },
  {
    name: "diff",
    help: "what a release differs by from another: schema, rows, cells, and the version that follows",
    options: ["out", ...EVERY],
    args: [
      ["<before>", "release folder"],
      ["[after]", "release folder (default: OUT/latest)"],
    ],
    run: (given, _world, before = "", after) => runDiff(before, after ?? latestOf(given)),
  },
  {
    name: "publish",
    help: "verify a release and say what would go where; with --yes, bring it there",
    options: ["out", "to", "yes", ...EVERY],
    args: [["[release]", "release folder (default: OUT/latest)"]],
    run: (given, world, folder) => runPublishCommand(given, world, folder),
  },
  {
    name: "inspect",
    help: "everything known of one paper, or why two mentions are one work or not",
    options: ["out", "release", ...EVERY],
    args: [
      ["<paper>", "paper_id, arXiv id, DOI, words of its title, or a mention_id"],
      ["[mention]", "another mention_id, to be compared with the first"],
    ],
    run: (given, _world, asked = "", other) =>
      other === undefined ? inspectPaper(given, asked) : inspectPair(given, asked, other),
  },
  {
    name: "evaluate",
    help: "how well records, or the papers of a release, are put together by labelled pairs",
    options: ["input", "release", "pairs", "out", "max-reject-share", ...EVERY],
    run: (given, world) => runEvaluate(given, (options, use) => withEffects(options, world, use)),
  },
];
