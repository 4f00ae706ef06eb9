import { entities } from "../repairs/repairs.ts";
import {
  arxivIn,
  dayIn,
  doiIn,
  EMPTY_RECORD,
  type Fields,
  imprintOf,
  isFields,
  type PaperRecord,
  textOf,
  webAddress,
  yearIn,
} from "./record.ts";

/** A row of a plain table with the field's usual column names, in any case and with spaces, hyphens or underscores. */

const NAMES = {
  id: ["id", "paper_id", "record_id", "key"],
  title: ["title", "paper_title", "name"],
  abstract: ["abstract", "paper_abstract", "summary"],
  authors: ["authors", "author"],
  arxiv_id: ["arxiv_id", "arxiv", "eprint"],
  doi: ["doi"],
  url: ["url", "link", "paper_url", "pdf", "pdf_url", "url_pdf", "url_abs"],
  venue: ["venue", "journal", "booktitle", "container_title", "conference", "proceeding"],
  year: ["year", "publication_year"],
  published: ["published", "published_on", "publication_date", "date"],
  remarks: ["comments", "note", "notes"],
  code: ["code", "code_url", "repository", "repository_url", "github", "github_url", "repo", "repo_url"],
} as const;

const normalName = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, "_");

/** The fields under normal names. */
const withNormalNames = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [normalName(name), value]));

/** Whether columns of these names hold papers: a title is what a paper cannot do without. */
export function isPaperTable(names: readonly string[]): boolean {
  const normal = new Set(names.map(normalName));
  return NAMES.title.some((name) => name !== "name" && normal.has(name));
}

/** One name, the family first: `Baird, J. K.` */
const ONE_NAME = /^[^,;]{1,100},(?: ?\p{Lu}[.-]?){1,5}$/u;

/** Names in one text, parted by semicolons, by `and`, or by commas where no name holds one. */
function partedNames(written: string): string[] {
  const text = entities(written); // a reference ends in a semicolon, which parts no names
  const parts = text.split(text.includes(";") ? /;/u : /\sand\s/u);
  // `Quill, Ada and Stein, Jan` has a comma in every name; `Ada Quill, Jan Stein and Eve Reed` has none
  const isFamilyFirst =
    text.includes(";") || (parts.length > 1 && parts.every((part) => part.split(",").length === 2));
  return (isFamilyFirst || ONE_NAME.test(text) ? parts : parts.flatMap((part) => part.split(",")))
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Names as a list, or in one text. */
function authors(value: unknown): string[] | null {
  if (Array.isArray(value)) {
    const names = value.flatMap(
      (item) => (isFields(item) ? textOf(item, "name") : String(item))?.trim() || [],
    );
    return names.length === 0 ? null : names;
  }
  if (typeof value !== "string" || value.trim() === "") return null;
  if (value.startsWith("[")) {
    try {
      return authors(JSON.parse(value));
    } catch {
      return null; // a list in another notation: unknown rather than cut wrongly
    }
  }
  return partedNames(value);
}

export function tableRecord(row: Fields): PaperRecord {
  const fields = withNormalNames(row);
  const date = textOf(fields, ...NAMES.published);
  const code = NAMES.code.flatMap((name) => fields[name] ?? []).filter((each) => typeof each === "string");
  const url = textOf(fields, ...NAMES.url);
  const author = NAMES.authors.map((name) => fields[name]).find((value) => value !== undefined);
  return {
    ...EMPTY_RECORD,
    id: textOf(fields, ...NAMES.id),
    title: textOf(fields, ...NAMES.title),
    abstract: textOf(fields, ...NAMES.abstract),
    authors: authors(author),
    arxiv_id:
      arxivIn(textOf(fields, ...NAMES.arxiv_id)) ??
      (url !== null && /arxiv\.org/iu.test(url) ? arxivIn(url) : null),
    doi: doiIn(textOf(fields, ...NAMES.doi)) ?? (url !== null && /doi\.org/iu.test(url) ? doiIn(url) : null),
    published_on: dayIn(date),
    year: yearIn(textOf(fields, ...NAMES.year)) ?? yearIn(date),
    venue: textOf(fields, ...NAMES.venue),
    ...imprintOf(fields),
    url: webAddress(url),
    remarks: textOf(fields, ...NAMES.remarks),
    links: code.map((each) => ({ url: each, rule: "stated_by_table" })),
  };
}
