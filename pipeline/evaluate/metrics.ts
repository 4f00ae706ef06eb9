import { clustersOf, type Item, share, worksIn } from "./items.ts";
import type { Pair } from "./labels.ts";
import { type RecordFigure, recordLevel } from "./record-level.ts";

/** Shares from 0 to 1; null where there is nothing to take a share of. */
export interface Shares {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export interface PairFigure extends Shares {
  /** Pairs in one cluster, those of them that are labelled, and all that are labelled. */
  readonly found: number;
  readonly right: number;
  readonly labelled: number;
}

const pairsOf = (size: number): number => (size * (size - 1)) / 2;
const sum = (numbers: Iterable<number>): number => Iterator.from(numbers).reduce((x, y) => x + y, 0);
const acrossSources = (items: readonly Item[]): number =>
  pairsOf(items.length) -
  sum([...Map.groupBy(items, ({ source }) => source).values()].map(({ length }) => pairsOf(length)));

function pairFigure(found: number, right: number, labelled: number): PairFigure {
  const shares = {
    precision: share(right, found),
    recall: share(right, labelled),
    f1: share(2 * right, found + labelled),
  };
  return { found, right, labelled, ...shares };
}

/** B-cubed (Bagga & Baldwin 1998): the mean over records of the share of its cluster that is of its work, and the reverse. */
export function bCubed(items: readonly Item[]): Shares {
  const works = Map.groupBy(items, ({ labelled }) => labelled);
  let [precision, recall] = [0, 0];
  for (const cluster of clustersOf(items))
    for (const part of worksIn(cluster)) {
      const work = works.get(part[0]?.labelled ?? "")?.length ?? 1;
      precision += part.length ** 2 / cluster.length;
      recall += part.length ** 2 / work;
    }
  const [p, r] = [share(precision, items.length), share(recall, items.length)];
  return { precision: p, recall: r, f1: p === null || r === null ? null : (2 * p * r) / (p + r) };
}

/** Sizes of clusters that are told apart, each up to the number. */
export const SIZES = [
  ["2", 2],
  ["3", 3],
  ["4-5", 5],
  ["6-10", 10],
  [">10", Number.POSITIVE_INFINITY],
] as const;

export interface SizeFigure {
  readonly size: (typeof SIZES)[number][0];
  readonly clusters: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number | null;
}

export interface Figures {
  readonly records: number;
  readonly clusters: number;
  /** Works as the labels have them, a record without a pair being one. */
  readonly labelledWorks: number;
  readonly largestCluster: number;
  readonly pairs: PairFigure;
  /** Pairs of records of two files; null where there is one file. */
  readonly crossSource: PairFigure | null;
  readonly bCubed: Shares;
  readonly recordLevel: RecordFigure;
  readonly bySize: readonly SizeFigure[];
}

function bySize(clusters: readonly Item[][], right: ReadonlyMap<string, number>): SizeFigure[] {
  return SIZES.map(([size, most], at) => {
    const least = SIZES[at - 1]?.[1] ?? 1;
    const all = clusters.filter(({ length }) => length > least && length <= most);
    const found = sum(all.map(({ length }) => pairsOf(length)));
    const good = sum(all.map(([first]) => right.get(first?.found ?? "") ?? 0));
    return { size, clusters: all.length, found, right: good, precision: share(good, found) };
  });
}

/**
 * Every figure of a clustering against labelled pairs. Pairs are counted as they are labelled, works are what pairs tie
 * together. A pair that nobody labelled counts as wrong.
 */
export function measure(items: readonly Item[], labelled: readonly Pair[]): Figures {
  const byId = new Map(items.map((item) => [item.id, item]));
  const clusters = clustersOf(items);
  const right = new Map<string, number>();
  const cross = { right: 0, labelled: 0 };
  for (const [a, b] of labelled) {
    const [x, y] = [byId.get(a), byId.get(b)];
    if (x === undefined || y === undefined) continue;
    const isCross = x.source !== y.source;
    if (isCross) cross.labelled += 1;
    if (x.found !== y.found) continue;
    right.set(x.found, (right.get(x.found) ?? 0) + 1);
    if (isCross) cross.right += 1;
  }
  const found = sum(clusters.map(({ length }) => pairsOf(length)));
  const sources = new Set(items.map(({ source }) => source)).size;
  return {
    records: items.length,
    clusters: clusters.length,
    labelledWorks: new Set(items.map((item) => item.labelled)).size,
    largestCluster: clusters.reduce((most, { length }) => Math.max(most, length), 0),
    pairs: pairFigure(found, sum(right.values()), labelled.length),
    crossSource:
      sources > 1 ? pairFigure(sum(clusters.map(acrossSources)), cross.right, cross.labelled) : null,
    bCubed: bCubed(items),
    recordLevel: recordLevel(items),
    bySize: bySize(clusters, right),
  };
}
