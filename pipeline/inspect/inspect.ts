import { resolve } from "node:path";
import type { Mention } from "../1-parse/mention.ts";
import { parse } from "../1-parse/parse.ts";
import { PapersetError } from "../core/errors.ts";
import { openRelease } from "../core/release.ts";
import { finishedStage } from "../core/run-stage.ts";
import type { Given } from "../options.ts";
import { latestOf, outOf, workFolderOf } from "../places.ts";
import type { Result } from "../world.ts";
import { paperFile, paperWords } from "./describe-paper.ts";
import { explainPair, pairWords } from "./explain-pair.ts";
import { findPapers, MOST_FOUND, survivorOf } from "./find-papers.ts";

/** Looks into a release. Changes nothing. */
export async function inspectPaper(given: Given, asked: string): Promise<Result> {
  const release = await openRelease(given.release === undefined ? latestOf(given) : resolve(given.release));
  const found = await findPapers(release, asked);
  const [paper, ...others] = found;
  if (paper === undefined) {
    const retired = await survivorOf(release, asked);
    const fate = retired?.surviving_id ?? null;
    const words =
      retired === null
        ? "try fewer words of its title"
        : `it was retired in ${retired.retired_in_version}${fate === null ? "" : `; look at ${fate}`}`;
    throw new PapersetError(
      "USAGE",
      `Release ${release.version} has no paper ${JSON.stringify(asked)}: ${words}.`,
    );
  }
  if (others.length > 0)
    return {
      data: { found: found.map(({ paper_id, title }) => ({ paper_id, title })) },
      words: [
        `${found.length}${found.length < MOST_FOUND ? "" : " or more"} papers fit; name one by its id:`,
        ...found.map(({ paper_id, title }) => `  ${paper_id}  ${title}`),
      ].join("\n"),
      exitCode: 0,
    };
  const file = await paperFile(release, paper);
  return { data: file, words: paperWords(file), exitCode: 0 };
}

/** Says why two mentions of the last run are one work or not. */
export async function inspectPair(given: Given, a: string, b: string): Promise<Result> {
  const work = workFolderOf(outOf(given));
  const mentions = await finishedStage<Mention>(parse.name, work);
  const explanation = await explainPair(mentions.records(), a, b);
  return { data: explanation, words: pairWords(explanation), exitCode: 0 };
}
