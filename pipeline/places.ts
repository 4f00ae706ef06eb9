import { join, resolve } from "node:path";
import { LATEST } from "./core/release.ts";
import type { Given } from "./options.ts";

/** Where a run finds and leaves things when it is not told: one place for each. */

/** The output folder. */
export const outOf = ({ out }: Pick<Given, "out">): string => resolve(out ?? "out");

/** What stages keep from run to run, in an output folder. */
export const workFolderOf = (out: string): string => join(out, ".work");

/** The newest release, as it stands in the output folder. */
export const latestOf = (given: Pick<Given, "out">): string => join(outOf(given), LATEST);
