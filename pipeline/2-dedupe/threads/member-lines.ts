import { closeSync, openSync, readSync } from "node:fs";
import type { IssueCode } from "../../../schemas/vocabularies.ts";
import type { Mention } from "../../1-parse/mention.ts";
import { TIE_RULES } from "../compare/edges.ts";
import type { Member } from "../works/cluster.ts";

/** Works by the lines of their members, as numbers: the members stand one behind the other, work by work. */
export interface MemberLines {
  readonly path: string;
  /** How many members each work has. */
  readonly sizes: Int32Array;
  /** Where in the file each member's line begins, and how many bytes it has with its line feed. */
  readonly starts: Float64Array;
  readonly lengths: Int32Array;
  /** One more than the place in `TIE_RULES`; 0 where nothing ties a member. */
  readonly rules: Uint8Array;
  readonly scores: Float64Array;
  /** What of some works should be looked at, by their number here. */
  readonly doubts: ReadonlyMap<number, readonly IssueCode[]>;
}

function readLine(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let read = 0; read < length; ) read += readSync(file, bytes, read, length - read, start + read);
  return bytes;
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
        const line = readLine(file, lines.starts[at] ?? 0, lines.lengths[at] ?? 0);
        const rule = TIE_RULES[(lines.rules[at] ?? 0) - 1];
        const tie = rule === undefined ? null : { rule, score: lines.scores[at] ?? 0 };
        members.push({ mention: JSON.parse(line.toString("utf8")) as Mention, tie, doubts });
      }
      yield members;
    }
  } finally {
    closeSync(file);
  }
}
