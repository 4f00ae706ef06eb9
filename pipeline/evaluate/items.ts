/** What evaluation counts: records, each in the cluster that it was put in and in the work that the labels give it. */

/** A record with the work that it was put in and the work that the labels put it in. */
export interface Item {
  readonly id: string;
  /** The file that it stands in. */
  readonly source: string;
  readonly found: string;
  readonly labelled: string;
}

/** A share from 0 to 1; null where there is nothing to take a share of. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const clustersOf = (items: readonly Item[]): Item[][] => [
  ...Map.groupBy(items, ({ found }) => found).values(),
];
/** The parts of a cluster that are of one work each. */
export const worksIn = (cluster: readonly Item[]): Item[][] => [
  ...Map.groupBy(cluster, ({ labelled }) => labelled).values(),
];
