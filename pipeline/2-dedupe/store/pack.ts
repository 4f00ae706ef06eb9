import { numeralsOf } from "../profile/numerals.ts";
import type { Person } from "../profile/people.ts";
import type { Profile } from "../profile/profile.ts";
import { rolesOf } from "../profile/roles.ts";
import type { Venue, VenueKind } from "../profile/venues.ts";

/**
 * A profile as one short text and back. What follows from the title's words is made again; the capture and the abstract
 * are kept elsewhere. Behind the id, equal texts are of profiles that cannot be told apart by anything else.
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

/** The profile as a text, without its capture and its abstract; the id stands first. */
export function pack(profile: Profile): string {
  const { title, squashed, people, venue } = profile;
  return [
    profile.mention_id,
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
    profile.opening === null ? "" : profile.opening.toString(36),
  ].join(FIELD);
}

/** The id of a packed profile. */
export const idOf = (packed: string): string => packed.slice(0, packed.indexOf(FIELD));

/** All of a packed profile that is compared but its abstract. */
export const comparedOf = (packed: string): string => packed.slice(packed.indexOf(FIELD) + 1);

/** The words of the title of a packed profile. */
export function titleOf(packed: string): string[] {
  const from = packed.indexOf(FIELD) + 1;
  return wordsIn(packed.slice(from, packed.indexOf(FIELD, from)));
}

/** The profile that was packed. */
export function unpack(packed: string, { source, abstract }: Pick<Profile, "source" | "abstract">): Profile {
  const [
    mention_id = "",
    words,
    squashed,
    people,
    arxiv,
    doi,
    version,
    year,
    venue,
    volume,
    number,
    firstPage,
    opening,
  ] = packed.split(FIELD);
  const title = wordsIn(words);
  const numerals = numeralsOf(title);
  return {
    mention_id,
    source,
    title,
    squashed: known(squashed)?.slice(OTHER.length) ?? title.join(""),
    numerals: numerals.all,
    part: numerals.part,
    roles: rolesOf(title),
    people: known(people)?.split(ENTRY).map(unpackPerson) ?? [],
    arxiv: known(arxiv),
    doi: known(doi),
    doiVersion: known(version),
    year: known(year) === null ? null : Number(year),
    venue: unpackVenue(venue),
    volume: known(volume),
    number: known(number),
    firstPage: known(firstPage),
    abstract,
    opening: known(opening) === null ? null : Number.parseInt(opening ?? "", 36),
  };
}
