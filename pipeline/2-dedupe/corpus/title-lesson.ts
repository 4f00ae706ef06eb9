import { type Person, sharedPeople } from "../profile/people.ts";
import type { Profile } from "../profile/profile.ts";
import { MOST_ALIKE } from "./counterparts.ts";

/** Titles of fewer letters and digits stand for nothing alone. */
export const SHORTEST_TITLE = 12;
/** Titles of fewer letters are generic when they come back in another year; longer ones in a third year. */
export const SPEAKING_TITLE = 30;
/** Different lists of people under one title that are held against each other. */
const MOST_LISTS = 30;

const familyKey = (people: readonly Person[]) =>
  people
    .map(({ family }) => family.join(" "))
    .sort()
    .join("|");

const allWords = (people: readonly Person[]) => people.map(({ words }) => words.join(" ")).join("|");

/** A capture's use of a title: by these people in this year. The capture stands first. */
export const useOf = ({ source, year, people }: Profile): string =>
  `${source}\0${year}\0${familyKey(people)}`;
const sourceOf = (use: string) => use.slice(0, use.indexOf("\0"));

/** What all mentions of one title teach, taken one at a time: none is held, since one title may be a million mentions. */
export class TitleLesson {
  readonly title: string;
  private mentions = 0;
  private readonly years = new Set<number>();
  private readonly uses = new Map<string, number>();
  /** The different lists of people that come first by their names. */
  private lists = new Map<string, readonly Person[]>();
  /** Of each year, the first mentions that name people and a venue; one more than are looked at. */
  private readonly alike = new Map<number, Profile[]>();

  constructor(title: string) {
    this.title = title;
  }

  add(profile: Profile): void {
    const { people, year, venue } = profile;
    this.mentions += 1;
    // a preprint's year says nothing of how often a title comes back
    if (year !== null && venue?.kind !== "preprint") this.years.add(year);
    const use = useOf(profile);
    this.uses.set(use, (this.uses.get(use) ?? 0) + 1);
    if (people.length === 0) return;
    this.keepAlike(profile);
    this.keepList(people);
    if (this.lists.size > 2 * MOST_LISTS) this.lists = new Map(this.firstLists());
  }

  /** Whether the title stands for many works. */
  isGeneric(): boolean {
    const { length } = this.title;
    if (length < SHORTEST_TITLE) return true;
    if (this.years.size >= 3 || (this.years.size === 2 && length < SPEAKING_TITLE)) return true;
    return this.mentions >= 3 && this.areDisjoint();
  }

  /** The uses that a capture makes more than once. */
  repeatedUses(): Set<string> {
    return new Set(this.uses.entries().flatMap(([use, count]) => (count > 1 ? [use] : [])));
  }

  /** Adds how often each capture has the title again by the same people in the same year. */
  countRepeats(bySource: Map<string, number>): void {
    for (const [use, count] of this.uses)
      if (count > 1) bySource.set(sourceOf(use), (bySource.get(sourceOf(use)) ?? 0) + count - 1);
  }

  /** The mentions of each year that show which venues list the same works: a speaking title's, few and not alone. */
  tellingOfVenues(): Profile[][] {
    return [...this.alike.values()].filter(({ length }) => length >= 2 && length <= MOST_ALIKE);
  }

  private keepAlike(profile: Profile): void {
    const { year, venue } = profile;
    if (this.title.length < SPEAKING_TITLE || year === null || venue === null) return;
    const alike = this.alike.get(year);
    if (alike === undefined) this.alike.set(year, [profile]);
    else if (alike.length <= MOST_ALIKE) alike.push(profile);
  }

  /** Of lists that families and initials do not tell apart the one that comes first by all words. */
  private keepList(people: readonly Person[]): void {
    const key = `${familyKey(people)}/${people.map(({ initials }) => initials).join("|")}`;
    const known = this.lists.get(key);
    if (known === undefined || allWords(people) < allWords(known)) this.lists.set(key, people);
  }

  private firstLists(): [string, readonly Person[]][] {
    return [...this.lists].sort(([x], [y]) => (x < y ? -1 : 1)).slice(0, MOST_LISTS);
  }

  /** Whether three lists of people have nobody in common, two by two: one stranger may be a wrong name. */
  private areDisjoint(): boolean {
    const lists = this.firstLists().map(([, people]) => people);
    const apart = (x: readonly Person[], y: readonly Person[]) => sharedPeople(x, y) === 0;
    return lists.some((x, i) =>
      lists
        .slice(i + 1)
        .some((y, j) => apart(x, y) && lists.slice(i + j + 2).some((z) => apart(x, z) && apart(y, z))),
    );
  }
}
