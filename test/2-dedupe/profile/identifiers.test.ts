import { describe, expect, test } from "vitest";
import {
  arxivBase,
  arxivOf,
  doiBase,
  doiVersion,
  publishedDoi,
} from "../../../pipeline/2-dedupe/profile/identifiers.ts";

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
    ["MATH.gt/0309136v2", "math.GT/0309136"],
    ["https://arxiv.org/abs/2401.01234v2", "2401.01234"],
    [" no identifier ", "no identifier"],
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

  test.each([
    ["10.1234/abc.v2", "v2"],
    ["10.1234/ABC.PUB3", "pub3"],
    ["10.1234/abc", null],
    ["10.1234/abc.v2.x", null],
    ["10.1234/abc.v1234", null],
  ])("%s ends in version %s", (doi, version) => {
    expect(doiVersion(doi)).toBe(version);
  });

  test("of a published form is compared without its version", () => {
    expect(publishedDoi({ doi: "10.1234/abc.v2" })).toBe("10.1234/abc");
    expect(publishedDoi({ doi: "10.1234/abc.pub12" })).toBe("10.1234/abc");
  });

  test.each([
    "10.2139/ssrn.1234567",
    "10.20944/preprints202401.0001.v1",
    "10.21203/rs.3.rs-12345/v1",
    "10.26434/chemrxiv-2024-abcde",
    "10.31219/osf.io/abcde",
    "10.31234/osf.io/abcde",
    "10.31235/osf.io/abcde",
    "10.36227/techrxiv.1234567.v1",
    "10.22541/au.123456.789",
    "10.1101/123456",
    "10.1101/2020.01.02.20012345",
    "https://doi.org/10.1101/2020.01.02.012345v2",
  ])("of a preprint server names no published form: %s", (doi) => {
    expect(publishedDoi({ doi })).toBeNull();
  });

  test("of a journal under the same prefix as a preprint server names a published form", () => {
    expect(publishedDoi({ doi: "10.1101/gr.123456.111" })).toBe("10.1101/gr.123456.111");
    expect(publishedDoi({ doi: "10.1101/1234567" })).toBe("10.1101/1234567");
    expect(publishedDoi({ doi: "10.21390/abc" })).toBe("10.21390/abc");
  });
});
