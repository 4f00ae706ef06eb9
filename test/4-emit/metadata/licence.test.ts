import { describe, expect, test } from "vitest";
import {
  isAllCC0,
  layers,
  licenceNote,
  licencePage,
  licences,
} from "../../../pipeline/4-emit/metadata/licence.ts";
import { columnsQuoting } from "../../../schemas/licences.ts";
import type { SourceFormat } from "../../../schemas/vocabularies.ts";
import { releaseOf } from "../../support/releases.ts";
import { factsOf } from "./facts-of.ts";

const facts = (words: "held" | "withheld", ...formats: SourceFormat[]) =>
  factsOf(releaseOf({}).manifest, { words, formats });
const spdx = (given: ReturnType<typeof facts>) => licences(given).map((licence) => licence.spdx);
const quoting = [...columnsQuoting("authors"), ...columnsQuoting("owners")];

describe("the licences of a release", () => {
  test("are CC0 for Paperset's own work, and those of the sources that were read, each once", () => {
    expect(spdx(facts("held", "text_bare_lines"))).toEqual(["CC0-1.0"]);
    expect(spdx(facts("held", "arxiv_atom", "arxiv_snapshot"))).toEqual(["CC0-1.0"]);
    expect(spdx(facts("held", "arxiv_atom", "pwc_papers", "pwc_links"))).toEqual(["CC0-1.0", "CC-BY-SA-4.0"]);
  });

  test("are CC0 alone only where no words of others and no share-alike source are in it", () => {
    expect(isAllCC0(facts("withheld", "arxiv_atom"))).toBe(true);
    expect(isAllCC0(facts("held", "arxiv_atom"))).toBe(false);
    expect(isAllCC0(facts("withheld", "pwc_links"))).toBe(false);
  });
});

describe("the licence texts", () => {
  test("name every column that quotes others, whose words it holds, and that the dedication does not cover them", () => {
    const note = licenceNote(facts("held"));
    for (const place of quoting) expect(note).toContain(place);
    expect(note).toContain("The words are those of the papers' authors. They belong to them");
    expect(note).toContain("The words are those of the repositories' owners. They belong to them");
    expect(note.match(/not covered by the dedication/g)).toHaveLength(2);
  });

  test("say of a release without them that these columns are null", () => {
    const note = licenceNote(facts("withheld"));
    for (const place of quoting) expect(note).toContain(place);
    expect(note).toContain("Null in every row");
    expect(note).not.toContain("belong to them");
  });

  test("name what comes from a share-alike source by the codes that its mentions carry", () => {
    const [last] = layers(facts("held", "pwc_links")).slice(-1);
    expect(last?.part).toContain("`pwc_papers` or `pwc_links`");
    expect(last?.terms).toContain("alike");
    expect(licenceNote(facts("held", "text_bare_lines"))).not.toContain("alike");
  });

  test("stand as a page with the address of every licence", () => {
    const page = licencePage(facts("held", "pwc_links"));
    expect(page).toContain("<https://creativecommons.org/publicdomain/zero/1.0/>");
    expect(page).toContain("<https://creativecommons.org/licenses/by-sa/4.0/>");
  });
});
