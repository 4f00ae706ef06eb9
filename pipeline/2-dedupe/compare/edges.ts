import { MATCH_RULES } from "../../../schemas/vocabularies.ts";
import { Growing } from "../../core/growing.ts";
import type { TieRule } from "./compare.ts";

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

/** Every rule that ties, in an order that gives each a number. */
export const TIE_RULES = Object.keys(MATCH_RULES).filter((rule): rule is TieRule => rule !== "single");

/** A tie's rule as a number; 0 stands for no tie. */
export const numberOfRule = (tie: Pick<Tie, "rule"> | null): number =>
  tie === null ? 0 : TIE_RULES.indexOf(tie.rule) + 1;

/** The tie of such a number and a score. */
export function tieOf(number: number, score: number): Tie | null {
  const rule = TIE_RULES[number - 1];
  return rule === undefined ? null : { rule, score };
}

/** Ties as numbers, as one thread hands them to another. */
export interface EdgeNumbers {
  readonly as: Int32Array;
  readonly bs: Int32Array;
  /** As `numberOfRule` has them. */
  readonly rules: Uint8Array;
  readonly scores: Float64Array;
}

/** A list of ties that grows without an object for each. */
export class Edges {
  private readonly as = new Growing((length) => new Int32Array(length));
  private readonly bs = new Growing((length) => new Int32Array(length));
  private readonly rules = new Growing((length) => new Uint8Array(length));
  private readonly scores = new Growing((length) => new Float64Array(length));

  add(edge: Edge): void {
    this.as.push(edge.a);
    this.bs.push(edge.b);
    this.rules.push(numberOfRule(edge));
    this.scores.push(edge.score);
  }

  addAll({ as, bs, rules, scores }: EdgeNumbers): void {
    this.as.pushAll(as);
    this.bs.pushAll(bs);
    this.rules.pushAll(rules);
    this.scores.pushAll(scores);
  }

  numbers(): EdgeNumbers {
    const { as, bs, rules, scores } = this;
    return { as: as.copy(), bs: bs.copy(), rules: rules.copy(), scores: scores.copy() };
  }

  /** The strongest first; of equals in the order of their places. A pair may be there twice. */
  *strongestFirst(): Generator<Edge> {
    const { as, bs, rules, scores } = this;
    const order = Int32Array.from({ length: as.length }, (_, at) => at).sort(
      (x, y) => scores.at(y) - scores.at(x) || as.at(x) - as.at(y) || bs.at(x) - bs.at(y),
    );
    for (const at of order) {
      const tie = tieOf(rules.at(at), scores.at(at));
      if (tie !== null) yield { a: as.at(at), b: bs.at(at), ...tie };
    }
  }
}
