import { capturedOn, isDayLabel } from "../captured-on.ts";
import { type FurnitureKind, furnitureKind } from "../furniture.ts";
import type { PaperRecord } from "../records/record.ts";

/** What a card says of its paper beside title and abstract. */
export type CardFacts = Partial<
  Pick<PaperRecord, "upvotes" | "comments" | "published_on" | "year" | "links">
>;

/** What words or a link in a card are, and what they say. */
export interface Classified {
  readonly kind: FurnitureKind;
  readonly facts?: CardFacts;
  /** The day that the list is of, as it is shown. */
  readonly day?: string;
}

const LONGEST = 100;
const NUMBER = "(\\d{1,3}(?:,\\d{3})+|\\d{1,9})";
const counted = (words: string) =>
  new RegExp(`^(?:(?:${words})\\s*:?\\s*${NUMBER}|${NUMBER}\\s+(?:${words}))$`, "iu");
const VOTES = counted("upvotes?|votes?");
const COMMENTS = counted("comments?");
const PUBLISHED = /^published(?:\s+on)?:?\s+(.{3,20})$/iu;
const LIST_DAY = /^(?:daily|trending) papers\b[\s:,\-–—]*(?:(?:for|of|on)\s+)?(.{3,20})$/iu;

const FORMS: readonly (readonly [FurnitureKind, RegExp])[] = [
  ["separator", /^[\p{P}\p{S}\s]*$/u],
  ["separator", /^(?:\]\(\S{0,90}\)?|\[[x ]?\])$/u],
  ["count", /^(?:\+\s?)?\d[\d.,]{0,9}\s?[kKmM]?$|^#?\d{1,4}\.$/u],
  ["authors_count", /^(?:and\s)?\+?\s?\d{1,5}\s(?:more\s)?authors?$/iu],
  ["votes", /^(?:upvotes?|votes?|upvoted)$/iu],
  ["comments", /^(?:comments?|discussions?)$/iu],
  ["submitter", /^submitted by\b.{0,80}$/iu],
  ["published", /^(?:published|submitted)(?: on)?\b.{0,30}\d.{0,10}$/iu],
  ["image", /^(?:\[\d+\])?\[?[\w.-]{1,60}(?:\.(?:png|jpe?g|gif|webp|svg|avif)|\bthumbnail|\bavatar)\]?$/iu],
  ["link_target", /^(?:references|(?:visible|hidden) links):?$/iu],
  ["navigation", /^(?:©|\(c\)|copyright\b).{0,90}$/iu],
  [
    "paper_link",
    /^(?:(?:view|read|open|see)\s)?(?:the\s)?(?:full\s)?(?:paper|arxiv|pdf|html|abstract)(?:\spage)?$/iu,
  ],
  ["paper_link", /^(?:read|view|see|show|learn) more$|^(?:link|here|…|\.\.\.)$/iu],
];

const count = (found: RegExpExecArray) => Number((found[1] ?? found[2] ?? "").replaceAll(",", ""));

function published(label: string): Classified {
  const day = isDayLabel(label) ? capturedOn(label, "", null) : null;
  if (day === null) return { kind: "published" };
  return { kind: "published", facts: { published_on: day, year: Number(day.slice(0, 4)) } };
}

/** What words that are no running text are, or null; counts are read only where words say what they count. */
export function wordsKind(captured: string): Classified | null {
  if (captured.length > LONGEST) return null;
  const words = captured.replace(/^[\s·•|]+|[\s·•|]+$/gu, "");
  const votes = VOTES.exec(words);
  if (votes !== null) return { kind: "votes", facts: { upvotes: count(votes) } };
  const comments = COMMENTS.exec(words);
  if (comments !== null) return { kind: "comments", facts: { comments: count(comments) } };
  const label = PUBLISHED.exec(words)?.[1];
  if (label !== undefined) return published(label);
  const day = isDayLabel(words) ? words : LIST_DAY.exec(words)?.[1];
  if (day !== undefined && isDayLabel(day)) return { kind: "day", day };
  const kind = FORMS.find(([, form]) => form.test(words))?.[0] ?? furnitureKind(words);
  return kind === null ? null : { kind };
}
