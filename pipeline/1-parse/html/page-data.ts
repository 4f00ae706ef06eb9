import { itemOf } from "../formats/record-layout.ts";
import type { Item } from "../layout.ts";
import { pageOf } from "../listing-site.ts";
import { isListing, listingRecord } from "../records/listing.ts";
import { dayIn, type Fields, isFields, type PaperRecord } from "../records/record.ts";
import { grown } from "./sample.ts";
import type { Attributes, Lines } from "./walk.ts";

/** The component that shows the daily list, and the name of that list in its data. */
const LIST_TARGET = "DailyPapers";
const LIST_NAME = "dailyPapers";

/** The papers in a component's data: the daily list, or under a usual name what surely are papers of the listing. */
function papersOf(data: Fields): readonly unknown[] {
  const list = data[LIST_NAME];
  if (Array.isArray(list)) return list;
  const { papers, paper } = data;
  if (Array.isArray(papers)) return papers.some((each) => isFields(each) && isListing(each)) ? papers : [];
  return isFields(paper) && isListing(paper) ? [paper] : [];
}

/** The day of a list of one day; those of a week or a month have none. */
function dayOf(data: Fields): string | null {
  const { dateString, periodType } = data;
  const isDay = periodType === undefined || periodType === "day";
  return isDay && typeof dateString === "string" ? dayIn(dateString) : null;
}

function toRecord(fields: Fields): PaperRecord {
  const record = listingRecord(fields);
  return { ...record, url: record.url ?? (record.arxiv_id === null ? null : pageOf(record.arxiv_id)) };
}

/** What a page's data say. */
interface PageData {
  readonly items: readonly Item[];
  /** The day that the data state for the whole page. */
  readonly day: string | null;
}

const NOTHING: PageData = { items: [], day: null };

/**
 * The papers in the data that a page carries for one of its components (`data-props`), nothing where it is data of
 * another kind. `label` is the day that the page has shown so far.
 */
export function pageData(attributes: Attributes, label: string | null, lines: Lines): PageData {
  const { "data-props": text, "data-target": target } = attributes;
  if (text === undefined) return NOTHING;
  const isList = target === LIST_TARGET || text.includes(`"${LIST_NAME}"`);
  if (!isList && !text.includes('"paper')) return NOTHING;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    const reject = { kind: "reject", reason: "json_invalid", text: grown("", text), ...lines } as const;
    return isList ? { items: [reject], day: null } : NOTHING;
  }
  if (!isFields(data)) return NOTHING;
  const papers = papersOf(data);
  const day = papers.length === 0 ? null : dayOf(data);
  const items = papers.map((value) => {
    const item = itemOf({ kind: "value", value, ...lines }, toRecord);
    return item.kind === "paper" ? { ...item, capturedLabel: day ?? label } : item;
  });
  return { items, day };
}
