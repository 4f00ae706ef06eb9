import { join } from "node:path";
import { acceptInput } from "./1-parse/accept.ts";
import type { PassedOver } from "./1-parse/input/find-files.ts";
import { findSources, STANDARD_INPUT } from "./1-parse/input/sources.ts";
import { withSpooledInput } from "./1-parse/input/spool.ts";
import type { Mention } from "./1-parse/mention.ts";
import { parse } from "./1-parse/parse.ts";
import { dedupe } from "./2-dedupe/dedupe.ts";
import type { Paper } from "./2-dedupe/paper.ts";
import { enrich } from "./3-enrich/enrich.ts";
import type { CheckedRepository } from "./3-enrich/repository.ts";
import { type Emitted, emit } from "./4-emit/emit.ts";
import type { Config } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { PapersetError } from "./core/errors.ts";
import { isFull, makeFolder, unwritable } from "./core/files.ts";
import {
  discardReport,
  finishedStage,
  type RunOptions,
  runStage,
  type StageOutput,
} from "./core/run-stage.ts";
import { inTodaysShape } from "./release/earlier.ts";

/** The project's own folder, whose code and lockfile stages are made from. */
const PROJECT_FOLDER = join(import.meta.dirname, "..");

function options({ workFolder, reuse }: Config): RunOptions {
  return { workFolder, projectFolder: PROJECT_FOLDER, reuse };
}

/** The previous release as the stages read it: its rows in today's shape. */
const earlier = ({ previous }: Config) => (previous === null ? null : inTodaysShape(previous));

/** What lies beside captures and was not read, in a sentence; null when there is nothing to say. */
function passedOverWords({ hidden, links, others }: PassedOver): string | null {
  const kinds = [
    [hidden, "hidden", "hidden"],
    [links, "symbolic link", "symbolic links"],
    [others, "other thing", "other things"],
  ] as const;
  const words = kinds.flatMap(([count, one, many]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`],
  );
  return words.length === 0 ? null : `Passed over in the input's folders: ${words.join(", ")}.`;
}

async function parseFrom(
  config: Config,
  effects: Effects,
  standardInput: string | null,
): Promise<StageOutput<Mention>> {
  const { input, out, workFolder, capturedYear } = config;
  const sources = await findSources(input, { out, standardInput });
  const words = passedOverWords(sources.passedOver);
  if (words !== null) effects.log.say("info", words);
  await makeFolder(workFolder);
  const mentions = await runStage(parse, sources, { capturedYear }, effects, options(config));
  try {
    acceptInput(mentions.report, config);
  } catch (error) {
    await discardReport(parse.name, workFolder); // no later stage goes on from what was refused
    throw error;
  }
  return mentions;
}

export async function runParse(config: Config, effects: Effects): Promise<StageOutput<Mention>> {
  if (config.input.length === 0)
    throw new PapersetError("USAGE", "There is nothing to read: name captures with --input.");
  if (!config.input.includes(STANDARD_INPUT)) return parseFrom(config, effects, null);
  return withSpooledInput(effects, config.workFolder, (path) => parseFrom(config, effects, path));
}

export async function runDedupe(
  config: Config,
  effects: Effects,
  mentions?: StageOutput<Mention>,
): Promise<StageOutput<Paper>> {
  const input = mentions ?? (await finishedStage<Mention>(parse.name, config.workFolder));
  return runStage(
    dedupe,
    input,
    { previous: await earlier(config), overrides: config.overrides },
    effects,
    options(config),
  );
}

export async function runEnrich(
  config: Config,
  effects: Effects,
  papers?: StageOutput<Paper>,
): Promise<StageOutput<CheckedRepository>> {
  const input = papers ?? (await finishedStage<Paper>(dedupe.name, config.workFolder));
  const { access, github, maxAgeDays } = config;
  const previous = await earlier(config);
  const journalPath = join(config.workFolder, enrich.name, "journal.jsonl");
  // what hosts answer is no function of the input, so only a run that asks nobody can be up to date
  const reuse = config.reuse && access === "offline";
  return runStage(enrich, input, { access, github, maxAgeDays, journalPath, previous }, effects, {
    ...options(config),
    reuse,
  });
}

/** Stops where a stage's output was made from another output of the stage before it than the one that is there now. */
function requireFresh(earlier: StageOutput<unknown>, later: StageOutput<unknown>): void {
  if (later.report.inputDigest === earlier.digest) return;
  const [before, after] = [earlier.report.stage, later.report.stage];
  throw new PapersetError(
    "STAGE_MISSING",
    `${before} was run again after ${after}: run \`${after.slice(2)}\` again before \`emit\`.`,
  );
}

export async function runEmit(config: Config, effects: Effects): Promise<Emitted> {
  const { workFolder } = config;
  const mentions = await finishedStage<Mention>(parse.name, workFolder);
  const papers = await finishedStage<Paper>(dedupe.name, workFolder);
  const checked = await finishedStage<CheckedRepository>(enrich.name, workFolder);
  requireFresh(mentions, papers);
  requireFresh(papers, checked);
  const findings = { papers, repositories: await Array.fromAsync(checked.records()) };
  const reports = [mentions.report, papers.report, checked.report];
  return emit(findings, reports, config, effects).catch((error: unknown) => {
    throw isFull(error) ? unwritable(config.out, error) : error;
  });
}

export interface LineResult extends Emitted {
  readonly stages: readonly StageOutput<unknown>[];
}

/** The whole line: captures in, a release out. */
export async function runLine(config: Config, effects: Effects): Promise<LineResult> {
  const mentions = await runParse(config, effects);
  const papers = await runDedupe(config, effects, mentions);
  const repositories = await runEnrich(config, effects, papers);
  const emitted = await runEmit(config, effects);
  return { stages: [mentions, papers, repositories], ...emitted };
}
