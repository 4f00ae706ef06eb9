import type { Pair } from "./labels.ts";

/** A record with the work that it was put in and the work that the labels put it in. */
export interface Item {
  readonly id: string;
  /** The file that it stands in. */
  readonly source: string;
  readonly found: string;
  readonly labelled: string;
}

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

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
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

const clustersOf = (items: readonly Item[]): Item[][] => [
  ...Map.groupBy(items, ({ found }) => found).values(),
];
/** The parts of a cluster that are of one work each. */
const worksIn = (cluster: readonly Item[]): Item[][] => [
  ...Map.groupBy(cluster, ({ labelled }) => labelled).values(),
];

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

export interface RecordFigure {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly sensitivity: number | null;
  readonly precision: number | null;
  readonly specificity: number | null;
  readonly f1: number | null;
  /** Records that share a cluster with a record of another work. */
  readonly falseMerges: number;
}

/**
 * What becomes of each record when every cluster keeps one and the others are removed, as systematic reviewers count
 * it (BibDedupe, ASySD): of a work of n records, n - 1 are duplicates to be removed, whichever they are. A cluster
 * keeps a record of the work that most of its records are of; at a tie, of the one with the first name. Then a record is
 *
 * - TP, removed beside another record of its work: in a cluster, all but one record of each work;
 * - FP, removed as a record of another work: that one of each further work in a cluster;
 * - TN, kept, the first kept record of its work;
 * - FN, kept, a further one of its work.
 *
 * Every record is one of the four. Without false merges TP + FN is the sum of n - 1 over the works.
 */
export function recordLevel(items: readonly Item[]): RecordFigure {
  const kept = new Set<string>();
  let [tp, fp, fn, falseMerges] = [0, 0, 0, 0];
  for (const cluster of clustersOf(items)) {
    const parts = worksIn(cluster).sort(
      (x, y) => y.length - x.length || ((x[0]?.labelled ?? "") < (y[0]?.labelled ?? "") ? -1 : 1),
    );
    const work = parts[0]?.[0]?.labelled ?? "";
    tp += cluster.length - parts.length;
    fp += parts.length - 1;
    if (parts.length > 1) falseMerges += cluster.length;
    if (kept.has(work)) fn += 1;
    kept.add(work);
  }
  const tn = kept.size;
  return {
    ...{ tp, fp, fn, tn },
    sensitivity: share(tp, tp + fn),
    precision: share(tp, tp + fp),
    specificity: share(tn, tn + fp),
    f1: share(2 * tp, 2 * tp + fp + fn),
    falseMerges,
  };
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
