import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agreement,
  type Described,
  isComparable,
  titleKey,
} from "../../../pipeline/3-enrich/ids/agreement.ts";

const TITLE = "Counting River Stones with Patient Drones";
const ABSTRACT = "Every river bed tells where its stones came from, and drones count them without rest.";
const OTHER = "Owls call at midnight in old orchards; microphones hear nine kinds of them every winter.";
const of = (known: Partial<Described> = {}): Described => ({
  title: TITLE,
  abstract: null,
  authors: null,
  ...known,
});

describe("two descriptions agree", () => {
  test("by an equal title and the same abstract, also cut short or in other marks", () => {
    const listed = of({ abstract: ABSTRACT, authors: ["Ada Quill"] });
    expect(agreement(of({ abstract: ABSTRACT }), listed)).toBe("title_and_abstract");
    expect(agreement(of({ abstract: `${ABSTRACT.slice(0, 60)} ...` }), listed)).toBe("title_and_abstract");
    expect(
      agreement(of({ title: "counting river-stones WITH patient drônes", abstract: ABSTRACT }), listed),
    ).toBe("title_and_abstract");
  });

  test("by an equal title and the same authors, also with initials or only the first of them", () => {
    const listed = of({ abstract: ABSTRACT, authors: ["Ada Quill", "Göran Stein"] });
    for (const authors of [["A. Quill", "G. Stein"], ["Quill, Ada"], ["Goran Stein", "Ada Quill"]])
      expect(agreement(of({ authors }), listed)).toBe("title_and_authors");
  });
});

describe("two descriptions do not agree", () => {
  test("by their title alone, whatever its length", () => {
    expect(agreement(of(), of({ abstract: ABSTRACT, authors: ["Ada Quill"] }))).toBeNull();
    expect(agreement(of({ abstract: "Too short." }), of({ abstract: "Too short." }))).toBeNull();
  });

  test("by abstract and authors without an equal title", () => {
    const all = { abstract: ABSTRACT, authors: ["Ada Quill"] };
    expect(agreement(of({ ...all, title: `${TITLE}, Part 2` }), of(all))).toBeNull();
    expect(agreement(of({ ...all, title: "Reply" }), of({ ...all, title: "Reply" }))).toBeNull();
  });

  test("where one thing agrees and another speaks against it", () => {
    const listed = of({ abstract: ABSTRACT, authors: ["Ada Quill", "Göran Stein"] });
    expect(agreement(of({ abstract: OTHER, authors: ["Ada Quill"] }), listed)).toBeNull();
    expect(agreement(of({ abstract: ABSTRACT, authors: ["Eve Reed", "Max Other"] }), listed)).toBeNull();
  });

  test("where only some of the authors are the same", () => {
    expect(
      agreement(
        of({ authors: ["Ada Quill", "Eve Reed", "Jan Owl"] }),
        of({ authors: ["Ada Quill", "Göran Stein", "Jan Owl"] }),
      ),
    ).toBeNull();
  });
});

test("a description that says too little beside its title can agree with none", () => {
  const little = [of(), of({ abstract: "Too short." }), of({ authors: ["et al."] }), of({ authors: [] })];
  expect(little.map(isComparable)).toEqual([false, false, false, false]);
  expect(isComparable(of({ title: "Reply", abstract: ABSTRACT }))).toBe(false);
  expect([of({ abstract: ABSTRACT }), of({ authors: ["Ada Quill"] })].map(isComparable)).toEqual([
    true,
    true,
  ]);
});

test("agreement is symmetric, and needs equal keys and descriptions that may agree", () => {
  const described = fc.record({
    title: fc.constantFrom(TITLE, TITLE.toUpperCase(), "Counting river stones", "Reply"),
    abstract: fc.constantFrom(null, ABSTRACT, OTHER, "Too short."),
    authors: fc.constantFrom(null, ["Ada Quill"], ["A. Quill", "Göran Stein"], ["Eve Reed"]),
  });
  fc.assert(
    fc.property(described, described, (a, b) => {
      const verdict = agreement(a, b);
      const mayAgree = titleKey(a.title) === titleKey(b.title) && isComparable(a) && isComparable(b);
      return agreement(b, a) === verdict && (verdict === null || mayAgree);
    }),
  );
});
