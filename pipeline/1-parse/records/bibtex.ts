import { latexText } from "./latex-text.ts";
import {
  arxivIn,
  dayIn,
  doiIn,
  EMPTY_RECORD,
  type Fields,
  imprintOf,
  namesIn,
  type PaperRecord,
  textOf,
  webAddress,
  yearIn,
} from "./record.ts";
import { withoutTags } from "./rich-text.ts";

/** Entries of a bibliography in BibTeX (CTAN, btxdoc) or BibLaTeX (CTAN, biblatex, section 2.2). */

const latexOf = (fields: Fields, ...names: readonly string[]): string | null => {
  const text = textOf(fields, ...names);
  return text === null ? null : latexText(withoutTags(text));
};

/** BibLaTeX parts a title at the colon that other sources write in it. */
function titleOf(fields: Fields): string | null {
  const [title, subtitle] = [latexOf(fields, "title"), latexOf(fields, "subtitle")];
  return title === null || subtitle === null ? title : `${title}: ${subtitle}`;
}

/** Where people write addresses of code: a note, and how something was published. */
function remarksOf(fields: Fields): string | null {
  const remarks = ["note", "howpublished"].flatMap((name) => latexOf(fields, name) ?? []);
  return remarks.length === 0 ? null : remarks.join("; ");
}

const plainAddress = (text: string) =>
  text.replace(/\\url\{([^{}]*)\}/u, "$1").replace(/\\([%&_#~$])/gu, "$1");

/** An address as it is asked for: signs that LaTeX needs escaped stand for themselves. */
function addressOf(fields: Fields): string | null {
  const url = textOf(fields, "url");
  return url === null ? null : webAddress(plainAddress(url));
}

/** Where an eprint is said to be arXiv's, or a journal or an address is; other archives number theirs alike. */
function arxivIdOf(fields: Fields, url: string | null): string | null {
  const archive = textOf(fields, "archiveprefix", "eprinttype");
  const isArxiv = archive === null || /^\W*arxiv\W*$/iu.test(archive);
  const journal = textOf(fields, "journal", "journaltitle");
  return (
    (isArxiv ? arxivIn(textOf(fields, "eprint")) : null) ??
    (/arxiv/iu.test(journal ?? "") ? arxivIn(journal) : null) ??
    (/arxiv\.org/iu.test(url ?? "") ? arxivIn(url) : null)
  );
}

export function bibtexRecord(fields: Fields): PaperRecord {
  const url = addressOf(fields);
  const date = textOf(fields, "date");
  return {
    ...EMPTY_RECORD,
    id: textOf(fields, "id"),
    title: titleOf(fields),
    abstract: latexOf(fields, "abstract"),
    authors: namesIn(fields["author"])?.map(withoutTags) ?? null,
    arxiv_id: arxivIdOf(fields, url),
    doi: doiIn(textOf(fields, "doi")?.replaceAll("\\_", "_") ?? null),
    published_on: dayIn(date),
    year: yearIn(textOf(fields, "year")) ?? yearIn(date),
    venue: latexOf(fields, "journaltitle", "journal", "booktitle"),
    ...imprintOf(fields),
    url,
    remarks: remarksOf(fields),
    links: ["code", "github"].flatMap((name) => {
      const written = textOf(fields, name);
      return written === null ? [] : [{ url: plainAddress(written), rule: "stated_by_table" as const }];
    }),
  };
}
