import { execFileSync } from "node:child_process";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { FORMAT_NAMES, tableFiles } from "../../pipeline/core/table-files.ts";
import { TABLE_NAMES } from "../../schemas/index.ts";
import { query } from "../4-emit/read-back.ts";
import { CAPTURES, makeRelease } from "../support/release.ts";
import { breakCopies, editManifest, findingsIn, sign } from "./damage.ts";

/** Releases that are packed, in shards, or marked against formulas are verified as any other. */

const FORMULAS = {
  ...CAPTURES,
  "2026-03-22-listing.txt":
    "Mar 22\n\n=Sums of stones, and what they hide\n\nA title may begin with a sign. Nothing is released with this note, which is about stones and nothing else.\n\n'Twas the river that moved\n\n+1 for every bridge is what we count, and nothing else is counted in this note about rivers.\n",
} as const;

const LAYOUT = ["--compress", "gzip", "--shard-rows", "2", "--csv-safe"];

let made: string;
let plain: Release;
let laidOut: Release;
let folder: string;
breakCopies(
  (given) => {
    ({ made, release: laidOut, folder } = given);
  },
  async (own) => {
    plain = await makeRelease(join(own, "plain"), { captures: FORMULAS });
    return makeRelease(join(own, "laid-out"), { captures: FORMULAS, options: LAYOUT });
  },
);
const at = (path: string) => join(folder, path);

describe("a release in another layout", () => {
  test("passes, and holds the same rows", async () => {
    expect(await findingsIn(folder)).toEqual([]);
    expect(laidOut.manifest.counts).toEqual(plain.manifest.counts);
    for (const name of TABLE_NAMES)
      expect(await Array.fromAsync(laidOut.rows(name)), name).toEqual(
        await Array.fromAsync(plain.rows(name)),
      );
  });

  test("has shards of so many rows, the last one of what is left; a table that fits is one file", async () => {
    const papers = laidOut.manifest.counts.papers;
    expect(papers).toBe(7);
    expect(await readdir(at("csv"))).toContain("retired_ids.csv.gz");
    for (const format of FORMAT_NAMES) {
      const files = tableFiles(laidOut.manifest, "papers", format);
      expect(files.map(({ rows }) => rows)).toEqual([2, 2, 2, 1]);
      const ending = format === "parquet" ? "parquet" : `${format}.gz`;
      expect(files.map(({ path }) => path)).toEqual(
        [0, 1, 2, 3].map((i) => `${format}/papers-0000${i}-of-00004.${ending}`),
      );
    }
    const shards = files(await readdir(at("parquet")), "papers-");
    expect(shards).toHaveLength(4);
  });

  test("has its own header in every CSV shard", async () => {
    for (const { path } of tableFiles(laidOut.manifest, "papers", "csv"))
      expect(gunzipSync(await readFile(at(path))).toString()).toMatch(/^paper_id,title,/);
  });

  test("passes sha256sum -c", () => {
    execFileSync("sha256sum", ["-c", "--strict", "--quiet", "SHA256SUMS"], { cwd: folder });
  });

  test("is no new release beside one of the same content", async () => {
    const out = join(made, "release/plain", "out");
    const again = await makeRelease(join(made, "release/plain"), {
      captures: FORMULAS,
      options: ["--compress", "zstd"],
    });
    expect([again.digest, (await readdir(out)).includes("1.0.1")]).toEqual([plain.digest, false]);
  });
});

const files = (names: readonly string[], start: string) => names.filter((name) => name.startsWith(start));

test("zstd is read as gzip is", async () => {
  const packed = await makeRelease(join(made, "zstd"), {
    captures: FORMULAS,
    options: ["--compress", "zstd"],
  });
  expect(await findingsIn(packed.folder)).toEqual([]);
  const bytes = await readFile(join(packed.folder, "jsonl/papers.jsonl.zst"));
  expect(zstdDecompressSync(bytes)).toEqual(await readFile(join(plain.folder, "jsonl/papers.jsonl")));
});

