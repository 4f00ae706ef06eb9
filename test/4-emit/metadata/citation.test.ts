import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bibtex, citation } from "../../../pipeline/4-emit/metadata/citation.ts";
import { croissant } from "../../../pipeline/4-emit/metadata/croissant.ts";
import { dataPackage } from "../../../pipeline/4-emit/metadata/data-package.ts";
import { datasetCard } from "../../../pipeline/4-emit/metadata/dataset-card.ts";
import type { ReleaseFacts } from "../../../pipeline/4-emit/metadata/facts.ts";
import { zenodo } from "../../../pipeline/4-emit/metadata/zenodo.ts";
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

  test("names the strictest licence, and none where words of others are in it: of several a reader might choose", () => {
    expect(cited({ words: "withheld" })["license"]).toBe("CC0-1.0");
    expect(cited({ words: "withheld", formats: ["pwc_papers"] })["license"]).toBe("CC-BY-SA-4.0");
    expect(cited({ formats: ["pwc_papers"] })).not.toHaveProperty("license");
    expect(cited({ formats: ["pwc_papers"] })["abstract"]).toContain("CC-BY-SA-4.0");
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

describe("a publisher's own words", () => {
  const attribution = {
    title: "Stones & owls: 100 % of the papers",
    creators: ["Lark, Ada", "Society for Owls & Stones and Bridges", "Yamada, Taro, Jr."],
    homepage: "https://example.org/stones_and_owls",
  };

  test("name people by family and given names, and organisations as they are called", () => {
    expect(cited({ attribution })).toMatchObject({
      title: attribution.title,
      url: attribution.homepage,
      "repository-code": "https://github.com/paperset/paperset",
      authors: [
        { "family-names": "Lark", "given-names": "Ada" },
        { name: "Society for Owls & Stones and Bridges" },
        { "family-names": "Yamada", "given-names": "Taro, Jr." },
      ],
    });
  });

  test("stand in the BibTeX entry with what TeX would misread escaped, the address as it is", () => {
    expect(bibtex(facts({ attribution }))).toContain(
      "author = {Lark, Ada and {Society for Owls \\& Stones and Bridges} and Yamada, Taro, Jr.}",
    );
    expect(bibtex(facts({ attribution }))).toContain("title = {{Stones \\& owls: 100 \\% of the papers}}");
    expect(bibtex(facts({ attribution }))).toContain("url = {https://example.org/stones_and_owls}");
  });

  test("stand in every other metadata file too", () => {
    const given = facts({ attribution });
    expect(dataPackage(given)).toMatchObject({
      title: attribution.title,
      homepage: attribution.homepage,
      contributors: attribution.creators.map((title) => ({ title, roles: ["creator"] })),
    });
    expect(croissant(given)).toMatchObject({
      alternateName: attribution.title,
      url: attribution.homepage,
      creator: [{ "@type": "sc:Person", name: "Ada Lark" }, { "@type": "sc:Organization" }, {}],
    });
    expect(zenodo(given)).toMatchObject({
      title: attribution.title,
      creators: attribution.creators.map((name) => ({ name })),
      related_identifiers: expect.arrayContaining([
        { identifier: attribution.homepage, relation: "isDocumentedBy" },
      ]),
    });
    expect(datasetCard(given)).toContain(`\n# ${attribution.title}\n`);
  });
});
