import type { IssueCode } from "../../schemas/vocabularies.ts";
import { numberOfRule } from "./compare/edges.ts";
import type { MemberLines } from "./threads/member-lines.ts";
import type { Works } from "./works/works.ts";

/** The mentions' lines in their file, in the order in which they stand there. */
export interface MentionLines {
  readonly path: string;
  /** Where each line begins; one more than there are lines. */
  readonly starts: Float64Array;
  /** The line of each place. */
  readonly order: Int32Array;
}

/** Threads are handed so many works at once. */
const WORKS = 500;

/** Works by their first places, in lists of a few hundred, with the lines of all their members. */
export function* memberLines(
  { path, starts, order }: MentionLines,
  works: Works,
  firsts: Iterable<number>,
): Generator<{ readonly firsts: readonly number[]; readonly lines: MemberLines }> {
  for (const some of inLists(firsts, WORKS)) {
    const sizes: number[] = [];
    const places: number[] = [];
    const doubts = new Map<number, readonly IssueCode[]>();
    for (const [work, first] of some.entries()) {
      const members = works.membersOf(first);
      const found = works.doubtsOf(members);
      if (found.length > 0) doubts.set(work, found);
      sizes.push(members.length);
      for (const place of members) places.push(place);
    }
    const at = (place: number, next = 0) => starts[(order[place] ?? 0) + next] ?? 0;
    const ties = places.map((place) => works.tieAt(place));
    yield {
      firsts: some,
      lines: {
        path,
        sizes: Int32Array.from(sizes),
        starts: Float64Array.from(places, (place) => at(place)),
        lengths: Int32Array.from(places, (place) => at(place, 1) - at(place)),
        rules: Uint8Array.from(ties, numberOfRule),
        scores: Float64Array.from(ties, (tie) => tie?.score ?? 0),
        doubts,
      },
    };
  }
}

function* inLists(numbers: Iterable<number>, length: number): Generator<number[]> {
  let list: number[] = [];
  for (const number of numbers) {
    list.push(number);
    if (list.length < length) continue;
    yield list;
    list = [];
  }
  if (list.length > 0) yield list;
}
