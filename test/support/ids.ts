import type { PaperFacts } from "../../pipeline/1-parse/mention.ts";
import {
  firstChoice,
  LostPapers,
  type EarlierPaper as Named,
  type Unnamed,
} from "../../pipeline/2-dedupe/names/ids.ts";
import { nameWorks } from "../../pipeline/2-dedupe/names/names.ts";
import type { PaperName } from "../../pipeline/2-dedupe/paper.ts";

/** A work and its mentions. */
export interface WorkAtHand extends Unnamed {
  readonly mention_ids: readonly string[];
}

/** A paper of the previous release, with what it is known by. */
export interface EarlierPaper extends Named {
  readonly mention_ids: readonly string[];
  readonly facts: PaperFacts;
}

/** Names works at hand, which are in the order of their first mentions, after a release of these papers. */
export function assignIds<C extends WorkAtHand>(
  works: readonly C[],
  { papers, merged }: { readonly papers: readonly EarlierPaper[]; readonly merged: readonly string[] },
): (C & PaperName)[] {
  const holder = new Map(works.flatMap(({ mention_ids }, at) => mention_ids.map((id) => [id, at] as const)));
  const parts = new Map<number, Map<number, number>>();
  const first = Int32Array.from(papers, ({ mention_ids }, paper) => {
    const sizes = new Map<number, number>();
    for (const work of mention_ids.flatMap((id) => holder.get(id) ?? []))
      sizes.set(work, (sizes.get(work) ?? 0) + 1);
    if (sizes.size > 1) parts.set(paper, sizes);
    return [...sizes.keys()][0] ?? -1;
  });
  const facts = [...papers.entries()].flatMap(([at, paper]) =>
    first[at] === -1 ? [[at, paper.facts] as const] : [],
  );
  const lost = new LostPapers(new Map(facts));
  for (const [at, paper] of papers.entries()) lost.note(at, paper.facts);
  for (const [at, work] of works.entries()) lost.claim(at, work);
  const at = (place: number): C => works[place] as C; // only places of works are asked for
  const { nameOf } = nameWorks(
    {
      firsts: Int32Array.from(works.keys()),
      choiceOf: (place) => firstChoice(at(place).facts),
      read: (place) => ({ work: at(place), firstMention: at(place).mention_ids[0] ?? "" }),
    },
    {
      papers: papers.map(({ paper_id, first_released_in }) => ({ paper_id, first_released_in })),
      merged,
      heirs: { first, parts },
      lost,
    },
  );
  return works.map((work, place) => ({ ...work, ...nameOf(place) }));
}
