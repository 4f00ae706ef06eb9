import { arxivSnapshotRecord, isArxivSnapshot } from "../records/arxiv-snapshot.ts";
import { jsonLayout } from "./record-layout.ts";

/** arXiv's metadata snapshot. */
export const arxivSnapshot = jsonLayout({
  name: "arxiv_snapshot",
  isOne: isArxivSnapshot,
  toRecord: arxivSnapshotRecord,
});
