import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { featuresOf } from "../../../pipeline/2-dedupe/compare/features.ts";
import {
  DIFFERENCES,
  type Difference,
  identifierVeto,
  isWeak,
  vetoOf,
} from "../../../pipeline/2-dedupe/compare/vetoes.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { anyRecord, profile, profiles, SPEAKING } from "../../support/mentions.ts";

type Known = Partial<Mention>;
const JOURNAL = "Journal of River Stones";
const OTHER_JOURNAL = "Annals of Night Owls";
const CONFERENCE = "Conference on River Stones";
const TEXT = "small drones fly along a river at dawn and count every stone";

function ask(veto: typeof vetoOf, x: Known, y: Known): Difference | null {
  const [a, b] = [profile(x, "m_0"), profile(y, "m_1")];
  const features = featuresOf(a, b, learn([a, b]));
  const found = veto(a, b, features);
  expect(veto(b, a, featuresOf(b, a, learn([a, b])))).toBe(found);
  return found;
}
const veto = (x: Known, y: Known) => ask(vetoOf, x, y);
const byIdentifier = (x: Known, y: Known) => ask(identifierVeto, x, y);

describe("identifiers forbid", () => {
  const place = { volume: "1", pages: "2-3", year: 2020 };
  test.each<[string, Known, Known, Difference | null]>([
    ["two arXiv identifiers", { arxiv_id: "2401.00001" }, { arxiv_id: "2401.00002" }, "different_arxiv_id"],
    [
      "an arXiv identifier and another's DOI",
      { arxiv_id: "2401.00001" },
      { doi: "10.48550/arXiv.2401.00002" },
      "different_arxiv_id",
    ],
    ["two DOIs of published forms", { doi: "10.1234/one" }, { doi: "10.1234/two" }, "different_doi"],
    ["not two versions", { arxiv_id: "2401.00001v1" }, { arxiv_id: "2401.00001v2" }, null],
    [
      "not an arXiv identifier and its own DOI",
      { arxiv_id: "2401.00001" },
      { doi: "10.48550/arXiv.2401.00001" },
      null,
    ],
    [
      "not an arXiv DOI beside the publisher's",
      { doi: "10.48550/arXiv.2401.00001" },
      { doi: "10.1234/one" },
      null,
    ],
    ["not one DOI written in two ways", { doi: "10.1234/ONE" }, { doi: "https://doi.org/10.1234/one" }, null],
    [
      "not two DOIs of one title in one place",
      { doi: "10.1234/one", ...place },
      { doi: "10.1234/two", ...place },
      null,
    ],
    [
      "two DOIs of two titles in one place",
      { doi: "10.1234/one", ...place },
      { doi: "10.1234/two", ...place, title: "Owls" },
      "different_doi",
    ],
    ["nothing where one has none", { arxiv_id: "2401.00001", doi: "10.1234/one" }, {}, null],
  ])("%s", (_what, x, y, expected) => {
    expect(byIdentifier(x, y)).toBe(expected);
  });
});

describe("authors", () => {
  const [ada, jan] = [{ authors: ["Ada Quill"] }, { authors: ["Jan Reed"] }];
  test("forbid where nobody is an author of both", () => {
    expect(veto(ada, jan)).toBe("different_authors");
    expect(veto({ authors: ["Ada Quill", "Mei Lark"] }, { authors: ["Jan Reed", "M. Lark"] })).toBeNull();
    expect(veto(ada, { authors: [] })).toBeNull();
  });

  test("forbid nothing where the title and four in five words of the abstracts are the same", () => {
    expect(veto({ ...ada, abstract: TEXT }, { ...jan, abstract: TEXT })).toBeNull();
    expect(
      veto({ ...ada, abstract: TEXT }, { ...jan, abstract: "owls cry at night and count every stone" }),
    ).toBe("different_authors");
    expect(veto({ ...ada, abstract: TEXT, title: "Stones" }, { ...jan, abstract: TEXT })).toBe(
      "different_authors",
    );
  });
});

describe("numbers", () => {
  test.each<[string, string, string, Difference | null]>([
    ["different ones forbid", "Stones, part 1", "Stones, part 2", "different_numerals"],
    ["roman ones are numbers", "Stones, part I", "Stones, part 2", "different_numerals"],
    ["equal ones in two notations forbid nothing", "Stones, part II", "Stones, part 2", null],
    [
      "a part that one does not have forbids",
      "Counting river stones",
      "Counting river stones 2",
      "different_part",
    ],
    [
      "a part that stands within the other title forbids nothing",
      "Counting stones 2",
      "2 ways of counting stones",
      null,
    ],
    [
      "a number that is no part forbids nothing where the other has none",
      "Counting 12 river stones",
      "Counting river stones",
      null,
    ],
    [
      "a year that one does not have forbids nothing",
      "Counting river stones 2024",
      "Counting river stones",
      null,
    ],
    ["a part under quite another title is not asked for", "Counting river stones in May 2", "Owls cry", null],
    [
      "one more number forbids nothing where all of the other are there",
      "2 stones of 12 rivers",
      "2 stones of rivers",
      null,
    ],
  ])("%s", (_rule, x, y, expected) => {
    expect(veto({ title: x }, { title: y })).toBe(expected);
  });
});

