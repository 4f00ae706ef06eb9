import { describe, expect, test } from "vitest";
import { compareFacts as both, GENERIC, SPEAKING } from "../../support/mentions.ts";

const ABSTRACT =
  "Small drones fly along a river at dawn, take pictures of its banks, and count every stone above ten centimetres.";
const OTHER =
  "Night recordings from old orchards let us tell owls apart by voice, with a model that fits a phone.";
const ADA = ["Ada Quill"];
const TWO = ["Ada Quill", "Jan Reed"];

const no = (reason: string) => ({ same: false, reason });

describe("same identifiers", () => {
  test("the same arXiv identifier is one work, whatever the titles", () => {
    expect(
      both({ arxiv_id: "2401.00001v1" }, { arxiv_id: "arXiv:2401.00001v3", title: "Renamed since" }),
    ).toEqual({
      same: true,
      rule: "same_arxiv_id",
      score: 1,
    });
  });

  test("arXiv's own DOI is the arXiv identifier", () => {
    const result = both({ arxiv_id: "2401.00001" }, { doi: "10.48550/arXiv.2401.00001", title: "Renamed" });
    expect(result).toEqual({ same: true, rule: "same_arxiv_id", score: 1 });
  });

  test("different arXiv identifiers are two works, though the DOI is the same", () => {
    const doi = "10.1234/one";
    expect(both({ arxiv_id: "2401.00001", doi }, { arxiv_id: "2401.00002", doi })).toEqual(
      no("different_arxiv_id"),
    );
  });

  test("an identifier is asked before anything forbids", () => {
    const [x, y] = [
      { doi: "10.1234/one", authors: ADA, year: 2010 },
      { doi: "10.1234/one", authors: ["Jan Reed"], year: 2020 },
    ];
    expect(both(x, y)).toMatchObject({ same: true, rule: "same_doi" });
  });

  const doi = "10.1234/one";
  test("the same DOI with half of the title is one work, and the likeness is the score", () => {
    const a = { doi, title: "one two six" };
    expect(both(a, { doi: "10.1234/ONE", title: "six two four" })).toEqual({
      same: true,
      rule: "same_doi",
      score: 0.5,
    });
  });

  test("the same DOI under a dissimilar title is two works: one of them has a wrong one", () => {
    const a = { doi, title: "River stones counted fast" };
    expect(both(a, { doi, title: "Proceedings of the stones workshop" })).toEqual(no("shared_doi"));
  });

  test("the same DOI under a dissimilar title and with one abstract is one work", () => {
    const a = { doi, title: "River stones counted fast", abstract: ABSTRACT };
    expect(both(a, { doi, title: "Wie man Steine zählt", abstract: ABSTRACT })).toEqual({
      same: true,
      rule: "same_doi",
      score: 0.5,
    });
  });

  test("the same DOI with a title cut short is one work from three words on", () => {
    const title =
      "Counting river stones: a study of many rivers, many drones and many early mornings in spring";
    expect(both({ doi, title }, { doi, title: "Counting river stones" })).toMatchObject({
      same: true,
      rule: "same_doi",
    });
    expect(both({ doi, title }, { doi, title: "River stones" })).toEqual(no("shared_doi"));
  });

  test("two versions of a DOI need nearly one title", () => {
    const title = "Counting river stones with drones at dawn";
    expect(both({ doi: `${doi}.v1`, title }, { doi: `${doi}.v2`, title })).toMatchObject({ same: true });
    const changed = "Counting river stones with boats at dawn";
    expect(both({ doi, title }, { doi, title: changed })).toMatchObject({ same: true });
    expect(both({ doi: `${doi}.v1`, title }, { doi: `${doi}.v2`, title: changed })).toEqual(
      no("different_doi_version"),
    );
  });
});