describe("CSV that is marked against formulas", () => {
  const cells = async (column: string) => {
    const rows = await query(
      `SELECT ${column} AS cell FROM read_csv('${at("csv/papers-*.csv.gz")}', all_varchar=true)`,
    );
    return rows.map(({ cell }) => cell);
  };

  test("has an apostrophe before texts that begin as one does, and before an apostrophe", async () => {
    const titles = await cells("title");
    expect(titles).toContain("'=Sums of stones, and what they hide");
    expect(titles).toContain("''Twas the river that moved");
    expect(titles).toContain("Kites as cheap antennas in flat country");
  });

  test("gives the texts back when one apostrophe is taken off", async () => {
    for (const column of ["title", "abstract"] as const) {
      const texts = (await cells(column)).map((cell) =>
        cell === null ? null : String(cell).replace(/^'/, ""),
      );
      const rows = await Array.fromAsync(plain.rows("papers"));
      expect(texts).toEqual(rows.map((row) => row[column]));
    }
  });

  test("is told of in the manifest, with how many cells of each file are marked, and beside the table", async () => {
    const marked = tableFiles(laidOut.manifest, "papers", "csv").map((file) => file.marked_cells);
    expect(marked.reduce((sum: number, cells = 0) => sum + cells, 0)).toBe(3);
    for (const file of laidOut.manifest.files)
      expect(file.marked_cells !== undefined, file.path).toBe(file.path.startsWith("csv/"));
    expect(plain.manifest.files.some((file) => "marked_cells" in file)).toBe(false);
    for (const path of ["README.md", "datapackage.json"]) {
      expect(await readFile(at(path), "utf8"), path).toMatch(/one more apostrophe before them: \d+ cells/);
      expect(await readFile(join(plain.folder, path), "utf8"), path).not.toContain("apostrophe");
    }
  });

  test.each([
    ["a mark that was taken off", "'=Sums", "=Sums", "formats"],
    ["a mark too many", "Kites as", "'Kites as", "formats"],
    ["a text that has changed behind its mark", "'=Sums", "'=Zums", "formats"],
  ])("is found wrong where it has %s", async (_what, from, to, gate) => {
    let found = false;
    for (const { path } of tableFiles(laidOut.manifest, "papers", "csv")) {
      const text = gunzipSync(await readFile(at(path))).toString();
      found ||= text.includes(from);
      await writeFile(at(path), gzipSync(text.replace(from, to)));
    }
    expect(found).toBe(true);
    await sign(folder);
    expect((await findingsIn(folder)).map((finding) => finding.gate)).toContain(gate);
  });

  test("is found wrong where the manifest counts other marks, or says of none", async () => {
    const editMarks = (marks: object) =>
      editManifest(folder, ({ files, ...manifest }) => ({
        ...manifest,
        files: files.map((file) => ("marked_cells" in file ? { ...file, ...marks } : file)),
      }));
    await editMarks({ marked_cells: 9 });
    expect(new Set((await findingsIn(folder)).map(({ gate }) => gate))).toEqual(new Set(["rows"]));
    await editMarks({ marked_cells: undefined });
    expect(new Set((await findingsIn(folder)).map(({ gate }) => gate))).toEqual(new Set(["formats"]));
  });
});

describe("in shards are found", () => {
  const shards = () => tableFiles(laidOut.manifest, "papers", "jsonl").map(({ path }) => path);

  test("rows that have moved to another shard", async () => {
    const [one = "", two = ""] = shards();
    const [first, second] = [
      gunzipSync(await readFile(at(one))).toString(),
      gunzipSync(await readFile(at(two))).toString(),
    ];
    const [moved = "", ...others] = second.split(/(?<=\n)/);
    await writeFile(at(one), gzipSync(first + moved));
    await writeFile(at(two), gzipSync(others.join("")));
    await sign(folder);
    expect(await findingsIn(folder)).toEqual([
      { gate: "rows", where: one, found: "3 rows instead of 2" },
      { gate: "rows", where: two, found: "1 rows instead of 2" },
    ]);
  });

  test("two that have changed places", async () => {
    const [one = "", two = ""] = shards();
    await rename(at(one), at("aside"));
    await rename(at(two), at(one));
    await rename(at("aside"), at(two));
    await sign(folder);
    expect(await findingsIn(folder)).toMatchObject([{ gate: "formats" }]);
  });

  test("one that the manifest does not know", async () => {
    const [, two = ""] = shards();
    await rm(at(two));
    await editManifest(folder, ({ files, ...manifest }) => ({
      ...manifest,
      files: files.filter(({ path }) => path !== two),
    }));
    await sign(folder);
    expect(await findingsIn(folder)).toEqual([
      { gate: "schema", where: "jsonl/papers.jsonl", found: "its shards are not all there" },
    ]);
  });

  test("all of a table that the manifest does not know", async () => {
    for (const path of shards()) await rm(at(path));
    await editManifest(folder, ({ files, ...manifest }) => ({
      ...manifest,
      files: files.filter(({ path }) => !shards().includes(path)),
    }));
    await sign(folder);
    expect(await findingsIn(folder)).toEqual([
      { gate: "schema", where: "jsonl/papers.jsonl", found: "the manifest names no file of it" },
    ]);
  });

  test("a header that one CSV shard lacks, by its name", async () => {
    const path = tableFiles(laidOut.manifest, "papers", "csv")[2]?.path ?? "";
    const lines = gunzipSync(await readFile(at(path)))
      .toString()
      .split("\n");
    await writeFile(at(path), gzipSync(lines.slice(1).join("\n")));
    await sign(folder);
    expect(await findingsIn(folder)).toMatchObject([{ gate: "schema", where: path }]);
  });
});

test("a release in one layout is taken up by the next one in another", async () => {
  const before = (await Array.fromAsync(laidOut.rows("papers"))).map(({ paper_id }) => paper_id);
  const next = await makeRelease(join(made, "release/laid-out"), {
    captures: CAPTURES,
    options: ["--shard-rows", "3"],
  });
  expect([next.version, next.manifest.previous_version]).toEqual(["1.1.0", "1.0.0"]);
  const removed = (await Array.fromAsync(next.rows("retired_ids"))).map(({ retired_id }) => retired_id);
  const after = new Set((await Array.fromAsync(next.rows("papers"))).map(({ paper_id }) => paper_id));
  expect(removed).toEqual(before.filter((id) => !after.has(id)));
  expect(removed).toHaveLength(2);
  expect((await openRelease(next.folder)).manifest.files.some(({ path }) => path.endsWith(".gz"))).toBe(
    false,
  );
});
