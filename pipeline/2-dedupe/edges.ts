import { askCandidates } from "./candidates/candidates.ts";
import { compare, type TieRule } from "./compare.ts";
import type { Corpus } from "./corpus.ts";
import { Growing } from "./store/growing.ts";
import type { Profiles } from "./store/profiles.ts";

/** What ties a mention to another of its work. */
export interface Tie {
  readonly rule: TieRule;
  readonly score: number;
}

export interface Edge extends Tie {
  /** Places of the two mentions, the smaller first. */
  readonly a: number;
  readonly b: number;
}

/** The ties that were found, and how many pairs were compared for them. */
export interface Edges {
  readonly asked: number;
  /** 1 for every place that shares an identifier and nothing else with another. */
  readonly sharing: Uint8Array;
  /** The strongest first; of equals in the order of their places. A pair may be there twice. */
  strongestFirst(): Generator<Edge>;
}

const integers = () => new Growing((length) => new Int32Array(length));

/** Compares every candidate pair, and keeps the pairs that are one work as numbers. */
export function findEdges(profiles: Profiles, corpus: Corpus): Edges {
  const [as, bs] = [integers(), integers()];
  const scores = new Growing((length) => new Float64Array(length));
  const rules: TieRule[] = [];
  const ruleAt = new Growing((length) => new Uint8Array(length));
  const sharing = new Uint8Array(profiles.length);
  let asked = 0;
  askCandidates(profiles, (a, b) => {
    asked += 1;
    const result = compare(profiles.at(a), profiles.at(b), corpus);
    if (!result.same) {
      if (result.reason === "shared_doi") sharing[a] = sharing[b] = 1;
      return false;
    }
    if (!rules.includes(result.rule)) rules.push(result.rule);
    as.push(a);
    bs.push(b);
    scores.push(result.score);
    ruleAt.push(rules.indexOf(result.rule));
    return true;
  });
  return {
    asked,
    sharing,
    *strongestFirst() {
      const order = Int32Array.from(as.all().keys()).sort(
        (x, y) => scores.at(y) - scores.at(x) || as.at(x) - as.at(y) || bs.at(x) - bs.at(y),
      );
      for (const at of order) {
        const rule = rules[ruleAt.at(at)];
        if (rule !== undefined) yield { a: as.at(at), b: bs.at(at), rule, score: scores.at(at) };
      }
    },
  };
}
