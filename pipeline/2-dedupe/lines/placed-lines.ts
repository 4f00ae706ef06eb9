import type { IssueCode } from "../../../schemas/vocabularies.ts";
import { numberOfRule } from "../compare/edges.ts";
import type { Works } from "../works/works.ts";
import type { MemberLines, WorkLines } from "./work-lines.ts";

/** The lines of a file that holds one for each mention, found by the mentions' places. */
export interface PlacedLines {
  readonly path: string;
  /** Where each line begins; one more than there are lines. */
  readonly starts: Float64Array;
  /** The line of each place. */
  readonly order: Int32Array;
}

/** Threads are handed so many works at once. */
const WORKS = 500;

/** Some works by their first places, with the places and the lines of their members. */
interface Some<Lines extends WorkLines> {
  readonly firsts: readonly number[];
  readonly members: readonly (readonly number[])[];
  readonly lines: Lines;
}

/** Works by their first places, in lists of a few hundred, with the lines of all their members. */
export function* workLines(
  { path, starts, order }: PlacedLines,
  works: Works,
  firsts: Iterable<number>,
): Generator<Some<WorkLines>> {
  for (const some of inLists(firsts, WORKS)) {
    const members = some.map((first) => works.membersOf(first));
    const lines = members.flatMap((places) => places.map((place) => order[place] ?? 0));
    const startOf = (line: number) => starts[line] ?? 0;
    yield {
      firsts: some,
      members,
      lines: {
        path,
        sizes: Int32Array.from(members, (places) => places.length),
        starts: Float64Array.from(lines, startOf),
        lengths: Int32Array.from(lines, (line) => startOf(line + 1) - startOf(line)),
      },
    };
  }
}

/** The same, with what was found of each member. */
export function* memberLines(
  placed: PlacedLines,
  works: Works,
  firsts: Iterable<number>,
): Generator<Some<MemberLines>> {
  for (const some of workLines(placed, works, firsts)) {
    const { members, lines } = some;
    const ties = members.flatMap((places) => places.map((place) => works.tieAt(place)));
    const doubts = new Map<number, readonly IssueCode[]>();
    for (const [work, places] of members.entries()) {
      const found = works.doubtsOf(places);
      if (found.length > 0) doubts.set(work, found);
    }
    const rules = Uint8Array.from(ties, numberOfRule);
    const scores = Float64Array.from(ties, (tie) => tie?.score ?? 0);
    yield { ...some, lines: { ...lines, rules, scores, doubts } };
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
