import { createReadStream } from "node:fs";
import { join, resolve } from "node:path";
import { openAccounts } from "./3-enrich/accounts.ts";
import type { EnrichPlan } from "./3-enrich/enrich.ts";
import { openWeb } from "./3-enrich/http.ts";
import { type Config, type Environment, resolveConfig, tokensOf } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { CHECK_SAID_NO } from "./core/errors.ts";
import { barLog, type ClosableLog, jsonLog, lineLog, type Output } from "./core/progress.ts";
import { openRelease } from "./core/release.ts";
import type { StageOutput } from "./core/run-stage.ts";
import { runEnrich, runPlan } from "./enrichment.ts";
import { runEvaluate } from "./evaluate/command.ts";
import { inspectPair, inspectPaper } from "./inspect/inspect.ts";
import type { Given, OptionName } from "./options.ts";
import { runDedupe, runEmit, runLine, runParse } from "./pipeline.ts";
import { gatesNotRun } from "./release/gates.ts";
import { verify } from "./release/verify.ts";
import { advice, filesTable, gatesTable, planTable, releaseTable, shortPath, stagesTable } from "./report.ts";

/** What the command line is run in: the process, or a test. */
export interface World {
  readonly environment: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  standardInput(): AsyncIterable<Uint8Array>;
  now(): Date;
  /** Waits; rejects when `signal` is aborted meanwhile. */
  sleep(milliseconds: number): Promise<void>;
  /** Aborted, with the error to throw, when somebody stops the program. */
  readonly signal: AbortSignal;
}

/** What a command hands back: its result for programs, its words for people, and its exit code. */
export interface Result {
  readonly data: object;
  readonly words: string;
  readonly exitCode: number;
}

const EVERY: readonly OptionName[] = ["config", "json", "debug"];
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
  "dry-run",
];

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
  const network = openAccounts(tokensOf(world.environment, config.github));
  const web = openWeb();
  const log = openLog(given, world);
  const { now, sleep, signal, standardInput } = world;
  const closeNetworks = () => Promise.all([network.close(), web.close()]);
  const stop = () => void closeNetworks();
  signal.addEventListener("abort", stop);
  try {
    const open = (path: string | Buffer) => createReadStream(path, { highWaterMark: 1 << 18 });
    return await use(config, { now, sleep, signal, log, network, web, open, standardInput });
  } finally {
    signal.removeEventListener("abort", stop);
    log.close();
    await closeNetworks();
  }
}

const fileWords = (stages: readonly StageOutput<unknown>[]): string[] =>
  stages.flatMap((stage) => filesTable(stage) ?? []).map((words) => `${words}\n`);

function stagesResult(stages: readonly StageOutput<unknown>[], { workFolder }: Config): Result {
  const words = [
    ...fileWords(stages),
    stagesTable(stages),
    ...advice(stages, workFolder),
    "",
    ...stages.map(({ report }) => `Output in ${shortPath(join(workFolder, report.stage))}`),
  ];
  const [first, ...rest] = stages.map(({ report, reused }) => ({ report, reused }));
  return {
    data: rest.length === 0 ? { ...first } : { stages: [first, ...rest] },
    words: words.join("\n"),
    exitCode: 0,
  };
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

const planResult = (plan: EnrichPlan): Result => ({ data: { plan }, words: planTable(plan), exitCode: 0 });

/** The first two stages, and what the third would ask. */
async function planned(config: Config, effects: Effects): Promise<Result> {
  const papers = await runDedupe(config, effects, await runParse(config, effects));
  return planResult(await runPlan(config, effects, papers));
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
    withEffects(given, world, async (config, effects) =>
      stagesResult([await stage(config, effects)].flat(), config),
    );

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "run",
    help: "captures in, a dataset release out: all four stages",
    options: ["input", ...STAGE_RUN, "captured-year", "max-reject-share", "overrides", ...ASKING, ...EVERY],
    run: (given, world) =>
      withEffects(given, world, (config, effects) =>
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
    options: ["out", "previous", ...EVERY],
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
