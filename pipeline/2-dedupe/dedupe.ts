import type { Mention } from "../1-parse/mention.ts";
import type { Release } from "../core/release.ts";
import type { Stage } from "../core/stage.ts";
import { cluster } from "./cluster.ts";
import { assignIds, type EarlierIds, type EarlierPaper } from "./ids.ts";
import { mergeCluster, mergeFacts } from "./merge.ts";
import type { Override } from "./overrides.ts";
import type { Paper } from "./paper.ts";

export interface DedupeConfig {
  readonly overrides: readonly Override[];
  /** The release whose ids are kept. */
  readonly previous: Release | null;
}

/** What the previous release knows its papers by. */
async function earlierIds(previous: Release | null): Promise<EarlierIds> {
  const papers: EarlierPaper[] = [];
  const merged: string[] = [];
  if (previous === null) return { papers, merged };
  const mentionIds = new Map<string, string[]>();
  for await (const { paper_id, mention_id } of previous.rows("mentions")) {
    const ids = mentionIds.get(paper_id);
    if (ids === undefined) mentionIds.set(paper_id, [mention_id]);
    else ids.push(mention_id);
  }
  for await (const row of previous.rows("papers")) {
    const { paper_id, first_released_in, ...facts } = row;
    papers.push({ paper_id, first_released_in, mention_ids: mentionIds.get(paper_id) ?? [], facts });
  }
  for await (const { retired_id, reason } of previous.rows("retired_ids"))
    if (reason !== "removed") merged.push(retired_id);
  return { papers, merged };
}

/** The overrides that name a mention which does not stand in the captures. */
function unknownIn(overrides: readonly Override[], mentions: readonly Mention[]): Override[] {
  const known = new Set(mentions.map(({ mention_id }) => mention_id));
  return overrides.filter(({ mention_a, mention_b }) => !known.has(mention_a) || !known.has(mention_b));
}

/** Makes one paper of all mentions of a work, in the order of paper ids. */
export const dedupe: Stage<Mention, Paper, DedupeConfig> = {
  name: "2-dedupe",
  async *run(input, { config, tally, note }) {
    const mentions: Mention[] = [];
    for await (const mention of input) mentions.push(mention);
    tally.read = mentions.length;
    const given = config.overrides;
    if (given.length > 0) note("overrides", { given, unknown: unknownIn(given, mentions) });
    const works = cluster(mentions, given).map((members) => ({
      members,
      facts: mergeFacts(members.map(({ mention }) => mention)),
      mention_ids: members.map(({ mention }) => mention.mention_id),
      titles: [...new Set(members.map(({ mention }) => mention.title))],
    }));
    const papers = assignIds(works, await earlierIds(config.previous)).map(mergeCluster);
    papers.sort((a, b) => (a.paper_id < b.paper_id ? -1 : 1));
    tally.merged = papers.reduce((sum, paper) => sum + paper.mentions.length - 1, 0);
    yield* papers;
  },
};
