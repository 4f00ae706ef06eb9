import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bibtex, citation } from "../../../pipeline/4-emit/metadata/citation.ts";
import type { ReleaseFacts } from "../../../pipeline/4-emit/metadata/facts.ts";
import { releaseOf } from "../../support/releases.ts";
import { factsOf } from "./facts-of.ts";

const facts = (known: Partial<ReleaseFacts> = {}) =>
  factsOf(releaseOf({}).manifest, { version: "2.3.4", created: "2026-11-21T09:00:00Z", ...known });
const cited = (known: Partial<ReleaseFacts> = {}) => parse(citation(facts(known))) as Record<string, unknown>;

describe("CITATION.cff", () => {
  /** The required keys of version 1.2.0 (https://github.com/citation-file-format/citation-file-format, schema.json). */
  test("has what the Citation File Format requires, for a data set", () => {
    expect(cited()).toMatchObject({
      "cff-version": "1.2.0",
      message: expect.any(String),
      title: expect.any(String),
      authors: [{ name: "Paperset" }],
      type: "dataset",
    });
  });

  test("names the release's version and day", () => {
    expect(cited()).toMatchObject({ version: "2.3.4", "date-released": "2026-11-21" });
  });

  test("names every licence of the release by its SPDX identifier", () => {
    expect(cited({ formats: ["pwc_papers"] })["license"]).toEqual(["CC0-1.0", "CC-BY-SA-4.0"]);
    expect(cited()["license"]).toEqual(["CC0-1.0"]);
  });

  test("says which words are nobody's to license, or that there are none", () => {
    expect(cited()["abstract"]).toContain("papers.abstract");
    expect(cited({ words: "withheld" })["abstract"]).toContain("without the words of others");
  });
});

test("the BibTeX entry names the version, and keeps the creator in one piece", () => {
  expect(bibtex(facts())).toBe(`@misc{paperset-2.3.4,
  author = {{Paperset}},
  title = {{Paperset: papers and the code they publish}},
  version = {2.3.4},
  year = {2026},
  url = {https://github.com/paperset/paperset},
}`);
});
