import { closeSync, openSync } from "node:fs";
import type { IssueCode } from "../../../schemas/vocabularies.ts";
import type { Mention } from "../../1-parse/mention.ts";
import { readAt } from "../../core/files.ts";
import { tieOf } from "../compare/edges.ts";
import type { Member } from "../works/cluster.ts";

/** Works by the lines of their members, as numbers: the members stand one behind the other, work by work. */
export interface MemberLines {
  readonly path: string;
  /** How many members each work has. */
  readonly sizes: Int32Array;
  /** Where in the file each member's line begins, and how many bytes it has with its line feed. */
  readonly starts: Float64Array;
  readonly lengths: Int32Array;
  /** What ties each member, as `numberOfRule` has it. */
  readonly rules: Uint8Array;
  readonly scores: Float64Array;
  /** What of some works should be looked at, by their number here. */
  readonly doubts: ReadonlyMap<number, readonly IssueCode[]>;
}

/** Reads the members of each work, work by work. */
export function* readMembers(lines: MemberLines): Generator<Member[]> {
  const file = openSync(lines.path, "r");
  try {
    let at = 0;
    for (const [work, size] of lines.sizes.entries()) {
      const doubts = lines.doubts.get(work) ?? [];
      const members: Member[] = [];
      for (const end = at + size; at < end; at += 1) {
        const line = readAt(file, Buffer.allocUnsafe(lines.lengths[at] ?? 0), lines.starts[at] ?? 0);
        const tie = tieOf(lines.rules[at] ?? 0, lines.scores[at] ?? 0);
        members.push({ mention: JSON.parse(line.toString("utf8")) as Mention, tie, doubts });
      }
      yield members;
    }
  } finally {
    closeSync(file);
  }
}
