import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import type { Manifest } from "../../pipeline/core/manifest.ts";
import type { Release } from "../../pipeline/core/release.ts";
import { compareText } from "../../pipeline/core/text.ts";
import {
  type MentionRow,
  type PaperRow,
  type Row,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from "../../schemas/index.ts";

type Tables = { readonly [N in TableName]?: readonly Row<(typeof TABLES)[N]>[] };

const counts = Object.fromEntries(TABLE_NAMES.map((name) => [name, 0])) as Manifest["counts"];

/** What a table of a release is sorted by. */
const keyOf = (table: TableName, row: object): string =>
  TABLES[table].key.map((name) => String((row as Record<string, unknown>)[name])).join(" ");

/** A release that holds these rows and no others, in the order of a release. */
export function releaseOf(tables: Tables): Release {
  return {
    folder: "a release of a test",
    version: "1.0.0",
    digest: "0".repeat(64),
    manifest: {
      name: "paperset",
      version: "1.0.0",
      schema_version: "1.0.0",
      created: "2026-01-01T00:00:00Z",
      previous_version: null,
      counts,
      repository_statuses: {},
      words_of_others: "held",
      inputs: [],
      stages: {},
      files: [],
    },
    async *rows<N extends TableName>(table: N) {
      const rows = (tables[table] ?? []) as readonly Row<(typeof TABLES)[N]>[];
      yield* rows.toSorted((a, b) => compareText(keyOf(table, a), keyOf(table, b)));
    },
  };
}

/** What a release of these papers holds, as far as ids go. */
export function releaseOfPapers(
  papers: readonly Paper[],
  firstIn: (paper: Paper) => string = () => "1.0.0",
): Release {
  return releaseOf({
    mentions: papers.flatMap(({ paper_id, mentions }): readonly MentionRow[] =>
      mentions.map((row) => ({ ...row, paper_id })),
    ),
    papers: papers.map(
      (paper): PaperRow => ({
        ...paper,
        arxiv_id_source: null,
        repository_id: null,
        repository_status: null,
        stars: null,
        stars_observed_at: null,
        repository_count: 0,
        mention_count: paper.mentions.length,
        first_released_in: firstIn(paper),
        first_captured_on: null,
        last_captured_on: null,
      }),
    ),
  });
}
