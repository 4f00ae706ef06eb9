import { describe, expect, test } from "vitest";
import type { ReleaseFacts } from "../../../pipeline/4-emit/metadata/facts.ts";
import { zenodo } from "../../../pipeline/4-emit/metadata/zenodo.ts";
import { releaseOf } from "../../support/releases.ts";
import { factsOf } from "./facts-of.ts";

interface Deposit {
  readonly description: string;
  readonly notes: string;
  readonly license: string;
  readonly related_identifiers: readonly { readonly identifier: string; readonly relation: string }[];
}
const deposit = (known: Partial<ReleaseFacts> = {}) =>
  zenodo(
    factsOf(releaseOf({}).manifest, { version: "2.3.4", created: "2026-11-21T09:00:00Z", ...known }),
  ) as Deposit;

describe(".zenodo.json", () => {
  /** Attributes marked as required for an open data set (https://developers.zenodo.org/#deposit-metadata). */
  test("has every attribute that a deposit requires, of its form", () => {
    expect(deposit()).toMatchObject({
      upload_type: "dataset",
      publication_date: "2026-11-21",
      title: expect.stringMatching(/./),
      creators: [{ name: "Paperset" }],
      description: expect.stringMatching(/^<p>/),
      access_right: "open",
      license: expect.stringMatching(/^[a-z0-9.-]+$/),
    });
  });

  test("has no attribute that Zenodo does not document", () => {
    const documented = [
      "upload_type publication_date title creators description access_right license keywords notes",
      "related_identifiers version language",
    ];
    expect(Object.keys(deposit()).sort()).toEqual(documented.join(" ").split(" ").sort());
  });

  test("names the version", () => {
    expect(deposit()).toMatchObject({ version: "2.3.4", language: "eng" });
  });

  test("states one licence that is not more generous than any part allows", () => {
    expect(deposit().license).toBe("other-open");
    expect(deposit({ words: "withheld" }).license).toBe("cc-zero");
    expect(deposit({ words: "withheld", formats: ["arxiv_atom"] }).license).toBe("cc-zero");
    expect(deposit({ words: "withheld", formats: ["arxiv_atom", "pwc_links"] }).license).toBe("cc-by-sa-4.0");
    expect(deposit({ formats: ["pwc_links"] }).license).toBe("other-open");
  });

  test("says in its notes which part stands under which terms", () => {
    expect(deposit().notes).toContain("<code>papers.abstract</code>");
    expect(deposit({ words: "withheld" }).notes).toContain("Null in every row");
  });

  test("leads to the sources that have an address, by relations that Zenodo knows", () => {
    const related = deposit({ formats: ["pwc_links"] }).related_identifiers;
    expect(related.map(({ relation }) => relation)).toEqual(["isCompiledBy", "isDerivedFrom"]);
  });

  test("is HTML whose marks are closed", () => {
    for (const text of [deposit().description, deposit().notes]) {
      const open = [...text.matchAll(/<([a-z]+)>/g)].map(([, name]) => name).sort();
      const closed = [...text.matchAll(/<\/([a-z]+)>/g)].map(([, name]) => name).sort();
      expect(closed).toEqual(open);
      expect(text).not.toContain("`");
    }
  });
});
