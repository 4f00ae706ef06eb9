import type { PaperFacts } from "../../1-parse/mention.ts";
import { stableId } from "../../core/digest.ts";
import { compareVersions } from "../../core/versions.ts";
import { compare } from "../compare/compare.ts";
import { learn } from "../corpus/corpus.ts";
import { profileOfFacts } from "../profile/profile.ts";
import { normaliseTitle } from "../profile/text-forms.ts";
import { identityOf, keysOf } from "./keys.ts";

/** A paper of the previous release, as it is called. */
export interface EarlierPaper {
  readonly paper_id: string;
  readonly first_released_in: string;
}

/** What of a work is held against an earlier paper. */
export interface Unnamed {
  readonly facts: PaperFacts;
  /** Titles of all members: a work keeps its id when its title changes in one capture. */
  readonly titles: readonly string[];
}

/** Every key of a work. */
export const keysOfWork = ({ facts, titles }: Unnamed): Set<string> =>
  new Set(titles.flatMap((title) => keysOf({ ...facts, title })));

/** Of several earlier papers that turn out to be one, the one that was released first survives; then by id. */
export function elder(a: EarlierPaper, b: EarlierPaper): number {
  return compareVersions(a.first_released_in, b.first_released_in) || (a.paper_id < b.paper_id ? -1 : 1);
}

/** Adds to an index; a key that two different values claim says nothing and is marked null. */
function claim<T>(index: Map<string, T | null>, key: string, value: T): void {
  index.set(key, index.has(key) && index.get(key) !== value ? null : value);
}

/** What two papers of two releases are judged by: themselves alone. */
const UNTAUGHT = learn([]);

/** Whether an earlier paper that shares a key with a work is the same by what is known of both. */
function isContinued(earlier: PaperFacts, work: Unnamed): boolean {
  const before = profileOfFacts(earlier);
  return work.titles.some(
    (title) => compare(before, profileOfFacts({ ...work.facts, title }), UNTAUGHT).same,
  );
}

/**
 * The earlier papers none of whose mentions is here any more. One goes on in the work with which it alone shares a key
 * that no other work has, while nothing known of the two speaks against it.
 */
export class LostPapers {
  private readonly facts: ReadonlyMap<number, PaperFacts>;
  private readonly owners = new Map<string, number | null>();
  private readonly claims = new Map<string, { readonly number: number; readonly work: Unnamed } | null>();

  /** @param facts what is known of each, by the papers' numbers */
  constructor(facts: ReadonlyMap<number, PaperFacts>) {
    this.facts = facts;
    for (const [paper, known] of facts) for (const key of keysOf(known)) claim(this.owners, key, paper);
  }

  /** Takes note of any earlier paper: a key that it shares with a lost one says nothing. */
  note(paper: number, facts: Pick<PaperFacts, "title" | "arxiv_id" | "doi">): void {
    for (const key of keysOf(facts)) if (this.owners.has(key)) claim(this.owners, key, paper);
  }

  /** The keys that say something. */
  keys(): Set<string> {
    return new Set(this.owners.entries().flatMap(([key, owner]) => (owner === null ? [] : [key])));
  }

  /** Takes note of a work by its number; those that have none of the keys may be left out. */
  claim(number: number, work: Unnamed): void {
    const claimed = { number, work };
    for (const key of keysOfWork(work)) if (this.owners.has(key)) claim(this.claims, key, claimed);
  }

  /** The number of the work in which a lost paper goes on; null: in none. */
  heirOf(paper: number): number | null {
    const facts = this.facts.get(paper);
    if (facts === undefined) return null;
    for (const key of keysOf(facts)) {
      const heir = this.owners.get(key) === paper ? this.claims.get(key) : undefined;
      if (heir !== null && heir !== undefined && isContinued(facts, heir.work)) return heir.number;
    }
    return null;
  }
}

/** The id that a new work has unless it is taken: what the work is. */
export const firstChoice = (facts: PaperFacts): string => stableId("p", ...identityOf(facts));

/** Further ids for a new work: what it is with its abstract, then with its first mention. */
export function* furtherChoices(facts: PaperFacts, firstMention: string): Generator<string> {
  const identity = identityOf(facts);
  yield stableId("p", ...identity, normaliseTitle(facts.abstract ?? ""));
  for (let again = 0; ; again += 1) yield stableId("p", ...identity, firstMention, String(again));
}
