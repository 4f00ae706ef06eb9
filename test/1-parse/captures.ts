import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Source } from "../../pipeline/1-parse/input/sources.ts";
import { parse } from "../../pipeline/1-parse/parse.ts";
import { readJsonLines } from "../../pipeline/core/files.ts";
import type { Reject } from "../../pipeline/core/stage.ts";
import { type TestEffects, testEffects } from "../support/effects.ts";
import { runAlone } from "../support/stages.ts";

/** Effects that read real files and reach no network. */
export function captureEffects(): TestEffects {
  return Object.assign(testEffects(), { open: (path: string | Buffer) => createReadStream(path) });
}

/** Runs the parse stage alone, with its output in `workFolder`. */
export function parseAlone(
  sources: readonly Source[],
  workFolder: string,
  {
    capturedYear = null,
    effects = captureEffects(),
  }: { capturedYear?: number | null; effects?: TestEffects } = {},
) {
  return runAlone(parse, sources, { capturedYear }, effects, workFolder);
}

/** The rejects that the parse stage left in `workFolder`. */
export const rejectsIn = (workFolder: string): Promise<Reject[]> =>
  Array.fromAsync(readJsonLines<Reject>(join(workFolder, parse.name, "rejects.jsonl")));
