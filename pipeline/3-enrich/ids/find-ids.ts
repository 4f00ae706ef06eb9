import type { Paper } from "../../2-dedupe/paper.ts";
import type { Effects } from "../../core/effects.ts";
import type { Release } from "../../core/release.ts";
import type { Stage } from "../../core/stage.ts";
import type { EnrichPlan } from "../enrich.ts";
import { arxiv } from "../hosts/arxiv.ts";
import { type FoundBy, titleKey } from "./agreement.ts";
import {
  type Asking,
  type ByTitle,
  crowdedTitles,
  dueTitles,
  lookUp,
  openTitleJournal,
  takeTold,
} from "./look-up.ts";
import { type Nameless, namelessPapers, take } from "./nameless.ts";
import { type SnapshotTally, snapshotPapers } from "./snapshot.ts";

export interface IdsConfig {
  /** arXiv's metadata snapshot, told apart from another of the same name by its size and time; null: none was given. */
  readonly snapshot: { readonly path: string; readonly size: number; readonly modified: string } | null;
  /** Asking arXiv's API for the titles that the snapshot does not have; null: only what it told earlier counts. */
  readonly asking: Asking | null;
  readonly journalPath: string;
  readonly previous: Release | null;
}

/** An identifier that no capture carries, and how it was found. */
export interface FoundId {
  readonly paper_id: string;
  readonly arxiv_id: string;
  readonly source: FoundBy;
}

/** What the stage's report says of it. */
export interface IdsNote {
  readonly papers_without: number;
  readonly found: number;
  /** Papers that fit several identifiers, or one that another paper has or fits. */
  readonly doubtful: number;
  readonly snapshot_papers: number;
  readonly snapshot_unreadable: number;
  /** Different titles that arXiv's API told of, in this run or an earlier one. */
  readonly titles_told: number;
  /** Different titles that were to be looked up, and about which nothing is known for all that. */
  readonly titles_untold: number;
}

function titlesOf(nameless: readonly Nameless[]): ByTitle {
  const byTitle = Map.groupBy(nameless, ({ title }) => titleKey(title) ?? "");
  byTitle.delete("");
  return byTitle;
}

async function readSnapshot(path: string, byTitle: ByTitle, effects: Effects, read: SnapshotTally) {
  for await (const listed of snapshotPapers(path, effects, read)) {
    for (const paper of byTitle.get(titleKey(listed.title) ?? "") ?? []) take(paper, listed);
    if (read.papers % 10_000 === 0) effects.log.progress(findIds.name, read.papers, null);
  }
}

/** The identifiers that one paper alone fits, of papers that fit one alone. */
function certain(fitting: readonly Nameless[], taken: ReadonlySet<string>): FoundId[] {
  const namings = new Map<string, number>();
  for (const { found } of fitting) for (const id of found.keys()) namings.set(id, (namings.get(id) ?? 0) + 1);
  return fitting.flatMap(({ paper_id, found }) =>
    [...found].flatMap(([arxiv_id, source]) =>
      found.size === 1 && !taken.has(arxiv_id) && namings.get(arxiv_id) === 1
        ? [{ paper_id, arxiv_id, source }]
        : [],
    ),
  );
}

/** What arXiv would be asked, at most: what a snapshot has is not known before it is read. */
export async function planIds(
  papers: AsyncIterable<Paper>,
  { previous, asking, journalPath }: IdsConfig,
  now: Date,
): Promise<EnrichPlan> {
  if (asking === null) return [];
  const { nameless } = await namelessPapers(papers, previous);
  const byTitle = titlesOf(nameless);
  const told = await takeTold(byTitle, openTitleJournal(journalPath));
  const asks = dueTitles(byTitle, told, asking, now);
  const service = arxiv(asking.arxiv);
  return asks.length === 0 ? [] : [{ service: service.name, due: asks.length, ...service.plan(asks, now) }];
}

/**
 * Finds arXiv identifiers of papers that have none, in a local copy of arXiv's metadata, and by its API where that was
 * asked for: by an equal title, where the abstract or the authors agree. A paper that fits several identifiers gets
 * none, and neither does one whose identifier another paper has: in doubt they are two works.
 */
export const findIds: Stage<Paper, FoundId, IdsConfig> = {
  name: "3-enrich-ids",
  async *run(papers, { config, effects, tally, note }) {
    const { snapshot, asking, journalPath } = config;
    const { nameless, taken } = await namelessPapers(papers, config.previous);
    const byTitle = titlesOf(nameless);
    const read = { papers: 0, unreadable: 0 };
    if (snapshot !== null && nameless.length > 0) await readSnapshot(snapshot.path, byTitle, effects, read);
    const journal = openTitleJournal(journalPath);
    const told = await takeTold(byTitle, journal);
    let due = 0;
    if (asking !== null) {
      await lookUp(byTitle, told, asking, journal, effects);
      due = dueTitles(byTitle, told, asking, effects.now()).length;
    }
    const crowded = crowdedTitles(told);
    const fitting = nameless.filter(({ found }) => found.size > 0);
    const found = certain(fitting, taken);
    tally.read = found.length;
    note("ids", {
      papers_without: nameless.length,
      found: found.length,
      doubtful: fitting.length - found.length,
      snapshot_papers: read.papers,
      snapshot_unreadable: read.unreadable,
      titles_told: told.size - crowded,
      titles_untold: due + crowded,
    } satisfies IdsNote);
    yield* found;
  },
};
