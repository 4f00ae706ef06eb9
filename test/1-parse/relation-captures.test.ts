import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findSources } from "../../pipeline/1-parse/input/sources.ts";
import type { FoundLink } from "../../pipeline/1-parse/mention.ts";
import { CAPTURES, capturesAreThere } from "../support/real-captures.ts";
import { parseAlone } from "./captures.ts";
import { judge } from "./relation-figures.ts";
import { type Label, linkKey, readLabels } from "./relation-labels.ts";

describe.skipIf(!capturesAreThere)("the links of the real captures", () => {
  const labels = new Map(
    readLabels()
      .filter(({ origin }) => origin === "captures")
      .map((label) => [label.key, label]),
  );
  let folder: string;
  let links: { readonly label: Label | undefined; readonly link: FoundLink }[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperset-relation-"));
    const sources = await Array.fromAsync(
      (await findSources([CAPTURES], { out: folder, standardInput: null })).records(),
    );
    const { records } = await parseAlone(sources, folder);
    links = records.flatMap(({ title, links }) =>
      links.map((link) => ({ label: labels.get(linkKey(title, link.url)), link })),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("are all labelled, and no label is left over", () => {
    expect(links.filter(({ label }) => label === undefined).map(({ link }) => link.url)).toEqual([]);
    expect(new Set(links.map(({ label }) => label?.key)).size).toBe(labels.size);
  });

  test("are judged by their whole text as by the few words that the labels keep", () => {
    const differing = links.filter(({ label, link }) => label && judge(label).rule !== link.rule);
    expect(differing.map(({ label }) => label?.id)).toEqual([]);
  });

  test("are never wrongly called a paper's own by their whole text", () => {
    const said = links.filter(({ link }) => link.relation === "own_code");
    expect(said.filter(({ label }) => label?.label !== "own_code").map(({ label }) => label?.id)).toEqual([]);
    expect(said.length / links.length).toBeGreaterThanOrEqual(0.98);
  });
});
