import type { PaperFacts } from "../../1-parse/mention.ts";
import type { Release } from "../../core/release.ts";
import type { Profiles } from "../store/profiles.ts";
import type { Works } from "../works/works.ts";
import { type EarlierPaper, LostPapers } from "./ids.ts";

/** What the previous release knows of ids, and where its papers go on. */
export interface Earlier {
  /** By numbers: the order in which the release has them. */
  readonly papers: readonly EarlierPaper[];
  /** Ids that others took the place of, merged or split: they never stand for another work again. */
  readonly merged: readonly string[];
  readonly heirs: Heirs;
  readonly lost: LostPapers;
}

/** The works that hold mentions of earlier papers, by the papers' numbers and the works' first places. */
export interface Heirs {
  /** The work that holds the first mention of each paper; -1 where none does. */
  readonly first: Int32Array;
  /** Of papers that turn out to be several works: how many of its mentions each work holds, the first one first. */
  readonly parts: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

const NOBODY = -1;

/** The works that hold the mentions of each earlier paper that are still here. */
async function heirsByMention(
  previous: Release,
  numbers: ReadonlyMap<string, number>,
  { length, idAt }: Profiles,
  { firstOf }: Works,
): Promise<Heirs> {
  const paperOf = new Map<string, number>();
  for await (const { paper_id, mention_id } of previous.rows("mentions")) {
    const paper = numbers.get(paper_id);
    if (paper !== undefined) paperOf.set(mention_id, paper);
  }
  const first = new Int32Array(numbers.size).fill(NOBODY);
  const ofFirst = new Int32Array(numbers.size);
  const parts = new Map<number, Map<number, number>>();
  for (let place = 0; paperOf.size > 0 && place < length; place += 1) {
    const paper = paperOf.get(idAt(place));
    if (paper === undefined) continue;
    const work = firstOf[place] ?? place;
    if (first[paper] === NOBODY) first[paper] = work;
    const of = parts.get(paper);
    if (of !== undefined) of.set(work, (of.get(work) ?? 0) + 1);
    else if (first[paper] === work) ofFirst[paper] = (ofFirst[paper] ?? 0) + 1;
    else
      parts.set(
        paper,
        new Map([
          [first[paper] ?? work, ofFirst[paper] ?? 1],
          [work, 1],
        ]),
      );
  }
  return { first, parts };
}

/** The earlier papers that no mention leads on, with what is known of them. */
async function lostPapers(previous: Release, heirs: Int32Array): Promise<LostPapers> {
  const facts = new Map<number, PaperFacts>();
  const isLost = heirs.includes(NOBODY);
  let number = 0;
  if (isLost)
    for await (const row of previous.rows("papers")) {
      if (heirs[number] === NOBODY) facts.set(number, row);
      number += 1;
    }
  const lost = new LostPapers(facts);
  number = 0;
  if (isLost) for await (const row of previous.rows("papers")) lost.note(number++, row);
  return lost;
}

/** Reads what the previous release knows its papers by, and finds the works in which they go on. */
export async function readEarlier(
  previous: Release | null,
  profiles: Profiles,
  works: Works,
): Promise<Earlier> {
  const papers: EarlierPaper[] = [];
  const merged: string[] = [];
  if (previous === null) {
    const heirs = { first: new Int32Array(), parts: new Map() };
    return { papers, merged, heirs, lost: new LostPapers(new Map()) };
  }
  const numbers = new Map<string, number>();
  for await (const { paper_id, first_released_in } of previous.rows("papers")) {
    numbers.set(paper_id, papers.length);
    papers.push({ paper_id, first_released_in });
  }
  for await (const { retired_id, reason } of previous.rows("retired_ids"))
    if (reason !== "removed") merged.push(retired_id);
  const heirs = await heirsByMention(previous, numbers, profiles, works);
  return { papers, merged, heirs, lost: await lostPapers(previous, heirs.first) };
}
