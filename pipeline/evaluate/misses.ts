import type { Decision } from "./explain.ts";
import { type Pair, pairKey } from "./labels.ts";
import type { Placed, RecordWords, Subject } from "./subject.ts";

/** A pair on which clustering and labels differ: put together and not labelled, or labelled and kept apart. */
export interface Miss extends Decision {
  readonly miss: "false" | "missed";
  readonly a: RecordWords;
  readonly b: RecordWords;
}

/** So many of each kind are written; a cluster of thousands holds millions of pairs. */
const MOST_MISSES = 10_000;

function* falsePairs(records: readonly Placed[], labelled: ReadonlySet<string>): Generator<[Placed, Placed]> {
  for (const cluster of Map.groupBy(records, ({ found }) => found).values())
    for (const [at, a] of cluster.entries())
      for (const b of cluster.slice(at + 1)) if (!labelled.has(pairKey(a.id, b.id))) yield [a, b];
}

function* missedPairs(records: readonly Placed[], labelled: readonly Pair[]): Generator<[Placed, Placed]> {
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const [idA, idB] of labelled) {
    const [a, b] = [byId.get(idA), byId.get(idB)];
    if (a !== undefined && b !== undefined && a.found !== b.found) yield [a, b];
  }
}

const wordsOf = ({ id, file, title, authors, year, venue }: Placed): RecordWords => ({
  ...{ id, file, title, authors, year, venue },
});

const sortKey = ([a, b]: readonly [Placed, Placed]) => JSON.stringify([a.title, a.id, b.id]);
const order = (x: readonly [Placed, Placed], y: readonly [Placed, Placed]) =>
  sortKey(x) < sortKey(y) ? -1 : 1;

/** The pairs that clustering and labels see otherwise, the false ones first, each kind in the order of titles. */
export function findMisses(subject: Subject, labelled: readonly Pair[]): Miss[] {
  const keys = new Set(labelled.map(([a, b]) => pairKey(a, b)));
  const wrong = falsePairs(subject.records, keys).take(MOST_MISSES).toArray().sort(order);
  const missed = missedPairs(subject.records, labelled).take(MOST_MISSES).toArray().sort(order);
  if (wrong.length + missed.length === 0) return [];
  const explain = subject.explainer();
  const told =
    (miss: Miss["miss"]) =>
    ([a, b]: readonly [Placed, Placed]): Miss => ({
      ...{ miss, a: wordsOf(a), b: wordsOf(b) },
      ...explain(a.id, b.id),
    });
  return [...wrong.map(told("false")), ...missed.map(told("missed"))];
}
