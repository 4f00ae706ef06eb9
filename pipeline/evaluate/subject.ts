import type { Mention } from "../1-parse/mention.ts";
import { yearOf } from "../2-dedupe/profile/profile.ts";
import { cluster } from "../2-dedupe/works/cluster.ts";
import { PapersetError } from "../core/errors.ts";
import type { Release } from "../core/release.ts";
import { type Clustered, type Decision, explainer } from "./explain.ts";

/** A record as a person would know it again. */
export interface RecordWords {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly authors: readonly string[] | null;
  readonly year: number | null;
  readonly venue: string | null;
}

/** A record with the cluster that it was put in. */
export interface Placed extends RecordWords {
  /** The digest of its file: two files are two sources. */
  readonly source: string;
  readonly found: string;
}

/** A clustering to be evaluated, and why it is as it is. */
export interface Subject {
  readonly records: readonly Placed[];
  /** Records that no pair can name. */
  readonly withoutId: number;
  /** Made when it is first needed: it costs about as much as the clustering. */
  explainer(): (a: string, b: string) => Decision;
}

/** Pairs name records by their ids, so every id must name one. */
function requireIds(records: readonly Placed[], withoutId: number): void {
  if (records.length === 0)
    throw new PapersetError(
      "USAGE",
      `None of ${withoutId} records has an id of its own, so labelled pairs cannot name them: take input with ids, such as a table with a column id.`,
    );
  const seen = new Map<string, Placed>();
  for (const record of records) {
    const first = seen.get(record.id);
    if (first !== undefined)
      throw new PapersetError(
        "USAGE",
        `Two records have the id ${JSON.stringify(record.id)} (in ${first.file} and in ${record.file}): labelled pairs need ids that are unique over all inputs.`,
      );
    seen.set(record.id, record);
  }
}

/** Clusters mentions as the second stage does. */
export function subjectOfMentions(mentions: readonly Mention[]): Subject {
  const clustered: Clustered[] = cluster(mentions).flatMap((members, at) =>
    members.map(({ mention }) => ({ mention, found: String(at) })),
  );
  const named = clustered.flatMap(({ mention, found }) => {
    const { source_record_id: id, source_file: file, source_sha256: source, title, authors, venue } = mention;
    if (id === null) return [];
    const record = { id, file, source, found, title, authors, year: yearOf(mention), venue };
    return [{ record, mentionId: mention.mention_id }];
  });
  const records = named.map(({ record }) => record);
  const withoutId = clustered.length - records.length;
  requireIds(records, withoutId);
  return {
    records,
    withoutId,
    explainer() {
      const mentionIds = new Map(named.map(({ record, mentionId }) => [record.id, mentionId]));
      const explain = explainer(clustered);
      return (a, b) => explain(mentionIds.get(a) ?? "", mentionIds.get(b) ?? "");
    },
  };
}

interface Tied {
  readonly paper_id: string;
  readonly words: string;
}

/** Takes the clustering that a release holds. It keeps why mentions are in one paper, not why others are not. */
export async function subjectOfRelease(release: Release): Promise<Subject> {
  const papers = new Map<string, Pick<Placed, "authors" | "year" | "venue">>();
  for await (const paper of release.rows("papers")) {
    const { paper_id, authors, venue } = paper;
    papers.set(paper_id, { authors, year: yearOf(paper), venue });
  }
  const records: Placed[] = [];
  const ties = new Map<string, Tied>();
  let withoutId = 0;
  for await (const row of release.rows("mentions")) {
    const { source_record_id: id, source_file: file, source_sha256: source, paper_id: found } = row;
    const facts = papers.get(found) ?? { authors: null, year: null, venue: null };
    if (id === null) withoutId += 1;
    else {
      records.push({ id, file, source, found, title: row.title_as_captured, ...facts });
      const score = row.match_score === null ? "" : ` (${row.match_score.toFixed(3)})`;
      ties.set(id, { paper_id: found, words: `${row.match_rule}${score}` });
    }
  }
  requireIds(records, withoutId);
  const decide = (a: string, b: string): Decision => {
    const [x, y] = [ties.get(a), ties.get(b)];
    const why =
      x?.paper_id === y?.paper_id
        ? `The release has both in ${x?.paper_id}: by ${x?.words} and by ${y?.words}.`
        : `The release has them in ${x?.paper_id} and ${y?.paper_id}; only the captures show why.`;
    return { decision: "in_release", rule: null, score: null, difference: null, why };
  };
  return { records, withoutId, explainer: () => decide };
}
