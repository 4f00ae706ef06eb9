import { BibEntriesReader } from "../containers/bib-entries.ts";
import type { Layout } from "../layout.ts";
import { bibtexRecord } from "../records/bibtex.ts";
import { RecordReader } from "./record-layout.ts";

/** The first block, with nothing but comment lines before it: a text that quotes an entry is no bibliography. */
const BEGINS = /^\s*(?:%[^\n]*\n\s*)*@\s*[a-z][\w+-]{0,63}\s*[{(]/iu;
/** A key and a first field, a definition, or a comment or preamble before them. */
const GOES_ON =
  /@\s*(?:[a-z][\w+-]{0,63}\s*[{(][^,={}"]{0,200},\s*[\w+:-]{1,64}\s*=|(?:string|comment|preamble)\s*[{(])/iu;

/** A bibliography in BibTeX or BibLaTeX. */
export const bibtex: Layout = {
  name: "bibtex",
  recognises: (head) => BEGINS.test(head) && GOES_ON.test(head),
  open: () => new RecordReader(new BibEntriesReader(), bibtexRecord),
};
