import type { JoinPart } from "../candidates/title-join.ts";
import type { TitleSets } from "../candidates/title-sets.ts";
import { type CompareBasis, type Compared, comparingStretches } from "../compare/compare-pairs.ts";
import type { WorkLines } from "../lines/work-lines.ts";
import { joiningParts } from "./join-part.ts";
import { firstChoices, paperLines, worksWithKeys } from "./merge-works.ts";
import { packSlice } from "./pack-slice.ts";

/** What a thread of this stage can be asked for. It remembers what it was told to join, to compare by and to look for. */
export function dedupeAnswers() {
  let join: ((part: JoinPart) => Int32Array) | null = null;
  let stretch: ((from: number, to: number) => Compared) | null = null;
  let keys: ReadonlySet<string> | null = null;
  return {
    pack: packSlice,
    prepareJoin(sets: TitleSets): void {
      join = joiningParts(sets);
    },
    join(part: JoinPart): Int32Array {
      if (join === null) throw new TypeError("Nothing was prepared to be joined.");
      return join(part);
    },
    prepare(basis: CompareBasis): void {
      stretch = comparingStretches(basis);
    },
    compare({ from, to }: { readonly from: number; readonly to: number }): Compared {
      if (stretch === null) throw new TypeError("Nothing was prepared to be compared.");
      return stretch(from, to);
    },
    firstChoices,
    prepareKeys(wanted: ReadonlySet<string>): void {
      keys = wanted;
    },
    worksWithKeys(facts: WorkLines) {
      if (keys === null) throw new TypeError("No keys were given to look for.");
      return worksWithKeys(facts, keys);
    },
    paperLines,
  };
}
export type DedupeAnswers = ReturnType<typeof dedupeAnswers>;
