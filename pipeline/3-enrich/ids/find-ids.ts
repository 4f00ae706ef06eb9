import type { IdSource } from "../../../schemas/vocabularies.ts";
import type { Paper } from "../../2-dedupe/paper.ts";
import { arxivOf } from "../../2-dedupe/profile/identifiers.ts";
import type { Release } from "../../core/release.ts";
import type { Stage } from "../../core/stage.ts";
import { agreement, type Described, titleKey } from "./agreement.ts";
import { snapshotPapers } from "./snapshot.ts";

export interface IdsConfig {
  /** arXiv's metadata snapshot, told apart from another of the same name by its size and time; null: none was given. */
  readonly snapshot: { readonly path: string; readonly size: number; readonly modified: string } | null;
  readonly previous: Release | null;
}

/** An identifier that no capture carries, and how it was found. */
export interface FoundId {
  readonly paper_id: string;
  readonly arxiv_id: string;
  readonly source: Exclude<IdSource, "captured">;
}

/** What the stage's report says of it. */
export interface IdsNote {
  readonly papers_without: number;
  readonly found: number;
  /** Papers that fit several identifiers, or one that another paper has or fits. */
  readonly doubtful: number;
  readonly snapshot_papers: number;
  readonly snapshot_unreadable: number;
}

/** A paper without an arXiv identifier, and those that a catalogue has for it. */
interface Nameless extends Described {
  readonly paper_id: string;
  readonly found: Map<string, FoundId["source"]>;
}

/** Papers without an identifier, and all identifiers that papers have. */
async function namelessPapers(papers: AsyncIterable<Paper>) {
  const nameless: Nameless[] = [];
  const taken = new Set<string>();
  for await (const paper of papers) {
    const known = arxivOf(paper);
    if (known !== null) taken.add(known);
    else {
      const { paper_id, title, abstract, authors } = paper;
      nameless.push({ paper_id, title, abstract, authors, found: new Map() });
    }
  }
  return { nameless, taken };
}

/** Identifiers of the previous release that were found, not captured: they stay where nothing better is known. */
async function takeEarlier(byId: ReadonlyMap<string, Nameless>, previous: Release | null): Promise<void> {
  if (previous === null) return;
  for await (const { paper_id, arxiv_id, arxiv_id_source } of previous.rows("papers")) {
    const paper = byId.get(paper_id);
    if (paper === undefined || arxiv_id === null) continue;
    if (arxiv_id_source !== null && arxiv_id_source !== "captured")
      paper.found.set(arxiv_id, arxiv_id_source);
  }
}

/**
 * Finds arXiv identifiers of papers that have none, in a local copy of arXiv's metadata: by an equal title, where the
 * abstract or the authors agree. A paper that fits several identifiers gets none, and neither does one whose identifier
 * another paper has: in doubt they are two works.
 */
export const findIds: Stage<Paper, FoundId, IdsConfig> = {
  name: "3-enrich-ids",
  async *run(papers, { config, effects, tally, note }) {
    const { nameless, taken } = await namelessPapers(papers);
    await takeEarlier(new Map(nameless.map((paper) => [paper.paper_id, paper])), config.previous);
    const read = { papers: 0, unreadable: 0 };
    if (config.snapshot !== null && nameless.length > 0) {
      const byTitle = Map.groupBy(nameless, ({ title }) => titleKey(title));
      byTitle.delete(null);
      for await (const listed of snapshotPapers(config.snapshot.path, effects, read)) {
        for (const paper of byTitle.get(titleKey(listed.title)) ?? []) {
          const source = agreement(paper, listed);
          if (source !== null) paper.found.set(listed.arxiv_id, source);
        }
        if (read.papers % 10_000 === 0) effects.log.progress(findIds.name, read.papers, null);
      }
    }
    const namings = new Map<string, number>();
    for (const { found } of nameless)
      for (const id of found.keys()) namings.set(id, (namings.get(id) ?? 0) + 1);
    const isOwn = (id: string) => !taken.has(id) && namings.get(id) === 1;
    const doubtful = nameless.filter(
      ({ found }) => found.size > 1 || [...found.keys()].some((id) => !isOwn(id)),
    );
    const found = nameless.flatMap(({ paper_id, found: ids }): FoundId[] => {
      const [[arxiv_id, source] = [null, null]] = ids;
      return ids.size === 1 && arxiv_id !== null && source !== null && isOwn(arxiv_id)
        ? [{ paper_id, arxiv_id, source }]
        : [];
    });
    tally.read = found.length;
    note("ids", {
      papers_without: nameless.length,
      found: found.length,
      doubtful: doubtful.length,
      snapshot_papers: read.papers,
      snapshot_unreadable: read.unreadable,
    } satisfies IdsNote);
    yield* found;
  },
};
