import { Growing } from "../../core/growing.ts";
import { LEAST_ALIKE } from "../candidates/candidates.ts";
import { type JoinPart, joinTitles } from "../candidates/title-join.ts";
import type { TitleSets } from "../candidates/title-sets.ts";

/** Joins parts of the titles: the numbers of two titles that are alike, then those of the next two. */
export function joiningParts(sets: TitleSets): (part: JoinPart) => Int32Array {
  return (part) => {
    const found = new Growing((length) => new Int32Array(length));
    joinTitles(sets, LEAST_ALIKE, part, (x, y) => {
      found.push(x);
      found.push(y);
    });
    return found.copy();
  };
}
