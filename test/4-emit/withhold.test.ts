import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../pipeline/core/release.ts";
import { openDatabase } from "../../pipeline/release/duckdb.ts";
import { verify } from "../../pipeline/release/verify.ts";
import { TABLE_NAMES, TABLES } from "../../schemas/index.ts";
import { columnsOfWords } from "../../schemas/licences.ts";
import { CAPTURES, makeRelease, REPOSITORIES } from "../support/release.ts";
import { runPaperset, TEST_NOW } from "../support/run-paperset.ts";

/** A release made with --no-abstracts, and one of the same captures made without it. */

let folder: string;
let without: Release;
let whole: Release;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-withhold-"));
  whole = await makeRelease(join(folder, "whole"), { repositories: REPOSITORIES });
  without = await makeRelease(join(folder, "without"), {
    repositories: REPOSITORIES,
    options: ["--no-abstracts"],
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function textsIn({ folder: root }: Release): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const db = await openDatabase();
  const texts = await Promise.all(
    files.map(async (path): Promise<[string, string]> => {
      if (!path.endsWith(".parquet")) return [path, await readFile(path, "utf8")];
      return [path, JSON.stringify(await db.rows(`SELECT * FROM read_parquet('${path}')`), String)];
    }),
  );
  db.close();
  return new Map(texts);
}

/** Every sentence of the captures that is no title. */
const SENTENCES = Object.values(CAPTURES)
  .flatMap((text) => text.split("\n\n").filter((block) => block.length > 100))
  .flatMap((abstract) => abstract.split(/(?<=\.) /))
  .map((sentence) => sentence.trim())
  .filter((sentence) => sentence.length > 20);
/** What the double of the code host says of a repository. */
const DESCRIPTION = 'Birds, "calls", and 鳥';

describe("a release made with --no-abstracts", () => {
  test("holds no sentence of an abstract and no description in any of its files, where the whole one does", async () => {
    expect(SENTENCES.length).toBeGreaterThan(10);
    const foundIn = async (release: Release) => {
      const texts = [...(await textsIn(release)).values()].join("\n").replaceAll('\\"', '"');
      return [...SENTENCES, DESCRIPTION.slice(-5)].filter((words) => texts.includes(words));
    };
    expect(await foundIn(whole)).toHaveLength(SENTENCES.length + 1);
    expect(await foundIn(without)).toEqual([]);
  });

  test("has null in every column of others' words, and the same cells everywhere else", async () => {
    for (const name of TABLE_NAMES) {
      const columns = columnsOfWords(TABLES[name]).map((column) => [column.name, null]);
      const expected = (await Array.fromAsync<object>(whole.rows(name))).map((row) => ({
        ...row,
        ...Object.fromEntries(columns),
      }));
      expect(await Array.fromAsync<object>(without.rows(name)), name).toEqual(expected);
    }
  });

  test("passes every gate, and says so in its manifest", async () => {
    expect(await verify(without, new Date(TEST_NOW))).toEqual([]);
    expect([whole.manifest.words_of_others, without.manifest.words_of_others]).toEqual(["held", "withheld"]);
  });

  test.each([
    "README.md",
    "LICENSE.md",
    "CITATION.cff",
    ".zenodo.json",
    "datapackage.json",
    "croissant.json",
  ])("says so in %s", async (path) => {
    const words = /made\s+without\s+the\s+words\s+of\s+others\b/i;
    const text = await readFile(join(without.folder, path), "utf8");
    // where columns are explained the same words stand as one meaning of null, in every release
    const about = text.split(/## Columns|"resources"|"distribution"/)[0];
    expect(about).toMatch(words);
    expect(await readFile(join(whole.folder, path), "utf8")).not.toBe(text);
  });

  test("is no new release when it is made again", async () => {
    const again = await makeRelease(join(folder, "without"), {
      repositories: REPOSITORIES,
      options: ["--no-abstracts"],
    });
    expect(again.version).toBe("1.0.0");
  });
});

test("what a publisher says of a release is said in it, and is no new content", async () => {
  const told = [
    "--title",
    "Ada's stones",
    "--creator",
    "Lark, Ada",
    "--homepage",
    "https://example.org/stones",
  ];
  const release = await makeRelease(join(folder, "told"), { repositories: REPOSITORIES, options: told });
  const cited = await readFile(join(release.folder, "CITATION.cff"), "utf8");
  for (const words of ["Ada's stones", "family-names: Lark", "https://example.org/stones"])
    expect(cited).toContain(words);
  const again = await makeRelease(join(folder, "told"), { repositories: REPOSITORIES });
  expect(again.version).toBe("1.0.0");
});

test("the commands run and emit take the switch", async () => {
  for (const command of ["run", "emit"])
    expect((await runPaperset([command, "--help"])).stdout).toContain("--no-abstracts");
  const { exitCode, stderr } = await runPaperset([
    "emit",
    "--no-abstracts",
    "--out",
    join(folder, "nothing"),
  ]);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("run `parse` first")]);
});
