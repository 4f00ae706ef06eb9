import { join } from "node:path";
import type { Config } from "./config.ts";
import type { RunOptions } from "./core/run-stage.ts";

/** The project's own folder, whose code and lockfile stages are made from. */
const PROJECT_FOLDER = join(import.meta.dirname, "..");

/** How stages run in this run. */
export function stageOptions({ workFolder, reuse }: Pick<Config, "workFolder" | "reuse">): RunOptions {
  return { workFolder, projectFolder: PROJECT_FOLDER, reuse };
}