describe("same titles", () => {
  test("a speaking title alone is one work, in full agreement", () => {
    expect(both({}, { title: SPEAKING.toUpperCase() })).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("a title of 19 letters says too little alone, one of 20 does not", () => {
    const short = { title: "abcdefg hijklmn, opqrs!" };
    expect(both(short, short)).toEqual(no("different_title"));
    expect(both({ ...short, authors: ADA }, { ...short, authors: ADA })).toMatchObject({
      rule: "same_title",
    });
    const long = { title: "abcdefg hijklmn, opqrst!" };
    expect(both(long, long)).toEqual({ same: true, rule: "same_title", score: 1 });
  });

  test("different abstracts keep a speaking title apart, even with the same authors", () => {
    expect(both({ abstract: ABSTRACT, authors: ADA }, { abstract: OTHER, authors: ADA })).toEqual(
      no("different_abstract"),
    );
  });

  test("two in five of an abstract's words are enough, less are not", () => {
    const a = { abstract: "one two three four five six seven eight nine ten" };
    expect(both(a, { abstract: "one two three four a b c d e f" })).toMatchObject({ same: true, score: 0.7 });
    expect(both(a, { abstract: "one two three x a b c d e f" })).toEqual(no("different_abstract"));
  });

  test("an abstract that was cut off still agrees with the whole one", () => {
    expect(both({ abstract: ABSTRACT }, { abstract: `${ABSTRACT.slice(0, 45)} ...` })).toMatchObject({
      same: true,
      rule: "same_title",
    });
  });

  test("the score is the mean of title, abstracts and authors, as far as both know them", () => {
    const a = { abstract: "one two three four five six", authors: TWO };
    const b = { abstract: "four five six seven eight nine", authors: ["Jan Reed", "Mei Lark"] };
    expect(both(a, b)).toEqual({ same: true, rule: "same_title", score: (1 + 0.5 + 0.5) / 3 });
    expect(both(a, { authors: ["Jan Reed", "Mei Lark"] })).toMatchObject({ score: 0.75 });
  });
});

test("what forbids is the answer, whatever else agrees", () => {
  expect(both({ authors: ADA }, { authors: ["Jan Reed"] })).toEqual(no("different_authors"));
  expect(both({ title: `${SPEAKING} 1` }, { title: `${SPEAKING} 2` })).toEqual(no("different_numerals"));
});

describe("similar titles", () => {
  const title = "Counting river stones with patient drones in spring";
  const near = { title: "Counting rivers stones with patient drones in spring" };

  test("are one work with the same authors", () => {
    expect(both({ title, authors: TWO }, { ...near, authors: TWO })).toMatchObject({
      same: true,
      rule: "similar_title",
    });
  });

  test("are one work where authors are not known and forty letters speak", () => {
    expect(both({ title }, near)).toMatchObject({ same: true, rule: "similar_title" });
    expect(
      both({ title: "Counting river stones in spring" }, { title: "Counting rivers stones in spring" }),
    ).toEqual(no("different_title"));
  });

  test("are two works where less than half of the authors are shared", () => {
    const three = ["Ada Quill", "Otto Fenn", "Mei Lark"];
    expect(
      both({ title, authors: three }, { ...near, authors: ["Ada Quill", "Jan Reed", "Uma Ash"] }),
    ).toEqual(no("different_title"));
  });

  test("are two works where one list is much longer, but in the same venue", () => {
    const [few, many] = [ADA, [...TWO, "Mei Lark"]];
    expect(both({ title, authors: few, year: 2020 }, { ...near, authors: many, year: 2021 })).toEqual(
      no("different_title"),
    );
    const venue = "Journal of River Stones";
    expect(
      both({ title, authors: few, year: 2020, venue }, { ...near, authors: many, year: 2021, venue }),
    ).toMatchObject({
      same: true,
      rule: "similar_title",
    });
  });
});

describe("titles in other words", () => {
  const [x, y] = [
    { title: "Counting river stones with drones" },
    { title: "Drones counting stones by rivers" },
  ];

  test("are one work with seven in ten words of the abstract and half of the authors", () => {
    expect(both({ ...x, abstract: ABSTRACT }, { ...y, abstract: ABSTRACT })).toMatchObject({
      same: true,
      rule: "title_and_abstract",
    });
    const half = { abstract: ABSTRACT, authors: ["Ada Quill", "Jan Reed", "Mei Lark"] };
    expect(both({ ...x, ...half }, { ...y, ...half, authors: ["Ada Quill", "O. Fenn", "U. Ash"] })).toEqual(
      no("different_title"),
    );
  });

  test("are one work from seven in ten words of an abstract on, and two below", () => {
    const a = { ...x, abstract: "one two three four five six seven eight nine ten" };
    expect(both(a, { ...y, abstract: "one two three four five six seven a b c" })).toMatchObject({
      rule: "title_and_abstract",
    });
    expect(both(a, { ...y, abstract: "one two three four five six a b c d" })).toEqual(no("different_title"));
  });

  test("that are hardly alike are two works, with the same people in the same year", () => {
    const who = { authors: TWO, year: 2020 };
    expect(both({ ...x, ...who }, { title: "Weighing river stones with a boat at noon", ...who })).toEqual(
      no("different_title"),
    );
  });

  test("are two works without an abstract or the same people in the same year", () => {
    expect(both(x, y)).toEqual(no("different_title"));
    expect(both({ ...x, authors: TWO }, { ...y, authors: TWO })).toEqual(no("different_title"));
    expect(both({ ...x, authors: TWO, year: 2020 }, { ...y, authors: TWO, year: 2021 })).toEqual(
      no("different_title"),
    );
  });

  test("are one work with the same people in the same year, at half the strength", () => {
    const [a, b] = [
      { title: "counting river stones with drones" },
      { title: "counting river stones with ease" },
    ];
    const who = { authors: TWO, year: 2020 };
    const result = both({ ...a, ...who }, { ...b, ...who });
    expect(result).toMatchObject({ same: true, rule: "partial_title" });
    expect(result.same && result.score).toBeLessThan(0.5);
    const [j, c] = [{ venue: "Journal of Stones" }, { venue: "arXiv" }];
    expect(both({ ...a, ...who, ...j }, { ...b, ...who, ...c })).toEqual(no("different_title"));
  });

  test("that one cuts short are one work with all the people, at a quarter of the strength", () => {
    const who = { authors: TWO, year: 2020 };
    const long = {
      title: `Counting river stones: how ${"many ".repeat(3)}small boats may replace an old helicopter`,
      ...who,
    };
    expect(both(long, { title: "Counting river stones", ...who })).toEqual({
      same: true,
      rule: "partial_title",
      score: 0.25,
    });
    expect(both(long, { title: "Counting river owls", ...who })).toEqual(no("different_title"));
    expect(both(long, { title: "Replace helicopter", ...who })).toEqual(no("different_title"));
    expect(both(long, { title: "Counting river stones", ...who, authors: ADA })).toEqual(
      no("different_title"),
    );
  });
});

describe("a generic title", () => {
  const title = GENERIC;
  const who = { title, authors: TWO, year: 2020 };

  test("is two works while nothing else shows that it is one", () => {
    expect(both({ title }, { title })).toEqual(no("generic_title"));
    expect(both({ title, authors: ADA }, { title, authors: ADA })).toEqual(no("generic_title"));
    expect(both({ title, abstract: ABSTRACT }, { title, authors: [] })).toEqual(no("generic_title"));
  });

  test("is one work where the abstracts are one text", () => {
    expect(both({ title, abstract: ABSTRACT }, { title, abstract: ABSTRACT })).toEqual({
      same: true,
      rule: "same_title",
      score: 0.8,
    });
    expect(both({ title, abstract: ABSTRACT }, { title, abstract: OTHER })).toEqual(no("generic_title"));
  });

  test("is one work by several people of one year", () => {
    expect(both(who, who)).toEqual({ same: true, rule: "generic_title", score: 0.6 });
    expect(both(who, { ...who, year: 2021 })).toEqual(no("generic_title"));
    expect(both(who, { ...who, authors: [...TWO, "Mei Lark"] })).toEqual(no("generic_title"));
    expect(both({ ...who, venue: "Journal of Stones" }, { ...who, venue: "arXiv" })).toEqual(
      no("generic_title"),
    );
  });

  test("by one person is one work only where each capture has it once", () => {
    const one = { ...who, authors: ADA };
    const other = { ...one, source_sha256: "f".repeat(64) };
    expect(both(one, other)).toMatchObject({ same: true, rule: "generic_title" });
    expect(both(one, other, [one])).toEqual(no("generic_title"));
    expect(both(one, one)).toEqual(no("generic_title"));
  });

  test("is no tie to another title, with the same people or in the same place", () => {
    expect(both(who, { ...who, title: "Editorial" })).toEqual(no("generic_title"));
    const place = { year: 2020, volume: "7", pages: "11" };
    expect(both({ ...place, title }, { ...place, title: "Editorial" })).toEqual(no("generic_title"));
  });

  test("is one work in the same volume, on the same page, in the same year", () => {
    const place = { title, year: 2020, volume: "7", pages: "11" };
    expect(both(place, place)).toMatchObject({ same: true, rule: "generic_title" });
    expect(both(place, { ...place, pages: "12" })).toEqual(no("generic_title"));
  });
});
