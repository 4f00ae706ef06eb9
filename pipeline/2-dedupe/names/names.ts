import { orderOfTexts } from "../../core/text-order.ts";
import type { PaperName } from "../paper.ts";
import type { Earlier } from "./earlier.ts";
import { type EarlierPaper, elder, furtherChoices, type Unnamed } from "./ids.ts";

/**
 * The work that holds most of the mentions of an earlier paper that turns out to be several: its id stays with the
 * greater part. Of equal parts, one that continues no elder paper, then that of the first mention.
 */
function greatestPart(
  parts: ReadonlyMap<number, number>,
  taken: ReadonlyMap<number, unknown>,
): number | undefined {
  const [greatest] = [...parts].sort(
    ([a, m], [b, n]) => n - m || Number(taken.has(a)) - Number(taken.has(b)),
  );
  return greatest?.[0];
}

/** The earlier papers that go on in each work, by its first place; the eldest first. */
function heritage({ papers, heirs, lost }: Earlier): Map<number, EarlierPaper[]> {
  const inherited = new Map<number, EarlierPaper[]>();
  for (const [number, paper] of [...papers.entries()].sort(([, a], [, b]) => elder(a, b))) {
    const parts = heirs.parts.get(number);
    const byMention = parts === undefined ? heirs.first[number] : greatestPart(parts, inherited);
    const heir = byMention === undefined || byMention === -1 ? lost.heirOf(number) : byMention;
    if (heir === null) continue;
    const all = inherited.get(heir);
    if (all === undefined) inherited.set(heir, [paper]);
    else all.push(paper);
  }
  return inherited;
}

/** Works that are to be named, by their numbers: in the order of their first mentions. */
export interface UnnamedWorks {
  /** The first place of each. */
  readonly firsts: Int32Array;
  /** The id that a work would like to have. */
  choiceOf(first: number): string;
  /** What is known of a work, and its first mention: asked for only where a choice is not free. */
  read(first: number): { readonly work: Unnamed; readonly firstMention: string };
}

/** Works in the order of their ids, and their names. */
export interface NamedWorks {
  readonly firsts: Int32Array;
  nameOf(first: number): PaperName;
}

/** Every id that works would like to have, with the works, in order. */
function* byChoice({ firsts, choiceOf }: UnnamedWorks, order: Int32Array): Generator<readonly number[]> {
  const firstAt = (at: number) => firsts[order[at] ?? 0] ?? 0;
  for (let from = 0; from < order.length; ) {
    const same = [firstAt(from)];
    const choice = choiceOf(firstAt(from));
    let to = from + 1;
    for (; to < order.length && choiceOf(firstAt(to)) === choice; to += 1) same.push(firstAt(to));
    yield same;
    from = to;
  }
}

/**
 * Names works. One that continues earlier papers keeps the eldest's id; a new work's id comes from what it is. Where
 * several would have one id, the one whose first mention comes first has it, and the others are told apart by their
 * abstracts, or by their mentions.
 */
export function nameWorks(works: UnnamedWorks, earlier: Earlier): NamedWorks {
  const { firsts, choiceOf, read } = works;
  const inherited = heritage(earlier);
  const taken = new Set([...earlier.papers.map(({ paper_id }) => paper_id), ...earlier.merged]);
  const others = new Map<number, string>();
  const chosen = orderOfTexts(firsts.length, (at) => choiceOf(firsts[at] ?? 0));
  for (const same of byChoice(works, chosen)) {
    let isFree = !taken.has(choiceOf(same[0] ?? 0));
    for (const first of same) {
      if (inherited.has(first)) continue;
      if (!isFree) {
        const { work, firstMention } = read(first);
        const id = furtherChoices(work.facts, firstMention).find((choice) => !taken.has(choice)) as string; // they never end
        taken.add(id);
        others.set(first, id);
      }
      isFree = false;
    }
  }
  const nameOf = (first: number): PaperName => {
    const [survivor, ...absorbed] = inherited.get(first) ?? [];
    if (survivor !== undefined)
      return { ...survivor, absorbed_ids: absorbed.map(({ paper_id }) => paper_id).sort() };
    return { paper_id: others.get(first) ?? choiceOf(first), first_released_in: null, absorbed_ids: [] };
  };
  const isRenamed = inherited.size + others.size > 0;
  const order = isRenamed ? orderOfTexts(firsts.length, (at) => nameOf(firsts[at] ?? 0).paper_id) : chosen;
  return { firsts: order.map((at) => firsts[at] ?? 0), nameOf };
}
