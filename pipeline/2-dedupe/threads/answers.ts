import type { JoinPart } from "../candidates/title-join.ts";
import { type TitleSets, type TitleWords, titleWords } from "../candidates/title-sets.ts";
import { type CompareBasis, type Compared, comparingStretches } from "../compare/compare-pairs.ts";
import type { WorkLines } from "../lines/work-lines.ts";
import { type ProfileReader, readProfiles, type SharedProfiles } from "../store/profiles.ts";
import { joiningParts } from "./join-part.ts";
import { firstChoices, paperLines, worksWithKeys } from "./merge-works.ts";
import { packSlice } from "./pack-slice.ts";

/** What a thread was not told before it was asked to use it. */
function told<T>(value: T | null, what: string): T {
  if (value === null) throw new TypeError(`A thread was not told ${what}.`);
  return value;
}

/**
 * What a thread of this stage can be asked for. It remembers what it was told to read, to join, to compare by and to
 * look for.
 */
export function dedupeAnswers() {
  let profiles: ProfileReader | null = null;
  let join: ((part: JoinPart) => Int32Array) | null = null;
  let stretch: ((from: number, to: number) => Compared) | null = null;
  let keys: ReadonlySet<string> | null = null;
  return {
    pack: packSlice,
    prepareProfiles(shared: SharedProfiles): void {
      profiles = readProfiles(shared);
    },
    titleWords(places: Int32Array): TitleWords {
      const { titleAt } = told(profiles, "which profiles to read");
      return titleWords(places.values().map(titleAt));
    },
    prepareJoin(sets: TitleSets): void {
      join = joiningParts(sets);
    },
    join: (part: JoinPart): Int32Array => told(join, "which titles to join")(part),
    prepareCompare(basis: CompareBasis): void {
      stretch = comparingStretches(told(profiles, "which profiles to read"), basis);
    },
    compare: ({ from, to }: { readonly from: number; readonly to: number }): Compared =>
      told(stretch, "which pairs to compare")(from, to),
    firstChoices,
    prepareKeys(wanted: ReadonlySet<string>): void {
      keys = wanted;
    },
    worksWithKeys: (facts: WorkLines) => worksWithKeys(facts, told(keys, "which keys to look for")),
    paperLines,
  };
}
export type DedupeAnswers = ReturnType<typeof dedupeAnswers>;
