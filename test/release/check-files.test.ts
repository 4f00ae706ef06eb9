import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileEntry } from "../../pipeline/4-emit/write-table.ts";
import { openRelease } from "../../pipeline/core/release.ts";
import { checkFiles } from "../../pipeline/release/check-files.ts";
import { breakCopies, editManifest, editText, sign } from "./damage.ts";

let folder: string;
breakCopies((given) => {
  ({ folder } = given);
});
const at = (path: string) => join(folder, path);
const found = async () => checkFiles(await openRelease(folder));

test("nothing is found in a release as it was made, nor in one that was signed again", async () => {
  expect(await found()).toEqual([]);
  await sign(folder);
  expect(await found()).toEqual([]);
});

describe("the gate files finds", () => {
  test.each([
    "csv/papers.csv",
    "jsonl/mentions.jsonl",
    "parquet/retired_ids.parquet",
    "README.md",
    "schemas/papers.schema.json",
  ])("that %s is missing", async (path) => {
    await rm(at(path));
    expect(await found()).toEqual([{ gate: "files", where: path, found: "it is missing" }]);
  });

  test("that SHA256SUMS is missing", async () => {
    await rm(at("SHA256SUMS"));
    expect(await found()).toContainEqual({ gate: "files", where: "SHA256SUMS", found: "it is missing" });
  });

  test.each(["notes.txt", "csv/papers.csv.bak", "csv/.hidden", "extra/deep/file.csv"])(
    "that %s is not named by the manifest",
    async (path) => {
      await mkdir(join(at(path), ".."), { recursive: true });
      await writeFile(at(path), "");
      expect(await found()).toEqual([{ gate: "files", where: path, found: "the manifest does not name it" }]);
    },
  );

  test("both sides of a file that was renamed", async () => {
    await rename(at("csv/papers.csv"), at("csv/Papers.csv"));
    expect(await found()).toEqual([
      { gate: "files", where: "csv/papers.csv", found: "it is missing" },
      { gate: "files", where: "csv/Papers.csv", found: "the manifest does not name it" },
    ]);
  });

  test("a folder where a file should be", async () => {
    await rm(at("README.md"));
    await mkdir(at("README.md"));
    expect(await found()).toEqual([{ gate: "files", where: "README.md", found: "it is missing" }]);
  });
});

describe("the gate sums finds", () => {
  test("a byte that has changed while the size stayed", async () => {
    await editText(at("csv/papers.csv"), (text) => text.replace("Kites", "Kitez"));
    expect(await found()).toEqual([
      { gate: "sums", where: "csv/papers.csv", found: "its content has changed" },
    ]);
  });

  test("a byte that has come, with both sizes", async () => {
    const { bytes } = await fileEntry(folder, "README.md");
    await editText(at("README.md"), (text) => `${text}\n`);
    expect(await found()).toEqual([
      { gate: "sums", where: "README.md", found: `${bytes + 1} bytes instead of ${bytes}` },
    ]);
  });

  test("a file that was put in another's place", async () => {
    await copyFile(at("jsonl/papers.jsonl"), at("jsonl/mentions.jsonl"));
    expect(await found()).toMatchObject([{ gate: "sums", where: "jsonl/mentions.jsonl" }]);
  });

  test("an edited SHA256SUMS, and the file about which it and the manifest differ", async () => {
    await editText(at("SHA256SUMS"), (text) => text.replace(/^.{64}(?= {2}csv\/papers)/m, "0".repeat(64)));
    expect(await found()).toEqual([
      { gate: "sums", where: "SHA256SUMS", found: "its content has changed" },
      { gate: "sums", where: "csv/papers.csv", found: "SHA256SUMS and manifest differ" },
    ]);
  });

  /** Makes the manifest agree with SHA256SUMS as it is now. */
  async function signSums(): Promise<void> {
    const entry = await fileEntry(folder, "SHA256SUMS");
    await editManifest(folder, (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => (file.path === entry.path ? entry : file)),
    }));
  }

  test("a digest that SHA256SUMS has wrong, also where the manifest knows that SHA256SUMS", async () => {
    await editText(at("SHA256SUMS"), (text) => text.replace(/^.{64}(?= {2}csv\/papers)/m, "0".repeat(64)));
    await signSums();
    expect(await found()).toEqual([
      { gate: "sums", where: "csv/papers.csv", found: "SHA256SUMS and manifest differ" },
    ]);
  });

  test("a file that SHA256SUMS leaves out", async () => {
    await editText(at("SHA256SUMS"), (text) => text.replace(/^.*csv\/papers.csv\n/m, ""));
    await signSums();
    expect(await found()).toEqual([
      { gate: "sums", where: "csv/papers.csv", found: "SHA256SUMS and manifest differ" },
    ]);
  });

  test("a file that SHA256SUMS names and that is not there, at which sha256sum -c fails", async () => {
    await editText(at("SHA256SUMS"), (text) => `${text}${"0".repeat(64)}  nowhere.txt\n`);
    await signSums();
    expect(await found()).toMatchObject([{ gate: "sums" }]);
  });

  test("a digest in the manifest that is another than the file's", async () => {
    await editManifest(folder, (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) =>
        file.path === "README.md" ? { ...file, sha256: "0".repeat(64) } : file,
      ),
    }));
    expect(await found()).toEqual([
      { gate: "sums", where: "README.md", found: "its content has changed" },
      { gate: "sums", where: "README.md", found: "SHA256SUMS and manifest differ" },
    ]);
  });
});
