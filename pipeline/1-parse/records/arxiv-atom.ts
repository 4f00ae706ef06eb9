import {
  arxivIn,
  dayIn,
  doiIn,
  EMPTY_RECORD,
  type Fields,
  isFields,
  namesIn,
  type PaperRecord,
  type Refusal,
  textOf,
  webAddress,
  yearIn,
} from "./record.ts";

/** Entries of arXiv's API (info.arxiv.org/help/api/user-manual, section 3.3, "Details of Atom results returned"). */

/** An error is answered as an entry too, titled "Error", whose id leads to the manual's list of errors. */
const ERROR = /\/api\/errors/u;

/** Where the first link of a kind leads; arXiv tells its links apart by `rel` or by `title`. */
function linkOf(fields: Fields, attribute: "rel" | "title", value: string): string | null {
  const links = Array.isArray(fields["links"]) ? fields["links"].filter(isFields) : [];
  const found = links.find((link) => link[attribute] === value);
  return found === undefined ? null : textOf(found, "href");
}

/** What arXiv says of a paper. `published` is the day of its first version; comments are remarks, which name code. */
export function arxivAtomRecord(fields: Fields): PaperRecord | Refusal {
  const id = textOf(fields, "id");
  if (ERROR.test(id ?? "")) return { reason: "service_error", text: textOf(fields, "summary") ?? "" };
  const published = dayIn(textOf(fields, "published"));
  return {
    ...EMPTY_RECORD,
    id,
    title: textOf(fields, "title"),
    abstract: textOf(fields, "summary"),
    authors: namesIn(fields["authors"]),
    arxiv_id: arxivIn(id),
    doi: doiIn(textOf(fields, "doi")) ?? doiIn(linkOf(fields, "title", "doi")),
    published_on: published,
    year: yearIn(published),
    venue: textOf(fields, "journal_ref"),
    url: webAddress(linkOf(fields, "rel", "alternate")) ?? webAddress(id),
    remarks: textOf(fields, "comment"),
  };
}
