import { join, resolve } from "node:path";
import type { EnrichPlan } from "./3-enrich/enrich.ts";
import type { Config } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { CHECK_SAID_NO } from "./core/errors.ts";
import { openRelease, type Release } from "./core/release.ts";
import type { StageOutput } from "./core/run-stage.ts";
import { runPlan } from "./enrichment.ts";
import { runDedupe, runLine, runParse } from "./pipeline.ts";
import { diffReleases } from "./release/diff.ts";
import { differenceWords } from "./release/diff-words.ts";
import { withFilesInPlace } from "./release/downloaded.ts";
import { type Finding, gatesNotRun } from "./release/gates.ts";
import { verify } from "./release/verify.ts";
import { advice, filesTable, gatesTable, planTable, releaseTable, shortPath, stagesTable } from "./report.ts";
import type { Result } from "./world.ts";

const fileWords = (stages: readonly StageOutput<unknown>[]): string[] =>
  stages.flatMap((stage) => filesTable(stage) ?? []).map((words) => `${words}\n`);

export function stagesResult(stages: readonly StageOutput<unknown>[], { workFolder }: Config): Result {
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

/** The whole line. */
export async function run(config: Config, effects: Effects): Promise<Result> {
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

/** A plan of what would be asked. */
export const planResult = (plan: EnrichPlan): Result => ({
  data: { plan },
  words: planTable(plan),
  exitCode: 0,
});

/** The first two stages, and what the third would ask. */
export async function planned(config: Config, effects: Effects): Promise<Result> {
  const papers = await runDedupe(config, effects, await runParse(config, effects));
  return planResult(await runPlan(config, effects, papers));
}

function verdictOn(release: Release, findings: readonly Finding[]): Result {
  const passed = findings.length === 0;
  const verdict = passed ? `Release ${release.version} passes.` : `Release ${release.version} does not pass.`;
  return {
    data: {
      version: release.version,
      passed,
      findings,
      notRun: gatesNotRun(findings),
      accepted: release.manifest.accepted ?? null,
    },
    words: `${gatesTable(findings, release.manifest.accepted)}\n\n${verdict}`,
    exitCode: passed ? 0 : CHECK_SAID_NO,
  };
}

/** Checks a release, also one that was downloaded; the exit code is the verdict. */
export const runVerify = (folder: string, now: Date): Promise<Result> =>
  withFilesInPlace(resolve(folder), async (release) => verdictOn(release, await verify(release, now)));

/** Ends with 0 whatever it finds: a difference is an answer, and no check. */
export async function runDiff(a: string, b: string): Promise<Result> {
  const difference = await diffReleases(await openRelease(resolve(a)), await openRelease(resolve(b)));
  return { data: difference, words: differenceWords(difference), exitCode: 0 };
}
