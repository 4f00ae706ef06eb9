import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { datasetCard } from "../../../pipeline/4-emit/metadata/dataset-card.ts";
import type { ReleaseFacts } from "../../../pipeline/4-emit/metadata/facts.ts";
import type { Release } from "../../../pipeline/core/release.ts";
import { TABLE_NAMES, TABLES } from "../../../schemas/index.ts";
import { HOSTS, REPOSITORY_STATUSES } from "../../../schemas/vocabularies.ts";
import { sharedReleases } from "../../support/shared-release.ts";
import { factsOf } from "./facts-of.ts";
import { columnsOf, tablesIn } from "./markdown.ts";

interface FrontMatter {
  readonly license: string;
  readonly license_link: string;
  readonly size_categories: readonly string[];
  readonly configs: readonly {
    readonly config_name: string;
    readonly default?: boolean;
    readonly data_files: readonly { readonly split: string; readonly path: string }[];
  }[];
}

let release: Release;
let card: string;
beforeAll(async () => {
  release = (await sharedReleases()).second;
  card = await readFile(join(release.folder, "README.md"), "utf8");
});

function frontMatter(text: string): FrontMatter {
  const [before, yaml = ""] = text.split(/^---\n/m);
  expect(before).toBe("");
  return parse(yaml) as FrontMatter;
}
const cardOf = (known: Partial<ReleaseFacts>) => datasetCard(factsOf(release.manifest, known));
/** The rows of the card's table with these column names. */
const table = (...head: readonly string[]) =>
  tablesIn(card)
    .find(([first]) => String(first) === String(head))
    ?.slice(1);

describe("the front matter of a release's README", () => {
  test("names every table's Parquet file, each of which is there", async () => {
    const { configs } = frontMatter(card);
    expect(configs.map(({ config_name }) => config_name)).toEqual(TABLE_NAMES);
    for (const { config_name, data_files } of configs) {
      expect(data_files).toEqual([{ split: "train", path: `parquet/${config_name}.parquet` }]);
      const file = await stat(join(release.folder, data_files[0]?.path ?? ""));
      expect(file.isFile()).toBe(true);
    }
  });

  test("names no table without rows, which the hub's reader refuses", () => {
    const counts = { ...release.manifest.counts, retired_ids: 0 };
    const names = frontMatter(cardOf({ counts })).configs.map(({ config_name }) => config_name);
    expect(names).toEqual(TABLE_NAMES.filter((name) => name !== "retired_ids"));
  });

  test("opens papers unless told otherwise, and only papers", () => {
    const { configs } = frontMatter(card);
    expect(configs.filter((config) => config.default === true).map(({ config_name }) => config_name)).toEqual(
      ["papers"],
    );
  });

  test("leads to the licence page of the release, and says CC0 alone where nothing else is in it", () => {
    expect(frontMatter(card)).toMatchObject({ license: "other", license_link: "LICENSE.md" });
    expect(frontMatter(cardOf({ words: "withheld" }))).toMatchObject({ license: "cc0-1.0" });
    expect(frontMatter(cardOf({ words: "withheld", formats: ["pwc_links"] }))).toMatchObject({
      license: "other",
    });
  });

  test("names every file of a table that lies in several", () => {
    const shards = ["parquet/papers-00001.parquet", "parquet/papers-00002.parquet"];
    const files = shards.map((path) => ({
      path,
      bytes: 1,
      sha256: "0".repeat(64),
      table: "papers" as const,
      rows: 1,
    }));
    expect(frontMatter(cardOf({ files: files.toReversed() })).configs).toEqual([
      { config_name: "papers", data_files: [{ split: "train", path: shards }], default: true },
    ]);
  });

  test.each([
    [0, "n<1K"],
    [999, "n<1K"],
    [1_000, "1K<n<10K"],
    [9_999, "1K<n<10K"],
    [10_000, "10K<n<100K"],
    [100_000, "100K<n<1M"],
    [1_000_000, "1M<n<10M"],
    [10_000_000, "10M<n<100M"],
  ])("puts %d papers into the class %s", (papers, size) => {
    const counts = { ...release.manifest.counts, papers, mentions: 5 };
    expect(frontMatter(cardOf({ counts })).size_categories).toEqual([size]);
  });
});

