import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { type EnrichConfig, enrich } from "../../pipeline/3-enrich/enrich.ts";
import { openJournal } from "../../pipeline/3-enrich/journal.ts";
import type { CheckedRepository } from "../../pipeline/3-enrich/repository.ts";
import type { Effects } from "../../pipeline/core/effects.ts";
import type { GitHubAtHand } from "../support/github-check.ts";
import { paperNaming } from "../support/repositories.ts";
import { asking } from "../support/services.ts";
import { runAlone } from "../support/stages.ts";

/** Runs of the stage in a folder of the test's own. */
export const place = { folder: "", journalPath: "" };
beforeEach(async () => {
  place.folder = await mkdtemp(join(tmpdir(), "paperset-enrich-"));
  place.journalPath = join(place.folder, "3-enrich", "journal.jsonl");
});
afterEach(() => rm(place.folder, { recursive: true }));

interface Asking {
  readonly github: EnrichConfig["github"];
  readonly effects: Effects;
}

/** Runs the stage for these papers, a verdict being good for a week. */
export function runPapers(
  papers: readonly Paper[],
  { github, effects }: Asking,
  config: Partial<EnrichConfig> = {},
) {
  const { folder, journalPath } = place;
  const defaults = { ...asking(), github, starHistory: false, journalPath };
  return runAlone(enrich, papers, { ...defaults, ...config }, effects, folder);
}

/** The same for one paper that names these repositories. */
export const run = (names: readonly string[], asking: Asking, config: Partial<EnrichConfig> = {}) =>
  runPapers([paperNaming(...names)], asking, config);

export const statuses = (records: readonly CheckedRepository[]) =>
  Object.fromEntries(records.map(({ row }) => [row.full_name, row.status]));

/** How many names each query asked for. */
export const asked = ({ double }: GitHubAtHand) =>
  double.seen.flatMap(({ aliases }) => (aliases > 0 ? [aliases] : []));

/** What the journal holds. */
export const journalled = () => Array.fromAsync(openJournal(place.journalPath).entries());
