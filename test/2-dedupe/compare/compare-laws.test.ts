import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { featuresOf } from "../../../pipeline/2-dedupe/compare/features.ts";
import { DIFFERENCES, identifierVeto, quickVeto, vetoOf } from "../../../pipeline/2-dedupe/compare/vetoes.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { MATCH_RULES } from "../../../schemas/vocabularies.ts";
import { anyFacts, anyRecord, compareFacts as both, profiles } from "../../support/mentions.ts";

type Known = Partial<Mention>;

describe("laws", () => {
  const anyKnown: fc.Arbitrary<Known> = fc.oneof(anyFacts, anyRecord);

  test("comparing has an answer of a known rule or reason, and a strength above 0 up to 1", () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, (x, y) => {
        const result = both(x, y);
        if (!result.same) return void expect(DIFFERENCES).toHaveProperty(result.reason);
        expect(MATCH_RULES).toHaveProperty(result.rule);
        expect(result.score).toSatisfy((score: number) => score > 0 && score <= 1);
      }),
      { numRuns: 3000 },
    );
  });

  test("comparing has an answer for any text", () => {
    const text = fc.string({ unit: "binary" });
    const known = fc.record({
      title: text,
      abstract: text,
      authors: fc.array(text),
      venue: text,
      doi: text,
      arxiv_id: text,
      volume: text,
      pages: text,
    });
    fc.assert(
      fc.property(known, known, (x, y) => {
        expect(both(x, y)).toEqual(both(y, x));
      }),
    );
  });

  test("comparing is symmetric", () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, (x, y) => {
        expect(both(y, x)).toEqual(both(x, y));
      }),
      { numRuns: 3000 },
    );
  });

  test("comparing is symmetric for lists of people of one length", () => {
    const [x, y] = [{ authors: ["Ada Quill", "Bo Quill"] }, { authors: ["Quill", "Jan Reed"] }];
    expect(both(y, x)).toEqual(both(x, y));
  });

  test("what forbids a pair before its words are looked at is what forbids it afterwards", () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, fc.array(anyKnown, { maxLength: 6 }), (x, y, others) => {
        const all = profiles([x, y, ...others]);
        const [a, b] = all;
        if (a === undefined || b === undefined) return;
        const quick = quickVeto(a, b);
        expect(quickVeto(b, a)).toBe(quick);
        if (quick === null) return;
        // only then do the rules for a common identifier say nothing
        expect(a.arxiv !== null && a.arxiv === b.arxiv).toBe(false);
        const features = featuresOf(a, b, learn(all));
        const forbidden = identifierVeto(a, b, features);
        if (forbidden === null) expect(a.doi !== null && a.doi === b.doi).toBe(false);
        expect(quick).toBe(forbidden ?? vetoOf(a, b, features));
      }),
      { numRuns: 3000 },
    );
  });
});