describe("the README of a release", () => {
  test("counts the rows of every table as the manifest does", () => {
    const expected = TABLE_NAMES.map((name) => [
      name,
      String(release.manifest.counts[name]),
      TABLES[name].row,
    ]);
    expect(table("table", "rows", "one row is")).toEqual(expected);
    expect(release.manifest.counts.mentions).toBe(6);
  });

  test("counts repositories by status as the manifest does, with what each status means", () => {
    const rows = table("status", "repositories", "meaning") ?? [];
    expect(Object.fromEntries(rows.map(([status, count]) => [status, Number(count)]))).toEqual(
      release.manifest.repository_statuses,
    );
    for (const [status = "", , meaning] of rows)
      expect(meaning).toBe(REPOSITORY_STATUSES[status as keyof typeof REPOSITORY_STATUSES]);
  });

  test("says so where no paper names a repository", () => {
    expect(cardOf({ statuses: {} })).toContain("No paper in this release names a repository.");
    expect(card).not.toContain("No paper in this release names a repository.");
  });

  test("states version, schema, time, and the days that its captures show", () => {
    expect(card).toContain(
      "**Version 1.1.0** (follows 1.0.0), schema 1.0.0, made 2026-11-21T09:00:00Z; captures from 2026-03-14 to 2026-03-20.",
    );
  });

  test("says so where it is the first release, and where no capture carries a full date", () => {
    expect(cardOf({ previousVersion: null, window: null })).toContain(
      "(the first release), schema 1.0.0, made 2026-11-21T09:00:00Z; the captures carry no full date.",
    );
  });

  test("explains every column of every table", () => {
    for (const name of TABLE_NAMES)
      expect(columnsOf(card, name), name).toEqual(Object.keys(TABLES[name].columns));
  });

  test("has tables whose rows have as many cells as their heads", () => {
    for (const [head = [], ...rows] of tablesIn(card))
      for (const row of rows) expect(row.length, row.join(" | ")).toBe(head.length);
  });

  test("has every heading once, so that links into it are certain", () => {
    const headings = [...card.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
    expect(new Set(headings).size).toBe(headings.length);
  });
});

test("the README names the terms of a share-alike source just where it was used", () => {
  const terms = "shares what comes from there alike";
  expect(cardOf({ formats: ["pwc_links", "text_bare_lines"] })).toContain(terms);
  expect(cardOf({ formats: ["text_bare_lines"] })).not.toContain(terms);
});

test("the README names every code host whose repositories are checked, and calls none of them unchecked", () => {
  for (const host of Object.keys(HOSTS))
    expect(card).toMatch(new RegExp(`\`repositories\` covers .*${host}`));
  expect(card).not.toMatch(/Only repositories on|stay `unchecked`/);
});

test("the README says where CSV has marks against formulas, and in how many cells, just where it has any", () => {
  const marked = (marks: { marked_cells?: number }) =>
    cardOf({
      files: release.manifest.files.map((file) => ({
        ...file,
        ...(file.path.startsWith("csv/") ? marks : {}),
      })),
    });
  expect(marked({ marked_cells: 3 })).toContain(
    `one more apostrophe before them: ${3 * TABLE_NAMES.length} cells`,
  );
  expect(marked({})).not.toContain("apostrophe");
});

test("the README counts the captures of each source", () => {
  const [input] = release.manifest.inputs;
  const inputs = [1, 2, 3].flatMap(() => input ?? []);
  const text = cardOf({ formats: ["text_blank_lines"], inputs });
  expect(text).toMatch(/^\| text_blank_lines \| 3 \| Plain text/m);
});

test("the README says at its top that the words of others were left out, just where they were", () => {
  expect(cardOf({ words: "withheld" }).split("## What is in it")[0]).toContain("no abstract, no description");
  expect(card).not.toContain("no abstract, no description");
});
