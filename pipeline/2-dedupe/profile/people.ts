import { likenessOfNames } from "./name-likeness.ts";
import { wordsOf } from "./text-forms.ts";

/** An author's name in parts. */
export interface Person {
  /** The words of the family name, as far as it can be told; never empty. */
  readonly family: readonly string[];
  /** Every word of the name of two letters or more, those of the family name first. */
  readonly words: readonly string[];
  /** First letters of the words that are no family name. */
  readonly initials: string;
}

/** Names of a list in which only initials part them: `Tan A.Schulze A.O'Donnell C. P.` */
const GLUED = /(?<=\p{Lu}\.)(?=\p{Lu}[\p{Ll}'’])/u;
/** Institutions and placeholders name nobody. */
const NOBODY =
  /^(?:corporate\b|unknown$|anonymous$|anon$|the .* team\b|et al\.?$|others$)|\b(?:university|corp|inc|consortium)\b/iu;
const LONGEST_LIST = 200;
/** Longer names are lists that nothing parts, in UTF-16 units. */
const LONGEST_NAME = 1_000;

/** Initials written together behind a family name: `Tan AB`. */
const JOINED_INITIALS = /\s(\p{Lu}{2,3})$/u;
const initialsOf = (words: readonly string[]) => words.map((word) => word.charAt(0)).join("");

/** The words of the family name: before a comma, before initials, else the last word. */
function familyOf(name: string, words: readonly string[]): readonly string[] {
  const long = words.filter((word) => word.length > 1);
  const comma = name.indexOf(",");
  const beforeComma = comma > 0 ? wordsOf(name.slice(0, comma)).filter((word) => word.length > 1) : [];
  if (beforeComma.length > 0) return beforeComma;
  const joined = JOINED_INITIALS.exec(name)?.[1]?.toLowerCase();
  const others = long.filter((word) => word !== joined);
  const endsInInitials = joined !== undefined || words.at(-1)?.length === 1;
  return endsInInitials && others.length > 0 ? others : long.slice(-1);
}

function person(written: string): Person | null {
  const name = written.trim();
  if (NOBODY.test(name)) return null;
  const words = wordsOf(name);
  const family = familyOf(name, words);
  if (family.length === 0) return null;
  return {
    family,
    words: [...new Set([...family, ...words.filter((word) => word.length > 1)])],
    initials: initialsOf(words.filter((word) => !family.includes(word))),
  };
}

/** The people in a list of authors; institutions, placeholders and marks of more are left out. */
export function peopleOf(authors: readonly string[] | null): Person[] {
  return (authors ?? [])
    .slice(0, LONGEST_LIST)
    .flatMap((name) => name.slice(0, LONGEST_NAME).split(GLUED))
    .flatMap((name) => person(name) ?? []);
}

const SIMILAR_NAME = 0.55;

/** Whether two spellings may be of one name: equal, cut short, or with most runs of letters in common. */
function isLike(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 4) return false;
  if (a.startsWith(b) || b.startsWith(a)) return true;
  return likenessOfNames(a, b) > SIMILAR_NAME;
}

/** Whether given names do not contradict: one of them is not known, or an initial is in both. */
function agree(a: Person, b: Person): boolean {
  return (
    a.initials === "" || b.initials === "" || [...a.initials].some((initial) => b.initials.includes(initial))
  );
}

/** The same words in another order: family and given name may have changed places. */
const isReordered = (a: Person, b: Person): boolean =>
  a.words.length > 1 && a.words.length === b.words.length && a.words.every((word) => b.words.includes(word));

function isSamePerson(a: Person, b: Person): boolean {
  if (a.family.some((x) => b.family.some((y) => isLike(x, y)))) return agree(a, b);
  if (isReordered(a, b)) return true;
  // the family name of one may be the first of the other's two
  return (
    agree(a, b) && (a.family.some((x) => b.words.includes(x)) || b.family.some((y) => a.words.includes(y)))
  );
}

/** In longer lists people are looked up by their exact family names only. */
const LONGEST_FUZZY = 30;

function shareOf(people: readonly Person[], others: readonly Person[]): number {
  const byFamily = new Map<string, Person[]>();
  for (const other of others)
    for (const word of other.family) {
      const bearers = byFamily.get(word);
      if (bearers === undefined) byFamily.set(word, [other]);
      else bearers.push(other);
    }
  const isFuzzy = others.length <= LONGEST_FUZZY;
  const isThere = (one: Person) =>
    one.family.some((word) => byFamily.get(word)?.some((other) => agree(one, other))) ||
    (isFuzzy && others.some((other) => isSamePerson(one, other)));
  return people.filter(isThere).length / people.length;
}

/**
 * The share of the shorter list whose people are in the other, of two equally long ones the smaller share; null where
 * one list names nobody.
 */
export function sharedPeople(a: readonly Person[], b: readonly Person[]): number | null {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.length === 0) return null;
  const share = shareOf(shorter, longer);
  return shorter.length === longer.length ? Math.min(share, shareOf(longer, shorter)) : share;
}
