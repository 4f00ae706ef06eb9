import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { appear } from "../../pipeline/4-emit/appear.ts";
import type { Release } from "../../pipeline/core/release.ts";
import { copyOf, editFirst } from "../release/damage.ts";
import { makeRelease } from "../support/release.ts";
import { TEST_NOW } from "../support/run-paperset.ts";

let made: string;
let release: Release;
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "paperset-appear-"));
  release = await makeRelease(made);
});
afterAll(() => rm(made, { recursive: true }));

let out: string;
let finished: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "paperset-appear-out-"));
  finished = await copyOf(release, join(out, "aside"));
});
afterEach(() => rm(out, { recursive: true }));

const appears = () => appear(finished, "1.0.0", out, new Date(TEST_NOW));

describe("a finished folder appears", () => {
  test("under its version, by being renamed", async () => {
    const { folder, version, digest } = await appears();
    expect({ folder, version, digest }).toEqual({
      folder: join(out, "1.0.0"),
      version: "1.0.0",
      digest: release.digest,
    });
    expect((await readdir(out)).sort()).toEqual(["1.0.0", "latest"]);
  });

  test("as the latest, by a link that stays right when the whole folder moves", async () => {
    await symlink("0.9.0", join(out, "latest"));
    await appears();
    expect(await readlink(join(out, "latest"))).toBe("1.0.0");
  });

  test("also where a crash has left half a link behind", async () => {
    await symlink("0.9.0", join(out, ".latest.tmp"));
    await appears();
    expect((await readdir(out)).sort()).toEqual(["1.0.0", "latest"]);
    expect(await readlink(join(out, "latest"))).toBe("1.0.0");
  });
});

describe("where a check says no, nothing appears", () => {
  test("and the error names the first gate, with everything that was found", async () => {
    await editFirst(finished, "papers", { year: 1500, repository_id: "r_0000000000000000" });
    await expect(appears()).rejects.toMatchObject({
      code: "DEFECT",
      message: expect.stringMatching(
        /^The release was not made: papers year is below 1600 .*\(gate constraints\)\.$/,
      ),
      details: { findings: [{ gate: "constraints" }, { gate: "foreign_keys" }] },
    });
    expect(await readdir(out)).toEqual(["aside"]);
  });

  test("and latest stays where it was", async () => {
    await symlink("0.9.0", join(out, "latest"));
    await writeFile(join(finished, "note.txt"), "not for release\n");
    await expect(appears()).rejects.toMatchObject({ code: "DEFECT" });
    expect(await readlink(join(out, "latest"))).toBe("0.9.0");
    expect(existsSync(join(out, "1.0.0"))).toBe(false);
  });
});

test("a release that is there already is never overwritten, and latest stays where it was", async () => {
  await mkdir(join(out, "1.0.0"));
  await writeFile(join(out, "1.0.0", "manifest.json"), "the earlier one");
  await symlink("0.9.0", join(out, "latest"));
  await expect(appears()).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringContaining("is there already and no release is ever overwritten"),
  });
  expect(await readFile(join(out, "1.0.0", "manifest.json"), "utf8")).toBe("the earlier one");
  expect(await readlink(join(out, "latest"))).toBe("0.9.0");
});
