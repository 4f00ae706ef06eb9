import { MATCH_RULES } from "../../schemas/vocabularies.ts";
import type { Mention } from "../1-parse/mention.ts";
import { type Comparison, compare } from "../2-dedupe/compare/compare.ts";
import { type Features, featuresOf } from "../2-dedupe/compare/features.ts";
import { DIFFERENCES } from "../2-dedupe/compare/vetoes.ts";
import { corpusOf } from "../2-dedupe/corpus/corpus.ts";
import { profileOf } from "../2-dedupe/profile/profile.ts";
import { BatchWriter } from "../2-dedupe/store/batch.ts";
import { ProfileStore } from "../2-dedupe/store/profiles.ts";
import { lessonsOf } from "../2-dedupe/works/works.ts";
import { PapersetError } from "../core/errors.ts";

/** Why two mentions are one paper, or why they are not. */
export interface Explanation {
  readonly mentions: readonly [Mention, Mention];
  readonly comparison: Comparison;
  readonly features: Features;
}

/** Mentions are packed so many at once. */
const BATCH = 1_000;

/** What all of these mentions teach, and those of them that have one of these ids. */
async function lookThrough(mentions: AsyncIterable<Mention>, ids: readonly string[]) {
  const named = new Map<string, Mention>();
  const store = new ProfileStore();
  const batch = new BatchWriter();
  let waiting = 0;
  for await (const mention of mentions) {
    if (ids.includes(mention.mention_id)) named.set(mention.mention_id, mention);
    batch.add(profileOf(mention));
    waiting += 1;
    if (waiting % BATCH === 0) store.add(batch.take());
  }
  store.add(batch.take());
  return { named, corpus: corpusOf(lessonsOf(store.asAdded())) };
}

/** Compares two of these mentions as the dedupe stage does, taught by all of them. */
export async function explainPair(
  mentions: AsyncIterable<Mention>,
  idA: string,
  idB: string,
): Promise<Explanation> {
  const { named, corpus } = await lookThrough(mentions, [idA, idB]);
  const mentionOf = (id: string): Mention => {
    const mention = named.get(id);
    if (mention !== undefined) return mention;
    throw new PapersetError(
      "USAGE",
      `There is no mention ${id} in the output of the parse stage: take ids from the table mentions of the newest release.`,
    );
  };
  const [a, b] = [mentionOf(idA), mentionOf(idB)];
  const [x, y] = [profileOf(a), profileOf(b)];
  return { mentions: [a, b], comparison: compare(x, y, corpus), features: featuresOf(x, y, corpus) };
}

/** The same for a person to read. */
export function pairWords({ mentions, comparison, features }: Explanation): string {
  const verdict = comparison.same
    ? `One work, by ${comparison.rule} (${comparison.score.toFixed(2)}): ${MATCH_RULES[comparison.rule]}`
    : `Not taken for one work: ${comparison.reason}: ${DIFFERENCES[comparison.reason]}`;
  const figures = Object.entries(features).map(([name, value]) => {
    const shown = typeof value === "number" ? value.toFixed(2) : value === null ? "not known" : String(value);
    return `  ${name.padEnd(14)} ${shown}`;
  });
  const places = mentions.map(
    ({ mention_id, title, source_file, line_start }) =>
      `${mention_id}  ${source_file}, line ${line_start}\n  “${title}”`,
  );
  return [...places, "", verdict, "", ...figures].join("\n");
}
