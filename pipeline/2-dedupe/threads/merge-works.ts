import type { Mention } from "../../1-parse/mention.ts";
import { mergeCluster, mergeFacts } from "../merge.ts";
import { firstChoice, keysOfWork, type Unnamed } from "../names/ids.ts";
import type { PaperName } from "../paper.ts";
import type { Member } from "../works/cluster.ts";
import { type MemberLines, readMembers } from "./member-lines.ts";

const mentionsOf = (members: readonly Member[]): Mention[] => members.map(({ mention }) => mention);

/** The id that each work would like to have. */
export function firstChoices(lines: MemberLines): string[] {
  return Array.from(readMembers(lines), (members) => firstChoice(mergeFacts(mentionsOf(members))));
}

/** What a work is known by. */
export function unnamedOf(members: readonly Member[]): Unnamed {
  const mentions = mentionsOf(members);
  return { facts: mergeFacts(mentions), titles: [...new Set(mentions.map(({ title }) => title))] };
}

/** The works that have one of these keys, by their number in the list. */
export function worksWithKeys(
  lines: MemberLines,
  keys: ReadonlySet<string>,
): { readonly work: number; readonly unnamed: Unnamed }[] {
  return [...readMembers(lines).map(unnamedOf)].flatMap((unnamed, work) =>
    keysOfWork(unnamed).isDisjointFrom(keys) ? [] : [{ work, unnamed }],
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
    const merged = mergeCluster(members, mergeFacts(mentionsOf(members)));
    papers.push(JSON.stringify({ ...names[work], ...merged }), "\n");
    work += 1;
  }
  return Buffer.from(papers.join(""), "utf8");
}
