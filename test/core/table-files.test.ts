import { describe, expect, test } from "vitest";
import type { FileEntry } from "../../pipeline/core/manifest.ts";
import { compressionOf, rowCounts, tableFiles, tablePath } from "../../pipeline/core/table-files.ts";
import { TABLE_NAMES, type TableName } from "../../schemas/index.ts";

const entry = (path: string, table?: TableName, rows = 0): FileEntry => ({
  path,
  bytes: 0,
  sha256: "",
  ...(table === undefined ? {} : { table, rows }),
});

describe("a file of a table stands", () => {
  test.each([
    [tablePath("csv", "papers"), "csv/papers.csv"],
    [tablePath("parquet", "papers"), "parquet/papers.parquet"],
    [tablePath("jsonl", "papers", { compression: "gzip" }), "jsonl/papers.jsonl.gz"],
    [tablePath("csv", "papers", { compression: "zstd" }), "csv/papers.csv.zst"],
    [tablePath("parquet", "papers", { shard: { index: 0, of: 3 } }), "parquet/papers-00000-of-00003.parquet"],
    [
      tablePath("csv", "papers", { shard: { index: 12, of: 100_000 }, compression: "gzip" }),
      "csv/papers-00012-of-100000.csv.gz",
    ],
  ])("at %s", (path, expected) => {
    expect(path).toBe(expected);
  });
});

test("how a file is packed is told by its ending alone", () => {
  expect(["a.csv.gz", "a.csv.zst", "a.csv", "a.gz.csv", "a.parquet"].map(compressionOf)).toEqual([
    "gzip",
    "zstd",
    null,
    null,
    null,
  ]);
});

describe("the files of a table in a format are", () => {
  const files = [
    entry("README.md"),
    entry("csv/papers-00001-of-00002.csv", "papers", 1),
    entry("csv/papers-00000-of-00002.csv", "papers", 2),
    entry("jsonl/papers.jsonl.gz", "papers", 3),
    entry("parquet/papers.parquet", "papers", 3),
    entry("csv/paper_links.csv", "paper_links", 9),
    entry("parquet/paper_links.parquet", "paper_links", 9),
    entry("schemas/papers.schema.json"),
  ];

  test("its shards in order, and no file of another table or format", () => {
    const paths = tableFiles({ files }, "papers", "csv").map(({ path }) => path);
    expect(paths).toEqual(["csv/papers-00000-of-00002.csv", "csv/papers-00001-of-00002.csv"]);
    expect(tableFiles({ files }, "papers", "jsonl").map(({ path }) => path)).toEqual([
      "jsonl/papers.jsonl.gz",
    ]);
    expect(tableFiles({ files }, "mentions", "csv")).toEqual([]);
  });

  test("counted once for the table, not once for each format", () => {
    const none = Object.fromEntries(TABLE_NAMES.map((name) => [name, 0]));
    expect(rowCounts(files)).toEqual({ ...none, papers: 3, paper_links: 9 });
  });
});
