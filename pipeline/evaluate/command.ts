import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Mention } from "../1-parse/mention.ts";
import type { Config } from "../config.ts";
import type { Effects } from "../core/effects.ts";
import { PapersetError } from "../core/errors.ts";
import { writeFileAtomic } from "../core/files.ts";
import { openRelease } from "../core/release.ts";
import type { Given } from "../options.ts";
import { runParse } from "../pipeline.ts";
import { outOf, workFolderOf } from "../places.ts";
import { shortPath } from "../report.ts";
import type { Result } from "../world.ts";
import { evaluate } from "./evaluate.ts";
import { type Subject, subjectOfMentions, subjectOfRelease } from "./subject.ts";
import { evaluationWords } from "./words.ts";

/** Gives a folder to work in, and removes it again. */
async function withWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "paperset-evaluate-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type WithEffects = <T>(given: Given, use: (config: Config, effects: Effects) => Promise<T>) => Promise<T>;

/** Reads the records of an input by the first stage, away from the output folder and whatever release it holds. */
function readMentions(given: Given, withEffects: WithEffects): Promise<Mention[]> {
  return withWorkFolder((folder) =>
    withEffects({ ...given, out: folder }, async (config, effects) => {
      const mentions = await runParse({ ...config, out: outOf(given) }, effects);
      return Array.fromAsync(mentions.records());
    }),
  );
}

/** What the options name to be evaluated: records to cluster, or a release. */
async function subjectOf(given: Given, withEffects: WithEffects): Promise<Subject> {
  const { input, release } = given;
  if ((input === undefined) === (release === undefined))
    throw new PapersetError(
      "USAGE",
      "Name what is to be evaluated: either records with --input or a release with --release.",
    );
  return release === undefined
    ? subjectOfMentions(await readMentions(given, withEffects))
    : subjectOfRelease(await openRelease(resolve(release)));
}

/** Evaluates what the options name against the labelled pairs, and writes every wrong pair with the reason for it. */
export async function runEvaluate(given: Given, withEffects: WithEffects): Promise<Result> {
  if (given.pairs === undefined)
    throw new PapersetError(
      "USAGE",
      "There is nothing to compare with: name a file with two ids a line with --pairs.",
    );
  const evaluation = await evaluate(await subjectOf(given, withEffects), given.pairs);
  const missesFile = join(workFolderOf(outOf(given)), "evaluate", "misses.jsonl");
  await writeFileAtomic(missesFile, evaluation.misses.map((miss) => `${JSON.stringify(miss)}\n`).join(""));
  const { figures, labels, withoutId, misses } = evaluation;
  const { pairs: _counted, ...notCounted } = labels;
  return {
    data: { ...figures, labels: notCounted, withoutId, misses: misses.length, missesFile },
    words: evaluationWords(evaluation, shortPath(missesFile)),
    exitCode: 0,
  };
}
