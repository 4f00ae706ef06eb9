import type { PaperFacts } from "../../1-parse/mention.ts";
import { type MemberLines, readMembers, readWorks, type WorkLines } from "../lines/work-lines.ts";
import { mergeCluster, mergeFacts } from "../merge.ts";
import { firstChoice, keysOfWork, type Unnamed } from "../names/ids.ts";
import type { PaperName } from "../paper.ts";

/** The id that each work would like to have, by what its members say. */
export function firstChoices(facts: WorkLines): string[] {
  return Array.from(readWorks<PaperFacts>(facts), (members) => firstChoice(mergeFacts(members)));
}

/** What a work is known by. */
export function unnamedOf(members: readonly PaperFacts[]): Unnamed {
  return { facts: mergeFacts(members), titles: [...new Set(members.map(({ title }) => title))] };
}

/** The works that have one of these keys, by their number in the list. */
export function worksWithKeys(facts: WorkLines, keys: ReadonlySet<string>): number[] {
  return [...readWorks<PaperFacts>(facts).map(unnamedOf)].flatMap((unnamed, work) =>
    keysOfWork(unnamed).isDisjointFrom(keys) ? [] : [work],
  );
}

/** The papers that these works make, as lines of JSON. */
export function paperLines({
  lines,
  names,
}: {
  readonly lines: MemberLines;
  readonly names: readonly PaperName[];
}): Uint8Array {
  let work = 0;
  const papers: string[] = [];
  for (const members of readMembers(lines)) {
    const merged = mergeCluster(members, mergeFacts(members.map(({ mention }) => mention)));
    papers.push(JSON.stringify({ ...names[work], ...merged }), "\n");
    work += 1;
  }
  return Buffer.from(papers.join(""), "utf8");
}
