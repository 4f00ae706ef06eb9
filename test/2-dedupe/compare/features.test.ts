import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { type Features, featuresOf } from "../../../pipeline/2-dedupe/compare/features.ts";
import { learn } from "../../../pipeline/2-dedupe/corpus/corpus.ts";
import { anyRecord, profile, profiles } from "../../support/mentions.ts";

/** What two mentions have in common where nothing else is known. */
const features = (a: Partial<Mention>, b: Partial<Mention>): Features =>
  featuresOf(profile(a, "m_0"), profile(b, "m_1"), learn(profiles([a, b])));

describe("titles", () => {
  test("are the same where letters and digits are, and then wholly alike", () => {
    expect(features({ title: "River stones" }, { title: "RIVER-STONES!" })).toMatchObject({
      isSameTitle: true,
      title: 1,
      titleInOther: 1,
    });
    expect(features({ title: "Riverstones" }, { title: "River stones" })).toMatchObject({
      isSameTitle: true,
      title: 1,
    });
  });

  test("without letters are not the same", () => {
    expect(features({ title: "…" }, { title: "🚁" })).toMatchObject({ isSameTitle: false, title: 0 });
  });

  test("are alike by words", () => {
    expect(features({ title: "one two six" }, { title: "six two four" }).title).toBe(0.5);
  });

  test("are alike by runs of letters where a word is spelt in another way", () => {
    expect(features({ title: "colourful" }, { title: "colorful" }).title).toBeGreaterThan(0.4);
  });

  test("hold one another by the shorter one's words", () => {
    const found = features({ title: "river stones" }, { title: "counting the stones of a river" });
    expect(found).toMatchObject({ titleInOther: 1, shorterTitle: 2 });
  });
});

describe("what is not known of one", () => {
  test("is no figure", () => {
    expect(features({ authors: ["Ada Quill"], year: 2020, abstract: "a b c d e f" }, {})).toMatchObject({
      authors: null,
      authorCounts: null,
      leastAuthors: 0,
      yearsApart: null,
      abstract: null,
      isSamePlace: false,
      isOtherVolume: false,
      isOtherPage: false,
      isListedOnce: false,
      venue: "unknown",
    });
  });
});

describe("figures", () => {
  test("of authors are the share of the shorter list, and both lengths", () => {
    expect(
      features(
        { authors: ["Ada Quill", "Jan Reed", "Mei Lark", "Bo Fenn"] },
        { authors: ["J. Reed", "O. Ash"] },
      ),
    ).toMatchObject({ authors: 0.5, authorCounts: 0.5, leastAuthors: 2 });
  });

  test("of years are their distance", () => {
    expect(features({ year: 2020 }, { year: 2023 }).yearsApart).toBe(3);
  });

  test("of abstracts are the share of the shorter one's words", () => {
    const cut = "one two three four five six";
    expect(features({ abstract: `${cut} seven eight nine` }, { abstract: cut }).abstract).toBe(1);
  });
});

describe("a place", () => {
  const at = { volume: "7", pages: "11-19", year: 2020 };

  test("is the same by volume, first page and year together", () => {
    expect(features(at, { ...at, pages: "11" }).isSamePlace).toBe(true);
    expect(features(at, { ...at, volume: null }).isSamePlace).toBe(false);
    expect(features(at, { ...at, pages: null }).isSamePlace).toBe(false);
    expect(features(at, { ...at, year: 2021 }).isSamePlace).toBe(false);
  });

  test("is another by volume and by page", () => {
    expect(features(at, { ...at, volume: "8" })).toMatchObject({ isOtherVolume: true, isOtherPage: false });
    expect(features(at, { ...at, pages: "12-19" })).toMatchObject({
      isOtherVolume: false,
      isOtherPage: true,
    });
  });
});

describe("one may be a preprint", () => {
  const journal = { venue: "Journal of River Stones" };
  test.each<[string, Partial<Mention>, boolean]>([
    ["where its venue is a preprint server", { venue: "arXiv" }, true],
    ["where nothing is known of its venue", {}, true],
    ["but not where its DOI is of a published form", { doi: "10.1234/one" }, false],
    ["also where its DOI is arXiv's", { doi: "10.48550/arXiv.2401.00001" }, true],
    ["but not where its venue is none", journal, false],
  ])("%s", (_rule, known, expected) => {
    expect(features(journal, known).hasPreprint).toBe(expected);
  });
});

describe("what the corpus teaches", () => {
  test("makes both generic where one is, and unique where both are", () => {
    const [a, b, c] = [profile({ title: "Editorial" }), profile({}), profile({ title: "Editorial" }, "m_2")];
    const found = featuresOf(a, b, learn([a, b, c]));
    expect(found).toMatchObject({ isGeneric: true, isUnique: false });
    expect(featuresOf(a, b, learn([a, b]))).toMatchObject({ isGeneric: true, isUnique: true });
  });

  test("of a capture that lists once holds within it only", () => {
    const all = profiles(
      Array.from({ length: 100 }, (_, i) => ({ title: `Counting stones on day ${i} of many` })),
    );
    const [a, b] = all;
    const other = profile({ source_sha256: "f".repeat(64) });
    const corpus = learn(all);
    expect(a && b && featuresOf(a, b, corpus).isListedOnce).toBe(true);
    expect(a && featuresOf(a, other, corpus).isListedOnce).toBe(false);
  });
});

test("features do not depend on which mention comes first, but for the share of equally many authors", () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (x, y) => {
      const [a, b] = [profile(x, "m_0"), profile(y, "m_1")];
      const corpus = learn([a, b]);
      // of equally long lists the share depends on the order: see the names that are shared
      const without = ({ authors: _, ...rest }: Features) => rest;
      expect(without(featuresOf(a, b, corpus))).toEqual(without(featuresOf(b, a, corpus)));
    }),
    { numRuns: 1000 },
  );
});
