import type { RepositoryRow } from "../../../schemas/index.ts";
import type { RepositoryStatus } from "../../../schemas/vocabularies.ts";
import { isDaysOld } from "../../core/days.ts";
import type { Stage } from "../../core/stage.ts";
import { CheckProgress } from "../check-progress.ts";
import { softwareHeritage } from "../hosts/software-heritage.ts";
import { keepTold, openJournalOf } from "../journal.ts";
import type { CheckedRepository } from "../repository.ts";
import type { ServicesConfig } from "../services.ts";
import {
  type ArchiveAsk,
  type ArchiveState,
  type DatedArchive,
  isArchiveEntry,
  judgeArchive,
} from "./archive.ts";

export interface ArchivesConfig {
  /** Nobody is asked; repositories keep what is known of them. */
  readonly offline: boolean;
  readonly services: ServicesConfig;
  readonly journalPath: string;
}

/** What is not archived may be later, seldom; what is archived stays so. */
const LOOK_AGAIN_DAYS = 30;

/** The statuses of repositories that readers can no longer get at their host. */
const LOST: ReadonlySet<RepositoryStatus> = new Set(["missing", "gone", "blocked"]);

/** More earlier names than these are not looked for. */
const MOST_NAMES = 3;

function askOf(row: RepositoryRow): ArchiveAsk {
  const names = [row.full_name, ...row.previous_names.toReversed()].slice(0, MOST_NAMES);
  return {
    repository_id: row.repository_id,
    urls: [...new Set(names)].map((name) => `https://${row.host}/${name}`),
  };
}

function isDue({ swhid, swhid_checked_at }: ArchiveState, now: Date): boolean {
  if (swhid !== null) return false;
  return swhid_checked_at === null || isDaysOld(swhid_checked_at, LOOK_AGAIN_DAYS, now);
}

/** Looks for the repositories that their hosts no longer show in Software Heritage's archive. */
export const findArchived: Stage<CheckedRepository, ArchiveState, ArchivesConfig> = {
  name: "3-enrich-archives",
  async *run(repositories, { config, effects, tally }) {
    const rows = new Map<string, RepositoryRow>();
    const states = new Map<string, ArchiveState>();
    for await (const { row } of repositories) {
      if (!LOST.has(row.status)) continue;
      const { repository_id, swhid, swhid_checked_at } = row;
      rows.set(repository_id, row);
      states.set(repository_id, { repository_id, swhid, swhid_checked_at });
    }
    tally.read = states.size;
    const take = (answer: DatedArchive) => {
      const state = states.get(answer.repository_id);
      if (state !== undefined) states.set(answer.repository_id, judgeArchive(state, answer));
    };
    const journal = openJournalOf(config.journalPath, isArchiveEntry);
    for await (const answer of journal.entries()) take(answer);
    const service = softwareHeritage(config.services.endpoints.softwareheritage);
    const isOn = !config.offline && config.services.only.includes("softwareheritage");
    const due = [...rows.values()].filter((row) => {
      const state = states.get(row.repository_id);
      return isOn && state !== undefined && isDue(state, effects.now());
    });
    if (due.length > 0) {
      const progress = new CheckProgress<DatedArchive>(
        findArchived.name,
        due.length,
        effects.log,
        ({ answer: { kind } }) =>
          kind === "archived" ? "found" : kind === "not_archived" ? "missing" : null,
      );
      const checks = [service.check(due.map(askOf), { effects, tell: progress.listener() })];
      await keepTold(checks, journal, (answers) => {
        for (const answer of answers) take(answer);
        progress.told(answers);
      });
    }
    yield* states.values();
  },
};
