import type { RepositoryRow } from "../../../schemas/index.ts";
import type { EnrichPlan } from "../enrich.ts";
import { softwareHeritage } from "../hosts/software-heritage.ts";
import { openJournalOf } from "../journal.ts";
import {
  type ArchiveState,
  askOf,
  type DatedArchive,
  isArchiveEntry,
  isDue,
  isLost,
  judgeArchive,
} from "./archive.ts";
import { type ArchivesConfig, isOn } from "./find-archived.ts";

/** What the archive would be asked, as far as that is known before repositories are checked. */
export interface ArchivesPlan {
  /** Takes a repository into account as it is known; `isAsked`: it would be checked first, and may turn out otherwise. */
  see(row: RepositoryRow, isAsked: boolean): void;
  plan(): EnrichPlan;
}

/**
 * A plan between two bounds: what is lost and is not checked again is looked for in any case, and all that is checked
 * may turn out lost. Nothing is asked and nothing written.
 */
export async function planArchives(config: ArchivesConfig, now: Date): Promise<ArchivesPlan> {
  const answers = new Map<string, DatedArchive[]>();
  for await (const answer of openJournalOf(config.journalPath, isArchiveEntry).entries())
    answers.set(answer.repository_id, [...(answers.get(answer.repository_id) ?? []), answer]);
  const stateOf = (row: RepositoryRow) =>
    (answers.get(row.repository_id) ?? []).reduce<ArchiveState>(judgeArchive, row);
  const service = softwareHeritage(config.services.endpoints.softwareheritage);
  let lost = 0;
  let sure = 0;
  let addresses = 0;
  return {
    see(row, isAsked) {
      if (!(isLost(row) || isAsked) || !isDue(stateOf(row), now)) return;
      addresses += askOf(row).urls.length;
      if (isLost(row)) lost += 1;
      if (isLost(row) && !isAsked) sure += 1;
    },
    plan: () =>
      addresses === 0 || !isOn(config)
        ? []
        : [{ service: service.name, due: lost, ...service.planBetween(sure, addresses) }],
  };
}
