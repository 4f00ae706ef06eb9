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
import { type Evaluation, evaluate } from "./evaluate.ts";
import { type Subject, subjectOfMentions, subjectOfRelease } from "./subject.ts";

const outOf = ({ out }: Given): string => resolve(out ?? "out");

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
export function readMentions(given: Given, withEffects: WithEffects): Promise<Mention[]> {
  return withWorkFolder((folder) =>
    withEffects({ ...given, out: folder }, async (config, effects) => {
      const mentions = await runParse({ ...config, out: outOf(given) }, effects);
      return Array.fromAsync(mentions.records());
    }),
  );
}

/** What the options name to be evaluated: records to cluster, or a release. */
async function subjectOf(
  { input, release }: Given,
  read: () => Promise<readonly Mention[]>,
): Promise<Subject> {
  if ((input === undefined) === (release === undefined))
    throw new PapersetError(
      "USAGE",
      "Name what is to be evaluated: either records with --input or a release with --release.",
    );
  return release === undefined
    ? subjectOfMentions(await read())
    : subjectOfRelease(await openRelease(resolve(release)));
}

export interface Evaluated extends Evaluation {
  readonly missesFile: string;
}

/** Evaluates what the options name against the labelled pairs, and writes every wrong pair with its reason. */
export async function runEvaluate(given: Given, read: () => Promise<readonly Mention[]>): Promise<Evaluated> {
  if (given.pairs === undefined)
    throw new PapersetError(
      "USAGE",
      "There is nothing to compare with: name a file with two ids a line with --pairs.",
    );
  const evaluation = await evaluate(await subjectOf(given, read), given.pairs);
  const missesFile = join(outOf(given), ".work", "evaluate", "misses.jsonl");
  await writeFileAtomic(missesFile, evaluation.misses.map((miss) => `${JSON.stringify(miss)}\n`).join(""));
  return { ...evaluation, missesFile };
}
