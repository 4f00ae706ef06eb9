import { relationOf } from "../../pipeline/1-parse/relation.ts";
import type { Relation, RelationRule } from "../../schemas/vocabularies.ts";
import { type Label, type Origin, REAL_ORIGINS } from "./relation-labels.ts";

/** A labelled link with what the rules say of it. */
export interface Judged {
  readonly origin: Origin;
  readonly label: Relation;
  readonly relation: Relation;
  readonly rule: RelationRule;
}

/** How often a relation or a rule was right. */
export interface Figure {
  /** Links that a reader gives this relation. */
  readonly labelled: number;
  /** Links that the rules give it. */
  readonly said: number;
  readonly right: number;
}

export function judge({ origin, label, before, after }: Label): Judged {
  return { origin, label, ...relationOf(before, after) };
}

export function relationFigure(judged: readonly Judged[], relation: Relation): Figure {
  const said = judged.filter((link) => link.relation === relation);
  return {
    labelled: judged.filter((link) => link.label === relation).length,
    said: said.length,
    right: said.filter((link) => link.label === relation).length,
  };
}

export function ruleFigure(judged: readonly Judged[], rule: RelationRule): Figure {
  const said = judged.filter((link) => link.rule === rule);
  const right = said.filter((link) => link.label === link.relation).length;
  return { labelled: right, said: said.length, right };
}

/** The share of a whole, null of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Two decimals, never more than it was. */
export const roundedDown = (value: number): number => Math.floor(value * 100 + 1e-9) / 100;

/** The normal quantile of a two-sided interval of 95 %. */
const Z = 1.959964;

/** The lower end of the 95 % score interval of a share (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
export function wilsonLower(right: number, said: number): number {
  const p = right / said;
  const z2 = Z ** 2 / said;
  return (p + z2 / 2 - Z * Math.sqrt((p * (1 - p) + z2 / 4) / said)) / (1 + z2);
}

/** Below this many links a share says next to nothing. */
export const FEWEST = 10;

/** What `RULE_CONFIDENCE` is to hold for a rule that reads words: from real links alone. */
export function confidenceOf(judged: readonly Judged[], rule: RelationRule): number | null {
  const real = judged.filter(({ origin }) => REAL_ORIGINS.includes(origin));
  const { said, right } = ruleFigure(real, rule);
  return said < FEWEST || rule === "no_rule" ? null : roundedDown(wilsonLower(right, said));
}
