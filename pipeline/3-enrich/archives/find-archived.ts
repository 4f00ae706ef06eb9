import type { RepositoryRow } from "../../../schemas/index.ts";
import type { Stage } from "../../core/stage.ts";
import { CheckProgress } from "../check-progress.ts";
import { softwareHeritage } from "../hosts/software-heritage.ts";
import { keepTold, openJournalOf } from "../journal.ts";
import type { CheckedRepository } from "../repository.ts";
import type { ServicesConfig } from "../services.ts";
import {
  type ArchiveState,
  askOf,
  type DatedArchive,
  isArchiveEntry,
  isDue,
  isLost,
  judgeArchive,
} from "./archive.ts";

export interface ArchivesConfig {
  /** Nobody is asked; repositories keep what is known of them. */
  readonly offline: boolean;
  readonly services: ServicesConfig;
  readonly journalPath: string;
}

/** Whether the archive is asked in this run. */
export const isOn = ({ offline, services }: ArchivesConfig): boolean =>
  !offline && services.only.includes("softwareheritage");

/** Looks for the repositories that their hosts no longer show in Software Heritage's archive. */
export const findArchived: Stage<CheckedRepository, ArchiveState, ArchivesConfig> = {
  name: "3-enrich-archives",
  async *run(repositories, { config, effects, tally }) {
    const lost = new Map<string, { readonly row: RepositoryRow; state: ArchiveState }>();
    for await (const { row } of repositories) {
      const { repository_id, swhid, swhid_checked_at } = row;
      if (isLost(row)) lost.set(repository_id, { row, state: { repository_id, swhid, swhid_checked_at } });
    }
    tally.read = lost.size;
    const take = (answer: DatedArchive) => {
      const one = lost.get(answer.repository_id);
      if (one !== undefined) one.state = judgeArchive(one.state, answer);
    };
    const journal = openJournalOf(config.journalPath, isArchiveEntry);
    for await (const answer of journal.entries()) take(answer);
    const service = softwareHeritage(config.services.endpoints.softwareheritage);
    const due = isOn(config) ? [...lost.values()].filter(({ state }) => isDue(state, effects.now())) : [];
    if (due.length > 0) {
      const progress = new CheckProgress<DatedArchive>(
        findArchived.name,
        due.length,
        effects.log,
        ({ answer: { kind } }) =>
          kind === "archived" ? "found" : kind === "not_archived" ? "missing" : null,
      );
      const asks = due.map(({ row }) => askOf(row));
      await keepTold([service.check(asks, { effects, tell: progress.listener() })], journal, (answers) => {
        for (const answer of answers) take(answer);
        progress.told(answers);
      });
    }
    for (const { state } of lost.values()) yield state;
  },
};
