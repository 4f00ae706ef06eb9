import type { PaperFacts } from "../1-parse/mention.ts";
import type { Release } from "../core/release.ts";
import { type EarlierPaper, LostPapers } from "./ids.ts";
import type { Profiles } from "./store/profiles.ts";
import type { Works } from "./works.ts";

/** What the previous release knows of ids, and where its papers go on. */
export interface Earlier {
  /** By numbers: the order in which the release has them. */
  readonly papers: readonly EarlierPaper[];
  /** Ids that were merged into others: they never stand for another work again. */
  readonly merged: readonly string[];
  /** The first place of the work that holds a mention of each paper; -1 where none does. */
  readonly heirs: Int32Array;
  readonly lost: LostPapers;
}

const NOBODY = -1;

/** The work that each earlier paper's first mention that is still here is of. */
async function heirsByMention(
  previous: Release,
  numbers: ReadonlyMap<string, number>,
  { length, idAt }: Profiles,
  { firstOf }: Works,
): Promise<Int32Array> {
  const paperOf = new Map<string, number>();
  for await (const { paper_id, mention_id } of previous.rows("mentions")) {
    const paper = numbers.get(paper_id);
    if (paper !== undefined) paperOf.set(mention_id, paper);
  }
  const heirs = new Int32Array(numbers.size).fill(NOBODY);
  for (let place = 0; paperOf.size > 0 && place < length; place += 1) {
    const paper = paperOf.get(idAt(place));
    if (paper !== undefined && heirs[paper] === NOBODY) heirs[paper] = firstOf[place] ?? place;
  }
  return heirs;
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
  if (previous === null) return { papers, merged, heirs: new Int32Array(), lost: new LostPapers(new Map()) };
  const numbers = new Map<string, number>();
  for await (const { paper_id, first_released_in } of previous.rows("papers")) {
    numbers.set(paper_id, papers.length);
    papers.push({ paper_id, first_released_in });
  }
  for await (const { retired_id, reason } of previous.rows("retired_ids"))
    if (reason === "merged") merged.push(retired_id);
  const heirs = await heirsByMention(previous, numbers, profiles, works);
  return { papers, merged, heirs, lost: await lostPapers(previous, heirs) };
}
