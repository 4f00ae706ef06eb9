import { cleanText } from "../../core/text.ts";
import {
  arxivIn,
  dayIn,
  doiIn,
  EMPTY_RECORD,
  type Fields,
  type PaperRecord,
  textOf,
  yearIn,
} from "./record.ts";

/** Lines of arXiv's metadata snapshot (info.arxiv.org/help/bulk_data, Kaggle's arxiv-metadata-oai-snapshot.json). */

export const isArxivSnapshot = (fields: Fields): boolean =>
  "id" in fields &&
  "title" in fields &&
  "categories" in fields &&
  ("versions" in fields || "update_date" in fields);

/** `authors_parsed` has family name, given names and suffix; `authors` is one text. */
function authors(fields: Fields): string[] | null {
  const parsed = fields["authors_parsed"];
  if (Array.isArray(parsed)) {
    const names = parsed
      .filter(Array.isArray)
      .map(([family, given, suffix]) => [given, family, suffix].filter(Boolean).join(" "));
    return names.length === 0 ? null : names;
  }
  const names = cleanText(textOf(fields, "authors") ?? "")
    .split(/, (?:and )?|,| and /u)
    .filter((name) => name !== "");
  return names.length === 0 ? null : names;
}

/** The day of the first version, written as in mail: `Mon, 2 Apr 2007 19:18:42 GMT`. */
function firstVersion(fields: Fields): string | null {
  const versions = fields["versions"];
  const created: unknown = Array.isArray(versions) ? versions[0]?.created : undefined;
  const time = typeof created === "string" ? Date.parse(created) : Number.NaN;
  return Number.isNaN(time) ? null : dayIn(new Date(time).toISOString());
}

export function arxivSnapshotRecord(fields: Fields): PaperRecord {
  const id = textOf(fields, "id");
  const published = firstVersion(fields);
  return {
    ...EMPTY_RECORD,
    id,
    title: textOf(fields, "title"),
    abstract: textOf(fields, "abstract"),
    authors: authors(fields),
    arxiv_id: arxivIn(id),
    doi: doiIn(textOf(fields, "doi")),
    published_on: published,
    year: yearIn(published),
    venue: textOf(fields, "journal-ref"),
    remarks: textOf(fields, "comments"),
  };
}
