import { describe, expect, test } from "vitest";
import { relationOf } from "../../pipeline/1-parse/relation.ts";
import { RULE_CONFIDENCE } from "../../schemas/relation-confidence.ts";
import { RELATION_RULES, RELATIONS, type Relation, type RelationRule } from "../../schemas/vocabularies.ts";
import {
  confidenceOf,
  type Judged,
  judge,
  relationFigure,
  roundedDown,
  ruleFigure,
  share,
  wilsonLower,
} from "./relation-figures.ts";
import { ORIGINS, type Origin, REAL_ORIGINS, readLabels } from "./relation-labels.ts";

const LABELS = readLabels();
const JUDGED = LABELS.map(judge);

const down = (part: number, whole: number) => {
  const value = share(part, whole);
  return value === null ? null : roundedDown(value);
};
function figures(judged: readonly Judged[], relation: Relation) {
  const { labelled, said, right } = relationFigure(judged, relation);
  return { precision: down(right, said), recall: down(right, labelled) };
}

/** What was measured, rounded down; null: nothing to measure. A change may only raise it, and then raises this too. */
const MEASURED: Readonly<
  Record<Origin, Readonly<Record<Relation, readonly [number | null, number | null]>>>
> = {
  captures: { own_code: [1, 0.99], uses: [null, null], mentions: [null, null], unclear: [0, null] },
  er: { own_code: [0, null], uses: [1, 1], mentions: [null, 0], unclear: [0, null] },
  written: { own_code: [1, 1], uses: [1, 0.93], mentions: [1, 0.83], unclear: [0.63, 1] },
  written_later: { own_code: [1, 0.5], uses: [1, 0.41], mentions: [1, 0.33], unclear: [0.16, 1] },
};

describe("the rules for relation", () => {
  test.each([
    ["the captures", ["captures"]],
    ["all labelled links", Object.keys(ORIGINS)],
  ])("are right in at least 97 of 100 links of %s that they call a paper's own", (_links, origins) => {
    const { said, right } = relationFigure(
      JUDGED.filter(({ origin }) => origins.includes(origin)),
      "own_code",
    );
    expect(right / said).toBeGreaterThanOrEqual(0.97);
  });

  describe.each(Object.keys(ORIGINS) as Origin[])("on links of origin %s", (origin) => {
    test.each(Object.keys(RELATIONS) as Relation[])("do as well as they were measured: %s", (relation) => {
      const measured = figures(
        JUDGED.filter((link) => link.origin === origin),
        relation,
      );
      const [precision, recall] = MEASURED[origin][relation];
      expect(measured.precision === null).toBe(precision === null);
      expect(measured.precision ?? 0).toBeGreaterThanOrEqual(precision ?? 0);
      expect(measured.recall === null).toBe(recall === null);
      expect(measured.recall ?? 0).toBeGreaterThanOrEqual(recall ?? 0);
    });
  });
});

describe("the confidence of a rule", () => {
  test.each(Object.keys(RELATION_RULES) as RelationRule[])("is the one measured: %s", (rule) => {
    expect(RULE_CONFIDENCE[rule]).toBe(confidenceOf(JUDGED, rule));
  });

  const judgedBy = (rule: RelationRule, origin: Origin, right: number, wrong: number): Judged[] =>
    Array.from({ length: right + wrong }, (_, at) => {
      const { relation } = relationOf("Our code is at ");
      return { origin, rule, relation, label: at < right ? relation : "unclear" };
    });

  test("is null below ten real links, however many were written", () => {
    const few = judgedBy("own_subject", "captures", 9, 0);
    expect(confidenceOf(few, "own_subject")).toBeNull();
    expect(confidenceOf([...few, ...judgedBy("own_subject", "written", 50, 0)], "own_subject")).toBeNull();
    expect(confidenceOf([...few, ...judgedBy("own_subject", "er", 1, 0)], "own_subject")).toBe(0.72);
  });

  test("is null where no rule decided", () => {
    expect(confidenceOf(judgedBy("no_rule", "captures", 20, 0), "no_rule")).toBeNull();
  });

  test("counts what was right, and only of its own rule", () => {
    const judged = [
      ...judgedBy("own_subject", "captures", 81, 19),
      ...judgedBy("uses_built_on", "captures", 0, 90),
    ];
    expect(ruleFigure(judged, "own_subject")).toEqual({ labelled: 81, said: 100, right: 81 });
    // 81 of 100: 0.7222 to 0.8749
    expect(confidenceOf(judged, "own_subject")).toBe(0.72);
  });

  test("is the lower end of Wilson's interval", () => {
    expect(wilsonLower(10, 10)).toBeCloseTo(0.7225, 4);
    expect(wilsonLower(0, 10)).toBeCloseTo(0, 10);
    expect(wilsonLower(81, 100)).toBeCloseTo(0.7222, 4);
    expect(wilsonLower(81, 263)).toBeCloseTo(0.2553, 4);
  });
});

describe("the labelled links", () => {
  test("are at least 150, each with an id of its own, an origin, a relation and a reason", () => {
    expect(LABELS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(LABELS.map(({ id }) => id)).size).toBe(LABELS.length);
    for (const { id, origin, label, reason } of LABELS) {
      expect(Object.keys(ORIGINS), id).toContain(origin);
      expect(Object.keys(RELATIONS), id).toContain(label);
      expect(reason, id).not.toBe("");
    }
  });

  test("keep only a few words of other people's text", () => {
    for (const { id, before, after } of LABELS.filter(({ origin }) => REAL_ORIGINS.includes(origin))) {
      expect(before.length, id).toBeLessThanOrEqual(100);
      expect(before.trim().split(/\s+/u).length, id).toBeLessThanOrEqual(15);
      expect(after.length, id).toBeLessThanOrEqual(30);
    }
  });

  test("that are real are told apart by the key of their paper and address", () => {
    for (const { id, origin, key } of LABELS)
      expect(key, id).toMatch(REAL_ORIGINS.includes(origin) ? /^[0-9a-f]{16}$/u : /^$/u);
    const keys = LABELS.flatMap(({ key }) => (key === "" ? [] : [key]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
