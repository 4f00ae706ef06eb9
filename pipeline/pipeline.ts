import { acceptInput } from "./1-parse/accept.ts";
import type { PassedOver } from "./1-parse/input/find-files.ts";
import { findSources, STANDARD_INPUT } from "./1-parse/input/sources.ts";
import { withSpooledInput } from "./1-parse/input/spool.ts";
import type { Mention } from "./1-parse/mention.ts";
import { parse } from "./1-parse/parse.ts";
import { dedupe } from "./2-dedupe/dedupe.ts";
import type { Paper } from "./2-dedupe/paper.ts";
import { type Emitted, emit } from "./4-emit/emit.ts";
import type { Config } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { PapersetError } from "./core/errors.ts";
import { makeFolder } from "./core/files.ts";
import { commandOf, discardReport, finishedStage, runStage, type StageOutput } from "./core/run-stage.ts";
import { finishedEnrichment, runEnrich } from "./enrichment.ts";
import { earlierRelease, stageOptions } from "./stage-options.ts";

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
  const mentions = await runStage(parse, sources, { capturedYear }, effects, stageOptions(config));
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
    { previous: await earlierRelease(config), overrides: config.overrides },
    effects,
    stageOptions(config),
  );
}

/** Stops where a stage's output was made from another output of the stage before it than the one that is there now. */
function requireFresh(earlier: StageOutput<unknown>, later: StageOutput<unknown>): void {
  if (later.report.inputDigest === earlier.digest) return;
  const [before, after] = [earlier.report.stage, later.report.stage];
  throw new PapersetError(
    "STAGE_MISSING",
    `${before} was run again after ${after}: run \`${commandOf(after)}\` again before \`emit\`.`,
  );
}

export async function runEmit(config: Config, effects: Effects): Promise<Emitted> {
  const { workFolder } = config;
  const mentions = await finishedStage<Mention>(parse.name, workFolder);
  const papers = await finishedStage<Paper>(dedupe.name, workFolder);
  requireFresh(mentions, papers);
  const enrichment = await finishedEnrichment(workFolder, papers, requireFresh);
  const reports = [mentions, papers, ...enrichment.stages].map(({ report }) => report);
  return emit({ papers, ...enrichment.findings }, reports, config, effects);
}

export interface LineResult extends Emitted {
  readonly stages: readonly StageOutput<unknown>[];
}

/** The whole line: captures in, a release out. */
export async function runLine(config: Config, effects: Effects): Promise<LineResult> {
  const mentions = await runParse(config, effects);
  const papers = await runDedupe(config, effects, mentions);
  const enriched = await runEnrich(config, effects, papers);
  const emitted = await runEmit(config, effects);
  return { stages: [mentions, papers, ...enriched], ...emitted };
}