describe("a role", () => {
  const who = { authors: ["Ada Quill"], year: 2020 };
  test("forbids where the other has none or another", () => {
    for (const title of [
      `Reply to: ${SPEAKING}`,
      `Comment on ${SPEAKING}`,
      `Erratum: ${SPEAKING}`,
      `Review of ${SPEAKING}`,
    ])
      expect(veto({ title }, {})).toBe("different_role");
    expect(veto({ title: `Reply to: ${SPEAKING}` }, { title: `Comment on: ${SPEAKING}` })).toBe(
      "different_role",
    );
    expect(veto({ title: `Erratum: ${SPEAKING}` }, { title: `${SPEAKING} (erratum)` })).toBeNull();
  });

  test("of a review forbids nothing for the same people in the same year, where no venue differs", () => {
    const review = { ...who, title: `${SPEAKING} - book review` };
    expect(veto(review, who)).toBeNull();
    expect(veto(review, { ...who, year: 2021 })).toBe("different_role");
    expect(veto(review, { ...who, authors: ["Ada Quill", "Jan Reed"] })).toBeNull();
    const [x, y] = [
      ["Ada Quill", "Jan Reed"],
      ["Ada Quill", "Mei Lark"],
    ];
    expect(veto({ ...review, authors: x }, { ...who, authors: y })).toBe("different_role");
    expect(veto({ ...review, venue: JOURNAL }, { ...who, venue: CONFERENCE })).toBe("different_role");
    expect(veto({ ...who, title: `Erratum: ${SPEAKING}` }, who)).toBe("different_role");
  });
});

describe("years and venues", () => {
  test.each<[string, Known, Known, Difference | null]>([
    ["two venues forbid", { venue: JOURNAL }, { venue: CONFERENCE }, "different_venue"],
    ["a preprint beside a venue forbids nothing", { venue: "arXiv" }, { venue: JOURNAL }, null],
    [
      "a preprint of ten years before forbids nothing",
      { venue: "arXiv", year: 2010 },
      { venue: JOURNAL, year: 2020 },
      null,
    ],
    ["no venue may be a preprint", { year: 2010 }, { venue: JOURNAL, year: 2020 }, null],
    [
      "more than two years forbid",
      { venue: JOURNAL, year: 2020 },
      { venue: JOURNAL, year: 2023 },
      "years_apart",
    ],
    [
      "two years of one venue forbid nothing",
      { venue: JOURNAL, year: 2020 },
      { venue: JOURNAL, year: 2022 },
      null,
    ],
    [
      "two years forbid where it may be another venue",
      { venue: JOURNAL, year: 2020 },
      { venue: "River Stones", year: 2021 },
      "published_twice",
    ],
    [
      "one year of what may be another venue forbids nothing",
      { venue: JOURNAL, year: 2020 },
      { venue: "River Stones", year: 2020 },
      null,
    ],
    [
      "two years forbid with another volume and page",
      { venue: JOURNAL, year: 2020, volume: "1", pages: "2" },
      { venue: JOURNAL, year: 2021, volume: "2", pages: "9" },
      "published_twice",
    ],
    [
      "two years with another volume only forbid nothing",
      { venue: JOURNAL, year: 2020, volume: "1", pages: "2" },
      { venue: JOURNAL, year: 2021, volume: "2", pages: "2" },
      null,
    ],
    [
      "the same volume, page and year forbid nothing whatever the venue",
      { venue: JOURNAL, year: 2020, volume: "1", pages: "2" },
      { venue: OTHER_JOURNAL, year: 2020, volume: "1", pages: "2" },
      null,
    ],
  ])("%s", (_rule, x, y, expected) => {
    expect(veto(x, y)).toBe(expected);
  });
});

describe("a capture that lists each work once", () => {
  const listing = profiles(
    Array.from({ length: 100 }, (_, i) => ({
      title: `Counting river stones of ${"abcdefghij"[i % 10]}${"klmnopqrst"[Math.floor(i / 10)]}land`,
    })),
  );
  const corpus = learn(listing);
  const both = (x: Known, y: Known) => {
    const [a, b] = [profile(x, "m_x"), profile(y, "m_y")];
    return vetoOf(a, b, featuresOf(a, b, corpus));
  };
  const [x, y] = [{ title: "Counting river stones" }, { title: "Counting river stones at night" }];

  test("forbids two titles", () => {
    expect(both(x, y)).toBe("listed_twice");
    expect(both(x, { ...y, source_sha256: "f".repeat(64) })).toBeNull();
  });

  test("forbids nothing where a letter or two differ, or abstracts or pages are the same", () => {
    const long = `${SPEAKING} over the whole year and after`;
    expect(both({ title: long }, { title: `${long}s` })).toBeNull();
    expect(both({ ...x, abstract: TEXT }, { ...y, abstract: TEXT })).toBeNull();
    const place = { volume: "1", pages: "2", year: 2020 };
    expect(both({ ...x, ...place }, { ...y, ...place })).toBeNull();
  });
});

describe("differences", () => {
  test("are weak where a third mention may tie what they part", () => {
    const weak = (Object.keys(DIFFERENCES) as Difference[]).filter(isWeak);
    expect(weak.sort()).toEqual(["different_title", "generic_title"]);
  });

  test("are in words: each a sentence", () => {
    for (const text of Object.values(DIFFERENCES)) expect(text).toMatch(/^[A-Z].*\.$/u);
  });
});

test("identifiers forbid the same whichever mention comes first", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (x, y) => {
      byIdentifier(x, y);
    }),
    { numRuns: 1000 },
  );
});
