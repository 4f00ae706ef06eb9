import { test } from "vitest";
import type { Source } from "../pipeline/1-parse/input/sources.ts";
import { parse } from "../pipeline/1-parse/parse.ts";
import { dedupe } from "../pipeline/2-dedupe/dedupe.ts";
import type { Paper } from "../pipeline/2-dedupe/paper.ts";
import { enrich } from "../pipeline/3-enrich/enrich.ts";
import type { Effects } from "../pipeline/core/effects.ts";
import { type RunOptions, runStage, type StageOutput } from "../pipeline/core/run-stage.ts";
import type { Records } from "../pipeline/core/stage.ts";

declare const sources: Records<Source>;
declare const papers: StageOutput<Paper>;
declare const effects: Effects;
declare const options: RunOptions;

test("dedupe takes what parse gives", async () => {
  const mentions = await runStage(parse, sources, { capturedYear: null }, effects, options);
  await runStage(dedupe, mentions, { previous: null, overrides: [] }, effects, options);
});

test("a stage fed with another stage's output does not compile", async () => {
  const mentions = await runStage(parse, sources, { capturedYear: null }, effects, options);
  // @ts-expect-error enrich takes papers, not mentions
  await runStage(enrich, mentions, {} as never, effects, options);
  // @ts-expect-error dedupe takes mentions, not papers
  await runStage(dedupe, papers, { previous: null, overrides: [] }, effects, options);
  // @ts-expect-error parse takes sources, not papers
  await runStage(parse, papers, { capturedYear: null }, effects, options);
});
