import type { Mention } from "../1-parse/mention.ts";
import { askCandidates } from "../2-dedupe/candidates/candidates.ts";
import { type Comparison, compare, type TieRule } from "../2-dedupe/compare/compare.ts";
import { DIFFERENCES, type Difference, isWeak } from "../2-dedupe/compare/vetoes.ts";
import { type Corpus, learn } from "../2-dedupe/corpus/corpus.ts";
import { type Profile, profileOf } from "../2-dedupe/profile/profile.ts";
import { packed } from "../2-dedupe/store/profiles.ts";

/** What was decided of two records, and why, in codes and in words. */
export interface Decision {
  readonly decision:
    | "tied"
    | "tied_through_others"
    | "different"
    | "kept_apart"
    | "never_candidate"
    | "in_release";
  /** What the two compare as, by themselves; null where that is not known. */
  readonly rule: TieRule | null;
  readonly score: number | null;
  readonly difference: Difference | null;
  readonly why: string;
}

/** A mention with the cluster that it was put in. */
export interface Clustered {
  readonly mention: Mention;
  readonly found: string;
}

/** So many members of a cluster are held against those of another to find what keeps them apart. */
const MOST_MEMBERS = 100;

const saidBy = (result: Comparison): string =>
  result.same ? `They are one by ${result.rule} (${result.score.toFixed(3)}).` : DIFFERENCES[result.reason];

const codesOf = (result: Comparison): Pick<Decision, "rule" | "score" | "difference"> =>
  result.same
    ? { rule: result.rule, score: result.score, difference: null }
    : { rule: null, score: null, difference: result.reason };

/** The pairs among those asked for that were compared at all, by the keys of `pairOf`. */
function comparedPairs(profiles: readonly Profile[], corpus: Corpus): Set<number> {
  const compared = new Set<number>();
  askCandidates(packed(profiles), (a, b) => {
    const [x, y] = [profiles[a], profiles[b]];
    if (x === undefined || y === undefined || a === b) return false;
    compared.add(Math.min(a, b) * profiles.length + Math.max(a, b));
    return compare(x, y, corpus).same;
  });
  return compared;
}

/** What keeps the clusters of two records apart whose own comparison ties them. */
function apartBy(left: readonly Profile[], right: readonly Profile[], corpus: Corpus): string {
  for (const x of left.slice(0, MOST_MEMBERS))
    for (const y of right.slice(0, MOST_MEMBERS)) {
      const result = compare(x, y, corpus);
      if (!result.same && !isWeak(result.reason))
        return `but ${JSON.stringify(x.title.join(" "))} and ${JSON.stringify(y.title.join(" "))} of their clusters forbid it (${result.reason}): ${DIFFERENCES[result.reason]}`;
    }
  return "but the tie is too weak to join what each is in.";
}

/**
 * Says of any two mentions why they were or were not put in one cluster. Repeats what clustering does: the same
 * profiles, the same lessons of the corpus, the same candidates.
 */
export function explainer(clustered: readonly Clustered[]): (a: string, b: string) => Decision {
  const ordered = clustered.toSorted((x, y) => (x.mention.mention_id < y.mention.mention_id ? -1 : 1));
  const profiles = ordered.map(({ mention }) => profileOf(mention));
  const corpus = learn(profiles);
  const compared = comparedPairs(profiles, corpus);
  const places = new Map(ordered.map(({ mention }, at) => [mention.mention_id, at]));
  const members = Map.groupBy(profiles.keys(), (at) => ordered[at]?.found);
  const profilesOf = (found: string): Profile[] =>
    (members.get(found) ?? []).flatMap((at) => profiles[at] ?? []);
  return (a, b) => {
    const [at, to] = [places.get(a) ?? -1, places.get(b) ?? -1];
    const [x, y, left, right] = [profiles[at], profiles[to], ordered[at], ordered[to]];
    if (x === undefined || y === undefined || left === undefined || right === undefined)
      throw new TypeError(`There is no mention ${a} or ${b}.`);
    const result = compare(x, y, corpus);
    const codes = codesOf(result);
    const wasCompared = compared.has(Math.min(at, to) * profiles.length + Math.max(at, to));
    if (left.found === right.found) {
      if (result.same && wasCompared) return { decision: "tied", ...codes, why: saidBy(result) };
      const why = `Other records of their cluster tie them. By themselves: ${saidBy(result)}`;
      return { decision: "tied_through_others", ...codes, why };
    }
    if (!wasCompared) {
      const why = `They were never a candidate: nothing brought them together. Compared now: ${saidBy(result)}`;
      return { decision: "never_candidate", ...codes, why };
    }
    if (!result.same) return { decision: "different", ...codes, why: saidBy(result) };
    const why = `${saidBy(result).slice(0, -1)}, ${apartBy(profilesOf(left.found), profilesOf(right.found), corpus)}`;
    return { decision: "kept_apart", ...codes, why };
  };
}
