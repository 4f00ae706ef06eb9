import type { Mention } from "../../1-parse/mention.ts";
import { inOrder, type Threads } from "../../core/threads.ts";
import { type PlacedLines, workLines } from "../lines/placed-lines.ts";
import { readWorks } from "../lines/work-lines.ts";
import type { DedupeAnswers } from "../threads/answers.ts";
import { unnamedOf } from "../threads/merge-works.ts";
import type { Works } from "../works/works.ts";
import type { Earlier } from "./earlier.ts";
import type { IdTexts } from "./id-texts.ts";
import { type NamedWorks, nameWorks, type UnnamedWorks } from "./names.ts";

/** What works are named by. */
export interface Naming {
  readonly works: Works;
  /** The mentions as they were read. */
  readonly mentions: PlacedLines;
  /** What each mention says, without its abstract: a tenth of the bytes. */
  readonly facts: PlacedLines;
  /** The id that each mention would like to have as a work of its own. */
  readonly ids: IdTexts;
}

type DedupeThreads = Threads<DedupeAnswers>;

/** The ids of works of several mentions: each of them says something else of what the work is. */
async function chooseIds({ works, facts, ids }: Naming, threads: DedupeThreads): Promise<void> {
  const { firsts, sizeOf } = works;
  const several = firsts.values().filter((first) => sizeOf(first) > 1);
  const choices = inOrder(workLines(facts, works, several), threads.atOnce, async (some) => ({
    firsts: some.firsts,
    ids: await threads.ask("firstChoices", some.lines),
  }));
  for await (const some of choices)
    for (const [at, first] of some.firsts.entries()) ids.set(facts.order[first] ?? 0, some.ids[at] ?? "");
}

/** The works that share a key with an earlier paper that no mention leads on. */
async function claimLost(
  { works, facts }: Naming,
  { lost }: Earlier,
  read: UnnamedWorks["read"],
  threads: DedupeThreads,
): Promise<void> {
  const keys = lost.keys();
  if (keys.size === 0) return;
  await threads.askAll("prepareKeys", keys);
  const all = workLines(facts, works, works.firsts.values());
  const claims = inOrder(all, threads.atOnce, async (some) => ({
    firsts: some.firsts,
    found: await threads.ask("worksWithKeys", some.lines),
  }));
  for await (const { firsts, found } of claims)
    for (const work of found) {
      const first = firsts[work] ?? 0;
      lost.claim(first, read(first).work);
    }
}

/** Names works: those of the release before, and what is new by what it is. */
export async function findNames(
  naming: Naming,
  earlier: Earlier,
  threads: DedupeThreads,
): Promise<NamedWorks> {
  const { works, mentions, facts, ids } = naming;
  const read = (first: number) => {
    const [one] = workLines(mentions, works, [first]);
    const [members = []] = one === undefined ? [] : readWorks<Mention>(one.lines);
    return { work: unnamedOf(members), firstMention: members[0]?.mention_id ?? "" };
  };
  await chooseIds(naming, threads);
  await claimLost(naming, earlier, read, threads);
  const choiceOf = (first: number) => ids.at(facts.order[first] ?? 0);
  return nameWorks({ firsts: works.firsts, choiceOf, read }, earlier);
}
