import { numeralsOf } from "../numerals.ts";
import type { Person } from "../people.ts";
import type { Profile } from "../profile.ts";
import { rolesOf } from "../roles.ts";
import type { Venue, VenueKind } from "../venues.ts";

/**
 * A profile as one short text and back. What follows from the title's words is made again; the capture, the id and the
 * abstract are kept elsewhere. Equal texts are of profiles that cannot be told apart by anything else.
 */

/** Characters that no cleaned text has. */
const FIELD = "\u001f";
const ENTRY = "\u001e";
const PART = "\u001d";
/** Stands before what does not follow from the words. */
const OTHER = "=";
const MARKS = /[\u001d-\u001f]/gu;

const plain = (text: string | null) => (text ?? "").replace(MARKS, "");
const known = (text: string | undefined) => (text === undefined || text === "" ? null : text);
const wordsIn = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(" "));

function packPerson({ family, words, initials }: Person): string {
  const others = words.filter((word) => !family.includes(word));
  return `${family.join(" ")}${PART}${others.join(" ")}${PART}${initials}`;
}

function unpackPerson(text: string): Person {
  const [names, others, initials = ""] = text.split(PART);
  const family = wordsIn(names);
  return { family, words: others === "" ? family : [...family, ...wordsIn(others)], initials };
}

const NO_KIND = "-";
const packVenue = (venue: Venue | null) =>
  venue === null ? "" : `${venue.kind ?? NO_KIND}${PART}${venue.words.join(" ")}`;

function unpackVenue(text: string | undefined): Venue | null {
  if (text === undefined || text === "") return null;
  const [kind, words] = text.split(PART);
  return { kind: kind === NO_KIND ? null : (kind as VenueKind), words: wordsIn(words) };
}

/** The profile as a text, without its id, its capture and its abstract. */
export function pack(profile: Profile): string {
  const { title, squashed, people, venue } = profile;
  return [
    title.join(" "),
    squashed === title.join("") ? "" : `${OTHER}${plain(squashed)}`,
    people.map(packPerson).join(ENTRY),
    plain(profile.arxiv),
    plain(profile.doi),
    plain(profile.doiVersion),
    profile.year === null ? "" : String(profile.year),
    packVenue(venue),
    plain(profile.volume),
    plain(profile.number),
    plain(profile.firstPage),
  ].join(FIELD);
}

/** The words of the title of a packed profile. */
export const titleOf = (packed: string): string[] => wordsIn(packed.slice(0, packed.indexOf(FIELD)));

/** The profile that was packed. */
export function unpack(
  packed: string,
  { mention_id, source, abstract }: Pick<Profile, "mention_id" | "source" | "abstract">,
): Profile {
  const fields = packed.split(FIELD);
  const title = wordsIn(fields[0]);
  const numerals = numeralsOf(title);
  const people = fields[2] ?? "";
  return {
    mention_id,
    source,
    title,
    squashed: known(fields[1])?.slice(OTHER.length) ?? title.join(""),
    numerals: numerals.all,
    part: numerals.part,
    roles: rolesOf(title),
    people: people === "" ? [] : people.split(ENTRY).map(unpackPerson),
    arxiv: known(fields[3]),
    doi: known(fields[4]),
    doiVersion: known(fields[5]),
    year: known(fields[6]) === null ? null : Number(fields[6]),
    venue: unpackVenue(fields[7]),
    volume: known(fields[8]),
    number: known(fields[9]),
    firstPage: known(fields[10]),
    abstract,
  };
}
