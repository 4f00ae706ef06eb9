import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Environment } from "../../../pipeline/config.ts";
import type { Release } from "../../../pipeline/core/release.ts";
import { type Published, planOf, publish } from "../../../pipeline/release/publish/publish.ts";
import { targetFor } from "../../../pipeline/release/publish/targets.ts";
import { type Finished, runPaperset } from "../../support/run-paperset.ts";
import { sharedReleases } from "../../support/shared-release.ts";

export interface Given {
  /** A folder of the test file's own. */
  readonly made: string;
  /** Versions 1.0.0 and 1.1.0 of one dataset, not to be written to. */
  readonly first: Release;
  readonly second: Release;
}

/** Gives each test file two releases to publish. */
export function makeTwoReleases(give: (given: Given) => void): void {
  let made: string;
  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), "paperset-publish-"));
    give({ made, ...(await sharedReleases()) });
  });
  afterAll(() => rm(made, { recursive: true }));
}

/** Every file of a release that a place takes, `manifest.json` among them. */
export const pathsOf = ({ manifest }: Release, { takesEmptyFiles } = { takesEmptyFiles: true }): string[] =>
  [
    ...manifest.files.filter(({ bytes }) => takesEmptyFiles || bytes > 0).map(({ path }) => path),
    "manifest.json",
  ].sort();

/** Runs the command as a person does. */
export const publishCommand = (
  release: Release,
  to: string,
  environment: Environment,
  ...more: readonly string[]
): Promise<Finished> => runPaperset(["publish", release.folder, "--to", to, ...more], { environment });

/** What the command does once the release has passed its gates, for tests of what follows. */
export async function bring(
  release: Release,
  { to, environment }: { readonly to: string; readonly environment: Environment },
): Promise<Published> {
  const target = await targetFor({ to, environment, isDryRun: false, sleep: async () => {} }, release);
  return publish(target, (await planOf(release, target)).uploads, () => {});
}
