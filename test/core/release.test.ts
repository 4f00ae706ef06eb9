import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../pipeline/core/digest.ts";
import { latestVersion, openRelease } from "../../pipeline/core/release.ts";
import { releaseOf } from "../support/releases.ts";

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

  test("gives the rows of a table as often as they are asked for", async () => {
    await writeFile(join(folder, "manifest.json"), MANIFEST);
    await mkdir(join(folder, "jsonl"));
    await writeFile(join(folder, "jsonl", "retired_ids.jsonl"), `${JSON.stringify(RETIRED)}\n`);
    const release = await openRelease(folder);
    expect(await Array.fromAsync(release.rows("retired_ids"))).toEqual([RETIRED]);
    expect(await Array.fromAsync(release.rows("retired_ids"))).toEqual([RETIRED]);
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
