import { copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Release } from "../../pipeline/core/release.ts";
import { flatName } from "../../pipeline/release/publish/target.ts";
import { runPaperset } from "../support/run-paperset.ts";
import { breakCopies, editText } from "./damage.ts";

let made: string;
let release: Release;
let folder: string;
breakCopies((given) => {
  ({ made, release, folder } = given);
});
afterEach(() => vi.unstubAllEnvs());
const verified = async (path: string) => {
  const { exitCode, stdout, stderr } = await runPaperset(["verify", path]);
  expect(stderr).toBe("");
  return { exitCode, stdout };
};

let downloads = 0;

/** The files as a place without folders gives them: none is empty, and no name begins with a dot. */
async function flatCopy(): Promise<string> {
  downloads += 1;
  const flat = join(made, `download-${downloads}`);
  await mkdir(flat);
  for (const path of [...release.manifest.files.map((file) => file.path), "manifest.json"])
    if ((await stat(join(release.folder, path))).size > 0)
      await copyFile(join(release.folder, path), join(flat, flatName(path)));
  return flat;
}

describe("a release that comes without its folders, from GitHub or Zenodo,", () => {
  test("passes, and lies there as before", async () => {
    const flat = await flatCopy();
    const [before, own] = [await readdir(flat), join(made, "tmp")];
    await mkdir(own);
    vi.stubEnv("TMPDIR", own);
    expect(await verified(flat)).toEqual({ exitCode: 0, stdout: expect.stringContaining("1.1.0 passes.") });
    expect(await readdir(flat)).toEqual(before);
    expect(await readdir(own)).toEqual([]);
  });

  test("does not pass where a file has changed, is missing, or is none of its own", async () => {
    const flat = await flatCopy();
    await editText(join(flat, "papers.csv"), (text) => text.replace("Kites", "Kytes"));
    await rm(join(flat, "zenodo.json"));
    await writeFile(join(flat, "notes.txt"), "a word of mine");
    const { exitCode, stdout } = await verified(flat);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(".zenodo.json: it is missing");
    expect(stdout).toContain("notes.txt: the manifest does not name it");
    expect(stdout).toContain("csv/papers.csv: its content has changed");
  });
});

describe("a release that git or the hub's tool brought", () => {
  test("passes with what they lay beside it, and with nothing else", async () => {
    await mkdir(join(folder, ".cache/huggingface/download"), { recursive: true });
    for (const path of [".gitattributes", ".cache/huggingface/download/README.md.metadata"])
      await writeFile(join(folder, path), "theirs");
    expect((await verified(folder)).exitCode).toBe(0);
    await writeFile(join(folder, ".cache/other"), "whose?");
    expect(await verified(folder)).toEqual({
      exitCode: 3,
      stdout: expect.stringContaining(".cache/other: the manifest does not name it"),
    });
  });
});
