import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PaperFacts } from "../../pipeline/1-parse/mention.ts";
import { compare, containment, veto } from "../../pipeline/2-dedupe/compare.ts";
import { anyFacts, facts, GENERIC, SPEAKING } from "../support/mentions.ts";

const ABSTRACT =
  "Small drones fly along a river at dawn, take pictures of its banks, and count every stone above ten centimetres.";
const OTHER =
  "Night recordings from old orchards let us tell owls apart by voice, with a model that fits a phone.";

const both = (a: Partial<PaperFacts>, b: Partial<PaperFacts>) => compare(facts(a), facts(b));

describe("containment", () => {
  test.each([
    ["is 1 where one text is a part of the other", "river stones", "stones of a river", 1],
    ["is the share of the smaller text's words", "one two three four", "three four five six seven", 0.5],
    ["does not count a word twice", "stone stone stone owl", "stone river", 0.5],
    ["looks at neither case nor punctuation", "River, STONES!", "river stones", 1],
    ["is 0 where no word is shared", "river stones", "night owls", 0],
    ["is 0 where a text has no words", "...", "river stones", 0],
    ["is 0 where both texts have no words", "...", "!", 0],
  ])("%s", (_rule, a, b, share) => {
    expect(containment(a, b)).toBe(share);
    expect(containment(b, a)).toBe(share);
  });
});

describe("a veto", () => {
  const sure = { arxiv_id: "2401.00001", doi: "10.1234/one", authors: ["Ada Quill"] };

  test.each<[string, Partial<PaperFacts>, Partial<PaperFacts>, string]>([
    [
      "different arXiv identifiers",
      { arxiv_id: "2401.00001" },
      { arxiv_id: "2401.00002" },
      "different_arxiv_id",
    ],
    [
      "an arXiv identifier and another one's DOI",
      { arxiv_id: "2401.00001" },
      { doi: "10.48550/arXiv.2401.00002" },
      "different_arxiv_id",
    ],
    ["different DOIs", { doi: "10.1234/one" }, { doi: "10.1234/two" }, "different_doi"],
    [
      "authors without a common surname",
      { authors: ["Ada Quill"] },
      { authors: ["Jan Reed"] },
      "different_authors",
    ],
    [
      "different arXiv identifiers, though the DOI is the same",
      { arxiv_id: "2401.00001", doi: "10.1234/one" },
      { arxiv_id: "2401.00002", doi: "10.1234/one" },
      "different_arxiv_id",
    ],
  ])("is pronounced by %s", (_what, a, b, reason) => {
    expect(veto(facts(a), facts(b))).toBe(reason);
    expect(both({ ...a, abstract: ABSTRACT }, { ...b, abstract: ABSTRACT })).toEqual({ same: false, reason });
  });

  test.each<[string, Partial<PaperFacts>, Partial<PaperFacts>]>([
    ["versions of one arXiv identifier", { arxiv_id: "2401.00001v1" }, { arxiv_id: "2401.00001v2" }],
    ["an arXiv identifier and its own DOI", { arxiv_id: "2401.00001" }, { doi: "10.48550/arXiv.2401.00001" }],
    ["an arXiv DOI beside the publisher's", { doi: "10.48550/arXiv.2401.00001" }, { doi: "10.1234/one" }],
    ["one DOI written in two ways", { doi: "10.1234/ONE" }, { doi: "https://doi.org/10.1234/one" }],
    ["one common surname", { authors: ["Ada Quill", "Jan Reed"] }, { authors: ["Reed, J."] }],
    ["surnames that differ in accents", { authors: ["Ada Müller"] }, { authors: ["A. Muller"] }],
    ["nothing known of the other", sure, {}],
    ["an empty list of authors", { authors: ["Ada Quill"] }, { authors: [] }],
    ["different titles", { title: SPEAKING }, { title: GENERIC }],
  ])("is not pronounced by %s", (_what, a, b) => {
    expect(veto(facts(a), facts(b))).toBeNull();
  });
});

