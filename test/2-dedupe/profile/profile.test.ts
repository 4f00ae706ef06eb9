import { describe, expect, test } from "vitest";
import { profileOfFacts } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { facts, profile } from "../../support/mentions.ts";

const WORDS = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(" ");

describe("a profile", () => {
  test("holds what of a mention is compared, in one form", () => {
    const full = profile({
      title: "Counting Stones, Part II",
      authors: ["Ada Quill"],
      arxiv_id: "arXiv:2401.00001v2",
      doi: "https://doi.org/10.1234/ONE.v3",
      year: 2024,
      venue: "Journal of River Stones",
      volume: "vol. 7",
      number: "no. 2",
      pages: "pp. 11-19",
      source_sha256: "a".repeat(64),
    });
    expect(full).toMatchObject({
      mention_id: "m_0",
      source: "a".repeat(64),
      title: ["counting", "stones", "part", "ii"],
      squashed: "countingstonespartii",
      numerals: ["2"],
      part: "2",
      roles: [],
      people: [{ family: ["quill"] }],
      arxiv: "2401.00001",
      doi: "10.1234/one",
      doiVersion: "v3",
      year: 2024,
      venue: { kind: "journal", words: ["river", "stones"] },
      volume: "7",
      number: "2",
      firstPage: "11",
    });
  });

  test("of a mention of which nothing is known holds nothing but its title", () => {
    expect(profile()).toMatchObject({
      people: [],
      arxiv: null,
      doi: null,
      doiVersion: null,
      year: null,
      venue: null,
      volume: null,
      number: null,
      firstPage: null,
      abstract: null,
    });
  });

  test("of a paper's facts has no place of its own", () => {
    expect(profileOfFacts(facts({ year: 2024 }))).toEqual({
      ...profile({ year: 2024 }),
      mention_id: "",
      source: "",
    });
  });

  test("has the year of the first day where no other is known", () => {
    expect(profile({ published_on: "2023-05-01" }).year).toBe(2023);
    expect(profile({ published_on: "2023-05-01", year: 2024 }).year).toBe(2024);
  });

  test("names the version of a published DOI only", () => {
    expect(profile({ doi: "10.20944/preprints202401.0001.v1" })).toMatchObject({
      doi: null,
      doiVersion: null,
    });
  });

  test("has no volume, number or page where none is written in digits", () => {
    expect(profile({ volume: "special", number: "", pages: "n/a" })).toMatchObject({
      volume: null,
      number: null,
      firstPage: null,
    });
  });
});

describe("the words of an abstract", () => {
  test.each([
    ["are none in less than six", "one two three four five", null],
    ["are not counted twice", "one two three four five one two", null],
    ["are compared from six on", "one two three four five six", 6],
    ["are 400 at most", WORDS(1000), 400],
  ])("%s", (_rule, abstract, count) => {
    expect(profile({ abstract }).abstract?.length ?? null).toBe(count);
  });
});

test("a title is read up to a hundred words, and its letters whole", () => {
  const { title, squashed } = profile({ title: WORDS(10_000) });
  expect(title).toHaveLength(100);
  expect(squashed.endsWith("w9999")).toBe(true);
});
