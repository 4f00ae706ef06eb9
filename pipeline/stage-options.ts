import { join } from "node:path";
import type { Config } from "./config.ts";
import type { Release } from "./core/release.ts";
import type { RunOptions } from "./core/run-stage.ts";
import { inTodaysShape } from "./release/earlier.ts";

/** The project's own folder, whose code and lockfile stages are made from. */
const PROJECT_FOLDER = join(import.meta.dirname, "..");

/** How stages run in this run. */
export function stageOptions({ workFolder, reuse }: Pick<Config, "workFolder" | "reuse">): RunOptions {
  return { workFolder, projectFolder: PROJECT_FOLDER, reuse };
}

/** The previous release as the stages read it: its rows in today's shape. */
export const earlierRelease = async ({ previous }: Pick<Config, "previous">): Promise<Release | null> =>
  previous === null ? null : inTodaysShape(previous);
