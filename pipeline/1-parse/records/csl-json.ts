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
import { withoutTags } from "./rich-text.ts";

/** Items of CSL-JSON (docs.citationstyles.org, appendices III to V; schema csl-data.json of version 1.0.2). */

const TYPES: ReadonlySet<string> = new Set(
  [
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection",
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview",
    "legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent",
    "performance periodical personal_communication post post-weblog regulation report review review-book",
    "software song speech standard thesis treaty webpage",
  ].flatMap((names) => names.split(" ")),
);

/** A date is an object in CSL and nowhere else that papers are listed. */
const isDate = (value: unknown): value is Fields =>
  isFields(value) && ("date-parts" in value || "raw" in value || "literal" in value);
const hasNames = (value: unknown): boolean =>
  Array.isArray(value) && value.some((name) => isFields(name) && ("family" in name || "literal" in name));

/** Whether an object is an item of CSL: by its date, or by one of CSL's types with what only CSL has. */
export function isCslItem(fields: Fields): boolean {
  if (!("title" in fields)) return false;
  const isTyped = TYPES.has(textOf(fields, "type") ?? "");
  return isDate(fields["issued"]) || (isTyped && ("container-title" in fields || hasNames(fields["author"])));
}

const NAME_PARTS = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];

function authors(value: unknown): string[] | null {
  const names = (Array.isArray(value) ? value.filter(isFields) : []).flatMap((name) => {
    const parts = NAME_PARTS.flatMap((part) => textOf(name, part) ?? []);
    return textOf(name, "literal") ?? (parts.length === 0 ? [] : parts.join(" "));
  });
  return names.length === 0 ? null : names.map(withoutTags);
}

/** A date as text: `date-parts` has year, month and day of one day, or of the first and the last. */
function dateOf(value: unknown): string | null {
  if (!isFields(value)) return null;
  const parts = value["date-parts"];
  const first: unknown = Array.isArray(parts) ? parts[0] : undefined;
  if (!Array.isArray(first)) return textOf(value, "raw", "literal");
  const numbers = first.filter((part) => typeof part === "number" || typeof part === "string");
  return numbers.map((part) => String(part).padStart(2, "0")).join("-");
}

/** The number of an item in arXiv, which CSL has no field for: its number or place there, or its address. */
function arxivIdOf(fields: Fields, url: string | null): string | null {
  const number = textOf(fields, "number", "archive_location");
  const isArxiv = /arxiv/iu.test(`${textOf(fields, "archive") ?? textOf(fields, "publisher")} ${number}`);
  return (isArxiv ? arxivIn(number) : null) ?? (/arxiv\.org/iu.test(url ?? "") ? arxivIn(url) : null);
}

const plainOf = (fields: Fields, name: string): string | null => {
  const text = textOf(fields, name);
  return text === null ? null : withoutTags(text);
};

export function cslRecord(fields: Fields): PaperRecord {
  const date = dateOf(fields["issued"]);
  const url = webAddress(textOf(fields, "URL"));
  return {
    ...EMPTY_RECORD,
    id: textOf(fields, "id", "citation-key"),
    title: plainOf(fields, "title"),
    abstract: plainOf(fields, "abstract"),
    authors: authors(fields["author"]),
    arxiv_id: arxivIdOf(fields, url),
    doi: doiIn(textOf(fields, "DOI")),
    published_on: dayIn(date),
    year: yearIn(date),
    venue: plainOf(fields, "container-title"),
    ...imprintOf(fields, ["issue"]),
    url,
    remarks: textOf(fields, "note"),
  };
}
