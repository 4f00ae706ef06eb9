import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arxivBase,
  arxivKey,
  arxivOf,
  doiBase,
  doiKey,
  identityOf,
  keysOf,
  normaliseTitle,
  publishedDoi,
  titleKey,
} from "../../pipeline/2-dedupe/keys.ts";
import { facts, GENERIC, SPEAKING } from "../support/mentions.ts";

describe("titles that differ in this only have one normal form:", () => {
  test.each([
    ["case", "River Stones", "river stones"],
    ["case beyond ASCII", "ÜBER ŁÓDŹ", "über łódź"],
    ["accents", "Résumé à la carte", "Resume a la carte"],
    ["how an accent is coded", "Caf\u00e9", "Cafe\u0301"],
    ["punctuation", "Stones: a drone's-eye view!", "Stones, a drones eye view"],
    ["spacing", "river   stones\tand\u00a0drones", "riverstones and drones"],
    ["ligatures", "\ufb01ne \ufb02ow", "fine flow"],
    ["full width", "Ｎｅｔｓ ２", "Nets 2"],
    ["mathematical letters", "𝐍𝐞𝐭𝐬", "Nets"],
    ["superscripts", "R² and H₂O", "R2 and H2O"],
  ])("%s", (_what, a, b) => {
    expect(normaliseTitle(a)).toBe(normaliseTitle(b));
    expect(normaliseTitle(a)).not.toBe("");
  });
});

describe("a title's normal form", () => {
  test("keeps digits, so that part 1 and part 2 stay two", () => {
    expect(normaliseTitle("River stones, part 1")).toBe("riverstonespart1");
    expect(normaliseTitle("River stones, part 2")).toBe("riverstonespart2");
  });

  test.each([
    ["Chinese", "河流：石头的计数", "河流石头的计数"],
    ["Japanese", "川の石", "川の石"],
    ["Korean", "강의 돌", "강의돌"],
    ["Russian", "Речные камни!", "речныекамни"],
    ["Greek, where the last sigma is a sigma", "Πέτρες", "πετρεσ"],
    ["Hindi, with its vowel signs", "की बात", "कीबात"],
    ["Japanese, with its sound marks", "ガス", "ガス"],
    ["German, whose ß is ss in capitals", "Straße", "strasse"],
  ])("keeps the letters of %s", (_script, title, normal) => {
    expect(normaliseTitle(title)).toBe(normal);
  });

  test("holds nothing but letters and digits, and is its own normal form", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (title) => {
        const normal = normaliseTitle(title);
        expect(normal).toMatch(/^[\p{L}\p{N}\p{M}]*$/u);
        expect(normaliseTitle(normal)).toBe(normal);
      }),
    );
  });
});

describe("an arXiv identifier", () => {
  test.each([
    ["2401.01234", "2401.01234"],
    ["2401.01234v2", "2401.01234"],
    ["2401.01234v12", "2401.01234"],
    ["arXiv:2401.01234", "2401.01234"],
    ["ARXIV:2401.01234v1", "2401.01234"],
    [" 2401.01234 ", "2401.01234"],
    ["hep-th/9901001v3", "hep-th/9901001"],
    ["math.GT/0309136", "math.GT/0309136"],
  ])("written %j is %s", (written, base) => {
    expect(arxivBase(written)).toBe(base);
  });

  test.each([
    "10.48550/arXiv.2401.01234",
    "https://doi.org/10.48550/ARXIV.2401.01234",
    "10.48550/arxiv.2401.01234v2",
  ])("is also read from arXiv's own DOI %s", (doi) => {
    expect(arxivOf({ arxiv_id: null, doi })).toBe("2401.01234");
  });

  test("that stands alone comes before the one in a DOI", () => {
    expect(arxivOf({ arxiv_id: "2401.00001v4", doi: "10.48550/arXiv.2401.00002" })).toBe("2401.00001");
  });

  test("is not read from a publisher's DOI", () => {
    expect(arxivOf({ arxiv_id: null, doi: "10.1234/arxiv.2401.01234" })).toBeNull();
    expect(arxivOf({ arxiv_id: null, doi: null })).toBeNull();
  });
});

describe("a DOI", () => {
  test.each([
    ["10.1234/ABC.Def", "10.1234/abc.def"],
    ["doi:10.1234/abc", "10.1234/abc"],
    ["DOI:10.1234/abc", "10.1234/abc"],
    ["https://doi.org/10.1234/abc", "10.1234/abc"],
    ["http://dx.doi.org/10.1234/ABC", "10.1234/abc"],
    [" 10.1234/abc\n", "10.1234/abc"],
    ["10.1234/doi:x", "10.1234/doi:x"],
  ])("written %j is %s", (written, base) => {
    expect(doiBase(written)).toBe(base);
  });

  test("of arXiv's own names the preprint and no published form", () => {
    expect(publishedDoi({ doi: "10.48550/arXiv.2401.01234" })).toBeNull();
    expect(publishedDoi({ doi: "https://doi.org/10.1234/ABC" })).toBe("10.1234/abc");
    expect(publishedDoi({ doi: null })).toBeNull();
  });
});

describe("the keys of a mention", () => {
  test("are the arXiv identifier, the DOI and the title, in this order", () => {
    expect(keysOf(facts({ arxiv_id: "2401.01234v2", doi: "10.1234/ABC" }))).toEqual([
      "arxiv:2401.01234",
      "doi:10.1234%2Fabc",
      titleKey(SPEAKING),
    ]);
  });

  test("name an arXiv DOI as the arXiv identifier that it is", () => {
    expect(keysOf(facts({ doi: "10.48550/arXiv.2401.01234" }))).toEqual([
      "arxiv:2401.01234",
      titleKey(SPEAKING),
    ]);
  });

  test("leave out a title without a letter or digit", () => {
    expect(titleKey("?! …")).toBeNull();
    expect(keysOf(facts({ title: "?! …" }))).toEqual([]);
  });

  test("of equal titles are equal, whatever the way of writing", () => {
    expect(titleKey("River Stones!")).toBe(titleKey("river-stones"));
    expect(titleKey("River stones 1")).not.toBe(titleKey("River stones 2"));
  });

  test("are ASCII, whatever the text", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, (title, id) => {
        const keys = [titleKey(title) ?? "", arxivKey(id), doiKey(id)];
        for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });
});

describe("what an id is made from", () => {
  const known = { authors: ["Ada Quill", "Jan Reed"], year: 2024 };

  test("is the arXiv identifier alone, where one is known", () => {
    const both = facts({ ...known, arxiv_id: "2401.01234v3", doi: "10.1234/abc" });
    expect(identityOf(both)).toEqual([arxivKey("2401.01234")]);
  });

  test("is the DOI alone, where no arXiv identifier is known", () => {
    expect(identityOf(facts({ ...known, doi: "10.1234/ABC" }))).toEqual([doiKey("10.1234/abc")]);
  });

  test("is the title with first author and year otherwise", () => {
    expect(identityOf(facts(known))).toEqual([titleKey(SPEAKING), "adaquill", "2024"]);
    expect(identityOf(facts({ title: GENERIC }))).toEqual([titleKey(GENERIC), "", ""]);
  });

  test("is never empty, even for a title without letters", () => {
    expect(identityOf(facts({ ...known, title: "…" }))).toEqual(["", "adaquill", "2024"]);
  });
});
