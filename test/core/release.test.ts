import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../pipeline/core/digest.ts";
import { latestVersion, openRelease } from "../../pipeline/core/release.ts";
import { tablePath } from "../../pipeline/core/table-files.ts";
import { releaseOf } from "../support/releases.ts";
import { idOf } from "../support/rows.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-release-"));
});
afterEach(() => rm(folder, { recursive: true }));

const MANIFEST = JSON.stringify({ ...releaseOf({}).manifest, version: "1.4.0" });
const RETIRED = {
  retired_id: "p_0000000000000000",
  table: "papers",
  surviving_id: null,
  reason: "removed",
  retired_in_version: "1.4.0",
};

describe("a release", () => {
  test("is known by its manifest: version, digest and content", async () => {
    await writeFile(join(folder, "manifest.json"), MANIFEST);
    expect(await openRelease(folder)).toMatchObject({
      folder,
      version: "1.4.0",
      digest: sha256(MANIFEST),
      manifest: JSON.parse(MANIFEST),
    });
  });

  /** A release whose retired ids stand in these files, with what each holds. */
  async function withFiles(files: Readonly<Record<string, string | Uint8Array>>) {
    const { manifest } = releaseOf({});
    const entries = Object.keys(files).map((path) => ({
      path,
      bytes: 0,
      sha256: "",
      table: "retired_ids" as const,
    }));
    await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...manifest, files: entries }));
    await mkdir(join(folder, "jsonl"));
    for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
    return openRelease(folder);
  }
  const line = (number: number) => `${JSON.stringify({ ...RETIRED, retired_id: idOf("p", number) })}\n`;

  test("gives the rows of a table as often as they are asked for", async () => {
    const release = await withFiles({ "jsonl/retired_ids.jsonl": `${JSON.stringify(RETIRED)}\n` });
    expect(await Array.fromAsync(release.rows("retired_ids"))).toEqual([RETIRED]);
    expect(await Array.fromAsync(release.rows("retired_ids"))).toEqual([RETIRED]);
  });

  test.each<[string, string, (text: string) => string | Uint8Array]>([
    ["plain", "", (text) => text],
    ["gzip", ".gz", (text) => gzipSync(text)],
    ["zstd", ".zst", (text) => zstdCompressSync(text)],
  ])("gives the rows of numbered shards in order, where they are %s", async (_how, ending, pack) => {
    const shard = (index: number, of: number) =>
      tablePath("jsonl", "retired_ids", { shard: { index, of } }) + ending;
    const release = await withFiles({
      [shard(2, 3)]: pack(line(5)),
      [shard(0, 3)]: pack(line(1) + line(2)),
      [shard(1, 3)]: pack(line(3) + line(4)),
    });
    const ids = (await Array.fromAsync(release.rows("retired_ids"))).map(({ retired_id }) => retired_id);
    expect(ids).toEqual([1, 2, 3, 4, 5].map((number) => idOf("p", number)));
  });

  test.each([".gz", ".zst"])(
    "does not take a packed file that is cut off for a whole one, %s",
    async (ending) => {
      const text = Array.from({ length: 9_000 }, (_, i) => line(i * 7919)).join("");
      const packed = ending === ".gz" ? gzipSync(text) : zstdCompressSync(text);
      const release = await withFiles({
        [`jsonl/retired_ids.jsonl${ending}`]: packed.subarray(0, packed.length - 20),
      });
      await expect(Array.fromAsync(release.rows("retired_ids"))).rejects.toThrow();
    },
  );

  test.each<readonly [string, object]>([
    ["no list of files", { files: {} }],
    ["a file that is nothing", { files: [null] }],
    ["a file without a digest", { files: [{ path: "csv/papers.csv" }] }],
    ["no counts", { counts: null }],
    ["no statuses", { repository_statuses: [] }],
    ["a capture that is nothing", { inputs: [null] }],
    ["nothing that was found and accepted", { accepted: {} }],
  ])("with a manifest that somebody damaged is told to be damaged: %s", async (_what, part) => {
    await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...JSON.parse(MANIFEST), ...part }));
    await expect(openRelease(folder)).rejects.toMatchObject({
      code: "RELEASE_MISSING",
      message: expect.stringContaining("the release is damaged. Take another copy of it"),
    });
  });

  test("is found in the output folder whose newest release it is", async () => {
    await mkdir(join(folder, "1.0.0"));
    await writeFile(join(folder, "1.0.0", "manifest.json"), MANIFEST);
    await symlink("1.0.0", join(folder, "latest"));
    const [named, found] = [await openRelease(join(folder, "1.0.0")), await openRelease(folder)];
    expect(found).toMatchObject({
      folder: join(folder, "latest"),
      version: named.version,
      digest: named.digest,
    });
  });

  test("without a manifest is none: the error names the folder and what to do", async () => {
    await expect(openRelease(folder)).rejects.toMatchObject({
      code: "RELEASE_MISSING",
      message: `${folder} is no finished release: it has no manifest.json. Name a release folder, such as out/latest.`,
    });
  });
});

describe("the newest release of an output folder", () => {
  test("is the greatest version, though `latest` lags behind it or is lost", async () => {
    for (const name of ["1.9.0", "1.10.0", ".work", "2.0.0-draft"]) await mkdir(join(folder, name));
    expect(await latestVersion(folder)).toBe("1.10.0");
    await symlink("1.9.0", join(folder, "latest"));
    expect(await latestVersion(folder)).toBe("1.10.0");
  });

  test("is not there yet in an empty folder, nor in none", async () => {
    expect(await latestVersion(folder)).toBeNull();
    expect(await latestVersion(join(folder, "none"))).toBeNull();
  });
});