describe("same identifiers", () => {
  test("the same arXiv identifier is one work, whatever the titles", () => {
    const result = both(
      { arxiv_id: "2401.00001v1" },
      { arxiv_id: "arXiv:2401.00001v3", title: "Renamed since" },
    );
    expect(result).toEqual({ same: true, rule: "same_arxiv_id", score: 1 });
  });

  test("arXiv's own DOI is the arXiv identifier", () => {
    const result = both({ arxiv_id: "2401.00001" }, { doi: "10.48550/arXiv.2401.00001", title: "Renamed" });
    expect(result).toEqual({ same: true, rule: "same_arxiv_id", score: 1 });
  });

  test("the same DOI with half of the title's words is one work, and the share is the score", () => {
    const a = { doi: "10.1234/one", title: "River stones counted fast" };
    expect(both(a, { doi: "10.1234/ONE", title: "Stones of the river: a survey" })).toEqual({
      same: true,
      rule: "same_doi",
      score: 0.5,
    });
  });

  test("the same DOI under a dissimilar title is two works (a volume and its chapter)", () => {
    const a = { doi: "10.1234/one", title: "River stones counted fast" };
    expect(both(a, { doi: "10.1234/one", title: "Proceedings of the stones workshop" })).toEqual({
      same: false,
      reason: "different_title",
    });
  });
});

describe("same titles", () => {
  test("a speaking title alone is one work, in full agreement", () => {
    const result = both({}, { title: SPEAKING.toUpperCase() });
    expect(result).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("different titles are two works, whatever the abstracts say", () => {
    const result = both({ abstract: ABSTRACT }, { abstract: ABSTRACT, title: `${SPEAKING}, part 2` });
    expect(result).toEqual({ same: false, reason: "different_title" });
  });

  test("a title of 19 letters says too little alone, one of 20 does not", () => {
    const short = { title: "abcdefg hijklmn, opqrs!" };
    expect(both(short, short)).toEqual({ same: false, reason: "generic_title" });
    const long = { title: "abcdefg hijklmn, opqrst!" };
    expect(both(long, long)).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("a generic title stays apart while only one of the two has an abstract or authors", () => {
    const result = both(
      { title: GENERIC, abstract: ABSTRACT, authors: ["Ada Quill"] },
      { title: GENERIC, authors: [] },
    );
    expect(result).toEqual({ same: false, reason: "generic_title" });
  });

  test("a generic title is one work where the abstracts agree", () => {
    const a = { title: GENERIC, abstract: ABSTRACT };
    expect(both(a, a)).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("a generic title is one work where the authors agree", () => {
    const result = both(
      { title: GENERIC, authors: ["Ada Quill"] },
      { title: GENERIC, authors: ["Quill, A."] },
    );
    expect(result).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("different abstracts keep a speaking title apart, even with the same authors", () => {
    const authors = ["Ada Quill"];
    expect(both({ abstract: ABSTRACT, authors }, { abstract: OTHER, authors })).toEqual({
      same: false,
      reason: "different_abstract",
    });
  });

  test("an abstract that was cut off still agrees with the whole one", () => {
    const result = both({ abstract: ABSTRACT }, { abstract: `${ABSTRACT.slice(0, 45)} ...` });
    expect(result).toMatchObject({ same: true, rule: "same_title" });
  });

  test("half of an abstract's words are enough, less are not", () => {
    const a = { abstract: "one two three four five" };
    expect(both(a, { abstract: "four three seven eight" })).toMatchObject({ same: true, score: 0.75 });
    expect(both(a, { abstract: "four three seven eight nine" })).toMatchObject({
      reason: "different_abstract",
    });
  });

  test("the score is the mean of title, abstracts and authors, as far as both know them", () => {
    const a = { abstract: "one two three four", authors: ["Ada Quill", "Jan Reed"] };
    const b = { abstract: "four three seven eight", authors: ["Jan Reed", "Mei Lark"] };
    expect(both(a, b)).toEqual({ same: true, rule: "same_title", score: (1 + 0.5 + 0.5) / 3 });
    expect(both(a, { authors: ["Jan Reed", "Mei Lark"] })).toMatchObject({ score: 0.75 });
  });
});

describe("laws", () => {
  test("comparing is symmetric", () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (a, b) => {
        expect(compare(a, b)).toEqual(compare(b, a));
        expect(veto(a, b)).toBe(veto(b, a));
      }),
      { numRuns: 2000 },
    );
  });

  test("a veto always keeps two mentions apart, and a score lies between 0 and 1", () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (a, b) => {
        const result = compare(a, b);
        const reason = veto(a, b);
        if (reason !== null) expect(result).toEqual({ same: false, reason });
        if (result.same) expect(result.score).toSatisfy((score: number) => score >= 0 && score <= 1);
      }),
      { numRuns: 2000 },
    );
  });
});
