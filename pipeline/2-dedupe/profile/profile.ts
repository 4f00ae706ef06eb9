import type { Imprint, Mention, PaperFacts } from "../../1-parse/mention.ts";
import { abstractWords } from "./abstracts.ts";
import { arxivOf, doiVersion, publishedDoi } from "./identifiers.ts";
import { numeralsOf } from "./numerals.ts";
import { type Person, peopleOf } from "./people.ts";
import { type Role, rolesOf } from "./roles.ts";
import { normaliseTitle, wordsOf } from "./text-forms.ts";
import { tellingWords, type Venue, venueKind } from "./venues.ts";

/** What of a mention is compared: plain data made from its own fields alone. */
export interface Profile {
  readonly mention_id: string;
  /** The capture that it stands in. */
  readonly source: string;
  /** Words of the title, folded, in order. */
  readonly title: readonly string[];
  /** The title's letters and digits in one. */
  readonly squashed: string;
  readonly numerals: readonly string[];
  readonly part: string | null;
  readonly roles: readonly Role[];
  readonly people: readonly Person[];
  readonly arxiv: string | null;
  /** The DOI of the published form without its version, and the version. */
  readonly doi: string | null;
  readonly doiVersion: string | null;
  readonly year: number | null;
  readonly venue: Venue | null;
  readonly volume: string | null;
  readonly number: string | null;
  readonly firstPage: string | null;
  /** Words of the abstract as numbers in order; null where it says nothing. */
  readonly abstract: Uint16Array | null;
  /** Its first words as one number. */
  readonly opening: number | null;
}

/** Longer titles are no titles; what is compared ends here, in words. */
const LONGEST_TITLE = 100;

function venueOf(name: string | null): Venue | null {
  if (name === null) return null;
  const words = tellingWords(name);
  return { kind: venueKind(wordsOf(name)), words };
}

const digits = (text: string | null): string | null => /\d+/u.exec(text ?? "")?.[0] ?? null;

/** The year that is stated, or else that of the day of publication. */
export const yearOf = ({ year, published_on }: Pick<PaperFacts, "year" | "published_on">): number | null =>
  year ?? (published_on === null ? null : Number(published_on.slice(0, 4)));

const NO_IMPRINT: Imprint = { volume: null, number: null, pages: null };

/** What of a paper's facts is compared, without a place of its own. */
export const profileOfFacts = (facts: PaperFacts): Profile =>
  profileOf({ ...facts, ...NO_IMPRINT, mention_id: "", source_sha256: "" });

/** What of a mention is compared. */
export function profileOf(
  mention: PaperFacts & Imprint & Pick<Mention, "mention_id" | "source_sha256">,
): Profile {
  const title = wordsOf(mention.title).slice(0, LONGEST_TITLE);
  const numerals = numeralsOf(title);
  const doi = publishedDoi(mention);
  const abstract = abstractWords(mention.abstract);
  return {
    mention_id: mention.mention_id,
    source: mention.source_sha256,
    title,
    squashed: normaliseTitle(mention.title),
    numerals: numerals.all,
    part: numerals.part,
    roles: rolesOf(title),
    people: peopleOf(mention.authors),
    arxiv: arxivOf(mention),
    doi,
    doiVersion: doi === null || mention.doi === null ? null : doiVersion(mention.doi),
    year: yearOf(mention),
    venue: venueOf(mention.venue),
    volume: digits(mention.volume),
    number: digits(mention.number),
    firstPage: digits(mention.pages),
    abstract: abstract?.words ?? null,
    opening: abstract?.opening ?? null,
  };
}
