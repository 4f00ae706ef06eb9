import { join } from "node:path";
import type { Effects } from "../../pipeline/core/effects.ts";
import { runStage, type StageReport } from "../../pipeline/core/run-stage.ts";
import type { Stage } from "../../pipeline/core/stage.ts";

export interface StageResult<T> {
  readonly records: readonly T[];
  readonly report: StageReport;
}

/** Runs a stage as the program does, balance check included, with its output in `workFolder`; `path` has the input. */
export async function runAlone<In, Out, Config>(
  stage: Stage<In, Out, Config>,
  input: readonly NoInfer<In>[],
  config: NoInfer<Config>,
  effects: Effects,
  workFolder: string,
  path?: string,
): Promise<StageResult<Out>> {
  async function* records() {
    yield* input;
  }
  const options = { workFolder, projectFolder: join(import.meta.dirname, "../.."), reuse: false };
  const output = await runStage(
    stage,
    { digest: "input", records, ...(path === undefined ? {} : { path }) },
    config,
    effects,
    options,
  );
  return { report: output.report, records: await Array.fromAsync(output.records()) };
}
