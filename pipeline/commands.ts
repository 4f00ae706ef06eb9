import { createReadStream } from "node:fs";
import { join, resolve } from "node:path";
import { openNetwork } from "./3-enrich/http.ts";
import { type Config, type Environment, resolveConfig, tokensOf } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { CHECK_SAID_NO } from "./core/errors.ts";
import { barLog, type ClosableLog, jsonLog, lineLog, type Output } from "./core/progress.ts";
import { openRelease } from "./core/release.ts";
import type { StageOutput } from "./core/run-stage.ts";
import { runEvaluate } from "./evaluate/command.ts";
import { inspectPair, inspectPaper } from "./inspect/inspect.ts";
import type { Given, OptionName } from "./options.ts";
import { runDedupe, runEmit, runEnrich, runLine, runParse } from "./pipeline.ts";
import { gatesNotRun } from "./release/gates.ts";
import { runPublish } from "./release/publish/command.ts";
import { verify } from "./release/verify.ts";
import { advice, filesTable, gatesTable, releaseTable, shortPath, stagesTable } from "./report.ts";

/** What the command line is run in: the process, or a test. */
export interface World {
  readonly environment: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  standardInput(): AsyncIterable<Uint8Array>;
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/** What a command hands back: its result for programs, its words for people, and its exit code. */
export interface Result {
  readonly data: object;
  readonly words: string;
  readonly exitCode: number;
}

const EVERY: readonly OptionName[] = ["config", "json", "debug"];
/** What a release leaves out, and what it says of itself. */
const ABOUT_RELEASE: readonly OptionName[] = ["no-abstracts", "title", "creator", "homepage"];
const STAGE_RUN: readonly OptionName[] = ["out", "previous", "force"];

function openLog(given: Given, { stdout, stderr, now }: World): ClosableLog {
  if (given.json === true) return jsonLog(stdout);
  return stderr.isTTY ? barLog(stderr) : lineLog(stderr, now);
}

async function withEffects<T>(
  given: Given,
  world: World,
  use: (config: Config, effects: Effects) => Promise<T>,
): Promise<T> {
  const config = await resolveConfig(given, world.environment);
  const network = openNetwork(tokensOf(world.environment, config.github));
  const log = openLog(given, world);
  try {
    const { now, sleep, standardInput } = world;
    const open = (path: string | Buffer) => createReadStream(path, { highWaterMark: 1 << 18 });
    return await use(config, { now, sleep, log, network, open, standardInput });
  } finally {
    log.close();
    await network.close();
  }
}

const fileWords = (stages: readonly StageOutput<unknown>[]): string[] =>
  stages.flatMap((stage) => filesTable(stage) ?? []).map((words) => `${words}\n`);

function stageResult(stage: StageOutput<unknown>, { workFolder }: Config): Result {
  const words = [
    ...fileWords([stage]),
    stagesTable([stage]),
    ...advice([stage], workFolder),
    "",
    `Output in ${shortPath(join(workFolder, stage.report.stage))}`,
  ];
  return { data: { report: stage.report, reused: stage.reused }, words: words.join("\n"), exitCode: 0 };
}

async function run(config: Config, effects: Effects): Promise<Result> {
  const { stages, ...emitted } = await runLine(config, effects);
  const words = [
    ...fileWords(stages),
    stagesTable(stages),
    ...advice(stages, config.workFolder),
    "",
    releaseTable(emitted),
  ];
  const { version, folder, manifest } = emitted.release;
  const data = {
    version,
    folder,
    isNew: emitted.isNew,
    counts: manifest.counts,
    stages: stages.map(({ report }) => report),
  };
  return { data, words: words.join("\n"), exitCode: 0 };
}

async function runVerify(folder: string): Promise<Result> {
  const release = await openRelease(resolve(folder));
  const findings = await verify(release);
  const passed = findings.length === 0;
  const verdict = passed ? `Release ${release.version} passes.` : `Release ${release.version} does not pass.`;
  return {
    data: { version: release.version, passed, findings, notRun: gatesNotRun(findings) },
    words: `${gatesTable(findings)}\n\n${verdict}`,
    exitCode: passed ? 0 : CHECK_SAID_NO,
  };
}

async function runPublishCommand(given: Given, world: World, folder: string | undefined): Promise<Result> {
  const log = openLog(given, world);
  try {
    const { environment, sleep } = world;
    const options = { to: given.to, yes: given.yes === true, environment, log, sleep };
    return await runPublish({ folder: resolve(folder ?? join(given.out ?? "out", "latest")), ...options });
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
  (stage: (config: Config, effects: Effects) => Promise<StageOutput<unknown>>): CommandSpec["run"] =>
  (given, world) =>
    withEffects(given, world, async (config, effects) => stageResult(await stage(config, effects), config));

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "run",
    help: "captures in, a dataset release out: all four stages",
    options: [
      "input",
      ...STAGE_RUN,
      "offline",
      "captured-year",
      "max-reject-share",
      "overrides",
      "max-age",
      ...ABOUT_RELEASE,
      ...EVERY,
    ],
    run: (given, world) => withEffects(given, world, run),
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
    options: [...STAGE_RUN, "offline", "max-age", ...EVERY],
    run: staged(runEnrich),
  },
  {
    name: "emit",
    help: "stage 4: write a release from what the stages found",
    options: ["out", "previous", ...ABOUT_RELEASE, ...EVERY],
    run: (given, world) =>
      withEffects(given, world, async (config, effects) => {
        const emitted = await runEmit(config, effects);
        const { version, folder, manifest } = emitted.release;
        const data = { version, folder, isNew: emitted.isNew, counts: manifest.counts };
        return { data, words: releaseTable(emitted), exitCode: 0 };
      }),
  },
  {
    name: "verify",
    help: "check a release as a stranger would; exit code 3 when it does not pass",
    options: EVERY,
    args: [["[release]", "release folder (default: out/latest)"]],
    run: (given, _world, folder) => runVerify(folder ?? join(given.out ?? "out", "latest")),
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
