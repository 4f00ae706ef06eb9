import { clustersOf, type Item, share, worksIn } from "./items.ts";

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
