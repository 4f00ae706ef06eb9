import { wordsOf } from "./text-forms.ts";

/** Where a work came out, as a kind. */
export type VenueKind = "preprint" | "workshop" | "conference" | "journal";

const KINDS: readonly (readonly [VenueKind, RegExp])[] = [
  ["preprint", /\b(?:arxiv|corr|preprints?|biorxiv|medrxiv|ssrn|openreview|research square)\b/u],
  ["workshop", /\bworkshops?\b/u],
  ["conference", /\b(?:conf|conference|proc|proceedings|symposium|symp|meeting|congress)\b/u],
  [
    "journal",
    /\b(?:j|journal|trans|transactions|letters|lett|magazine|record|review|reviews|annals|ann|archives|bulletin|bull|quarterly|gazette|acta)\b/u,
  ],
];

/** The kind that a venue's name shows; null where it shows none. */
export function venueKind(words: readonly string[]): VenueKind | null {
  const text = words.join(" ");
  return KINDS.find(([, form]) => form.test(text))?.[0] ?? null;
}

/** Words that many venues' names have. */
const COMMON = new Set(
  (
    "the of on and in for a an to international conference proceedings proc conf journal j trans transactions annual ieee " +
    "acm symposium workshop intl int national american european"
  ).split(" "),
);

/** The words by which a venue can be told from others. */
export const tellingWords = (venue: string): string[] => wordsOf(venue).filter((word) => !COMMON.has(word));

/** A word and its abbreviation: `syst` and `systems`. */
const isShort = (a: string, b: string) =>
  a === b || (a.length > 1 && b.startsWith(a)) || (b.length > 1 && a.startsWith(b));
const SHORTEST_ACRONYM = 3;
const initials = (words: readonly string[]) => words.map((word) => word.charAt(0)).join("");
const hasAcronym = (words: readonly string[], of: readonly string[]) =>
  words.some((word) => word.length >= SHORTEST_ACRONYM && initials(of).includes(word));
const SIMILAR_VENUE = 0.6;

export type VenueRelation = "same" | "different" | "unknown";

export interface Venue {
  readonly kind: VenueKind | null;
  readonly words: readonly string[];
}

/** Whether two venues are one, judged by their names alone: abbreviations and acronyms are understood, aliases are not. */
export function venueRelation(a: Venue | null, b: Venue | null): VenueRelation {
  if (a === null || b === null) return "unknown";
  if (a.kind !== null && b.kind !== null && a.kind !== b.kind) return "different";
  const [shorter, longer] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
  const common = shorter.filter((word) => longer.some((other) => isShort(word, other))).length;
  const isSimilar =
    (shorter.length > 0 && common / shorter.length >= SIMILAR_VENUE) ||
    hasAcronym(a.words, b.words) ||
    hasAcronym(b.words, a.words);
  const isJournalOnce = a.kind !== b.kind && (a.kind === "journal" || b.kind === "journal");
  if (isSimilar) return isJournalOnce ? "unknown" : "same";
  return !isJournalOnce && shorter.length > 1 && common === 0 ? "different" : "unknown";
}
