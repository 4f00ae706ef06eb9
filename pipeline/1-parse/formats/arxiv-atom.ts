import { AtomEntriesReader } from "../containers/atom-entries.ts";
import type { Layout } from "../layout.ts";
import { arxivAtomRecord } from "../records/arxiv-atom.ts";
import { RecordReader } from "./record-layout.ts";

/** A feed's first tag, whatever its prefix is. */
const FEED = /<(?:[\w.-]{1,64}:)?feed[\s>]/u;

/** Answers of arXiv's API, recognised as Atom of arXiv; the feeds of other sites hold other things than papers. */
export const arxivAtom: Layout = {
  name: "arxiv_atom",
  recognises: (head) =>
    /^\s*<(?!!doctype\s+html|html)/iu.test(head) &&
    FEED.test(head) &&
    head.includes("http://www.w3.org/2005/Atom") &&
    /\barxiv\.org\//u.test(head),
  open: () => new RecordReader(new AtomEntriesReader(), arxivAtomRecord),
};
