import { closeSync, openSync } from "node:fs";
import type { IssueCode } from "../../../schemas/vocabularies.ts";
import type { Mention } from "../../1-parse/mention.ts";
import { readRecordAt } from "../../core/files.ts";
import { tieOf } from "../compare/edges.ts";
import type { Member } from "../works/cluster.ts";

/** Works by the lines of their members, as numbers: the members stand one behind the other, work by work. */
export interface WorkLines {
  readonly path: string;
  /** How many members each work has. */
  readonly sizes: Int32Array;
  /** Where in the file each member's line begins, and how many bytes it has with its line feed. */
  readonly starts: Float64Array;
  readonly lengths: Int32Array;
}

/** Works by the lines of their members, with what was found of each member. */
export interface MemberLines extends WorkLines {
  /** What ties each member, as `numberOfRule` has it. */
  readonly rules: Uint8Array;
  readonly scores: Float64Array;
  /** What of some works should be looked at, by their number here. */
  readonly doubts: ReadonlyMap<number, readonly IssueCode[]>;
}

/** Reads the lines of each work, work by work; `T` is what was written there. */
export function* readWorks<T>({ path, sizes, starts, lengths }: WorkLines): Generator<T[]> {
  const file = openSync(path, "r");
  try {
    let at = 0;
    for (const size of sizes) {
      const records: T[] = [];
      for (const end = at + size; at < end; at += 1)
        records.push(readRecordAt<T>(file, starts[at] ?? 0, lengths[at] ?? 0));
      yield records;
    }
  } finally {
    closeSync(file);
  }
}

/** Reads the members of each work, work by work. */
export function* readMembers(lines: MemberLines): Generator<Member[]> {
  const { rules, scores } = lines;
  let [work, at] = [0, 0];
  for (const mentions of readWorks<Mention>(lines)) {
    const doubts = lines.doubts.get(work++) ?? [];
    yield mentions.map((mention) => {
      const tie = tieOf(rules[at] ?? 0, scores[at] ?? 0);
      at += 1;
      return { mention, tie, doubts };
    });
  }
}
