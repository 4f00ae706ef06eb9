import {
  arxivIn,
  dayIn,
  EMPTY_RECORD,
  type Fields,
  type PaperRecord,
  textOf,
  webAddress,
  yearIn,
} from "./record.ts";

/** The two dumps of Papers with Code that name papers: papers with abstracts, and links between papers and code. */

export const isPwcPaper = (fields: Fields): boolean =>
  "paper_url" in fields && "abstract" in fields && "title" in fields;
export const isPwcLink = (fields: Fields): boolean => "paper_url" in fields && "repo_url" in fields;

function authors(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string" && name !== "") : null;
}

export function pwcPaperRecord(fields: Fields): PaperRecord {
  const published = dayIn(textOf(fields, "date"));
  return {
    ...EMPTY_RECORD,
    id: textOf(fields, "paper_url"),
    title: textOf(fields, "title"),
    abstract: textOf(fields, "abstract"),
    authors: authors(fields["authors"]),
    arxiv_id: arxivIn(textOf(fields, "arxiv_id")),
    published_on: published,
    year: yearIn(published),
    venue: textOf(fields, "proceeding", "conference"),
    url: webAddress(textOf(fields, "url_abs")),
  };
}

/** One row is one link; several rows of one paper become one paper later, as any mentions do. */
export function pwcLinkRecord(fields: Fields): PaperRecord {
  const repository = textOf(fields, "repo_url");
  const rule = fields["is_official"] === true ? "stated_official" : "stated_community";
  return {
    ...EMPTY_RECORD,
    id: textOf(fields, "paper_url"),
    title: textOf(fields, "paper_title"),
    arxiv_id: arxivIn(textOf(fields, "paper_arxiv_id")),
    url: webAddress(textOf(fields, "paper_url_abs")),
    links: repository === null ? [] : [{ url: repository, rule }],
  };
}
