import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arxivKey, doiKey, identityOf, keysOf, titleKey } from "../../../pipeline/2-dedupe/names/keys.ts";
import { facts, GENERIC, SPEAKING } from "../../support/mentions.ts";

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
