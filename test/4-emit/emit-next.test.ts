import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { METADATA_FILES } from "../../pipeline/4-emit/metadata/metadata-files.ts";
import type { Findings } from "../../pipeline/4-emit/tables.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { editText, rewriteTable, sign } from "../release/damage.ts";
import { makeRelease } from "../support/release.ts";
import { idOf, type RowOf, rowOf } from "../support/rows.ts";
import { checkedOf, emitIn, findingsOf, linkTo, pageOf, paperOf } from "./findings.ts";

/** What 4-emit makes when there is a release already. */

let out: string;
let first: Release;
const papers = [paperOf(1, { repositories: [linkTo(1, "ada/stones")] }), paperOf(2)];
const repositories = [checkedOf(1, "ada/stones")];
const edited = (known: Partial<Paper>) =>
  findingsOf([...papers.slice(0, 1), paperOf(2, known)], repositories);

const make = (findings: Findings, previous: Release | null) => emitIn(out, findings, { previous });

let template: string;
const ownFolder = () => mkdtemp(join(tmpdir(), "paperset-emit-next-"));
beforeAll(async () => {
  template = out = await ownFolder();
  await make(findingsOf(papers, repositories), null);
});
afterAll(() => rm(template, { recursive: true }));
beforeEach(async () => {
  out = await ownFolder();
  await cp(template, out, { recursive: true, verbatimSymlinks: true });
  first = await openRelease(join(out, "1.0.0"));
});
afterEach(() => rm(out, { recursive: true }));

const versions = async () => (await readdir(out)).filter((name) => /^\d/.test(name)).sort();
const latest = () => readlink(join(out, "latest"));
const retiredOf = (release: Release) => Array.fromAsync(release.rows("retired_ids"));

/** The first release again, after its retired ids are said to have been others. */
async function withRetired(rows: readonly RowOf<"retired_ids">[]): Promise<Release> {
  await rewriteTable(first.folder, "retired_ids", rows);
  return openRelease(first.folder);
}

describe("the version that follows 1.0.0", () => {
  test.each<readonly [string, Findings, string]>([
    ["1.0.1 where a value has changed", edited({ title: "Counting stones, once more" }), "1.0.1"],
    ["1.0.1 where a value has become known", edited({ venue: "A river" }), "1.0.1"],
    [
      "1.0.1 where a figure of a repository has changed",
      findingsOf(papers, [checkedOf(1, "ada/stones", { stars: 6 })]),
      "1.0.1",
    ],
    ["1.1.0 where a paper has come", findingsOf([...papers, paperOf(3)], repositories), "1.1.0"],
    ["1.1.0 where a paper has gone", findingsOf(papers.slice(0, 1), repositories), "1.1.0"],
    ["1.1.0 where only a link has come", edited({ links: [pageOf(2, "https://example.org/")] }), "1.1.0"],
    [
      "1.1.0 where a row has come and a value has changed",
      findingsOf([papers[0] ?? paperOf(1), paperOf(2, { venue: "A river" }), paperOf(3)], repositories),
      "1.1.0",
    ],
  ])("is %s", async (_rule, findings, version) => {
    const { release, isNew } = await make(findings, first);
    expect([release.version, release.manifest.previous_version, isNew]).toEqual([version, "1.0.0", true]);
    expect(await versions()).toEqual(["1.0.0", version]);
    expect(await latest()).toBe(version);
  });

  test("is 1.0.1 where nothing but the survivor of a retired id has changed", async () => {
    const lost = { retired_id: idOf("p", 9), surviving_id: idOf("p", 8), retired_in_version: "1.0.0" };
    const { release } = await make(
      findingsOf(papers, repositories),
      await withRetired([rowOf("retired_ids", lost)]),
    );
    expect(release.version).toBe("1.0.1");
    expect(await retiredOf(release)).toMatchObject([{ ...lost, surviving_id: null }]);
  });

  test("is 2.0.0 where the schema of an earlier release had another shape", async () => {
    await editText(join(first.folder, "schemas/papers.schema.json"), (text) =>
      text.replace('"minimum": 1600', '"minimum": 1500'),
    );
    await sign(first.folder);
    expect(
      (await make(findingsOf(papers, repositories), await openRelease(first.folder))).release.version,
    ).toBe("2.0.0");
  });

  test("counts on from the release that came before, not from the first", async () => {
    const { release: second } = await make(findingsOf([...papers, paperOf(3)], repositories), first);
    const { release: third } = await make(
      findingsOf([...papers, paperOf(3, { venue: "A river" })], repositories),
      second,
    );
    expect([third.version, third.manifest.previous_version]).toEqual(["1.1.1", "1.1.0"]);
    expect([await versions(), await latest()]).toEqual([["1.0.0", "1.1.0", "1.1.1"], "1.1.1"]);
  });
});

test("papers that have come are dated with the version in which they came", async () => {
  const known = papers.map((paper) => ({ ...paper, first_released_in: "1.0.0" }));
  const { release } = await make(findingsOf([...known, paperOf(3)], repositories), first);
  const dated = async (of: Release) =>
    (await Array.fromAsync(of.rows("papers"))).map((row) => row.first_released_in);
  expect([await dated(first), await dated(release)]).toEqual([
    ["1.0.0", "1.0.0"],
    ["1.0.0", "1.0.0", "1.1.0"],
  ]);
});

describe("ids that go", () => {
  test("are retired in the version that goes without them", async () => {
    const { release } = await make(findingsOf([]), first);
    expect(await retiredOf(release)).toMatchObject([
      { retired_id: idOf("p", 1), reason: "removed", retired_in_version: "1.1.0" },
      { retired_id: idOf("p", 2), reason: "removed", retired_in_version: "1.1.0" },
      { retired_id: idOf("r", 1), reason: "removed", retired_in_version: "1.1.0" },
    ]);
    expect(release.manifest.counts.retired_ids).toBe(3);
  });

  test("keep the version in which they went through later releases", async () => {
    const merged = findingsOf([paperOf(1, { absorbed_ids: [idOf("p", 2)] })]);
    const { release: second } = await make(merged, first);
    const { release: third } = await make(findingsOf([paperOf(1, { venue: "A river" })]), second);
    expect(third.version).toBe("1.1.1");
    expect(await retiredOf(third)).toEqual(await retiredOf(second));
    expect(await retiredOf(third)).toMatchObject([
      { retired_id: idOf("p", 2), surviving_id: idOf("p", 1), reason: "merged", retired_in_version: "1.1.0" },
      { retired_id: idOf("r", 1), surviving_id: null, reason: "removed", retired_in_version: "1.1.0" },
    ]);
  });

  test("are not retired any more when they come back", async () => {
    const { release: second } = await make(findingsOf(papers.slice(0, 1), repositories), first);
    const { release: third } = await make(findingsOf(papers, repositories), second);
    expect([(await retiredOf(second)).length, third.version, await retiredOf(third)]).toEqual([
      1,
      "1.2.0",
      [],
    ]);
  });
});

describe("where the new release fails its own checks", () => {
  const decomposed = edited({ title: "E\u0301tude of a river" });

  test("latest, the old release and the list of versions stay as they were", async () => {
    const before = await readFile(join(first.folder, "manifest.json"), "utf8");
    await expect(make(decomposed, first)).rejects.toMatchObject({
      code: "DEFECT",
      message: expect.stringContaining("gate text"),
    });
    expect([await versions(), await latest()]).toEqual([["1.0.0"], "1.0.0"]);
    expect(await readFile(join(first.folder, "manifest.json"), "utf8")).toBe(before);
  });

  test("there is no latest where there was none", async () => {
    await rm(join(out, "1.0.0"), { recursive: true });
    await rm(join(out, "latest"));
    await expect(make(decomposed, null)).rejects.toMatchObject({ code: "DEFECT" });
    expect([await versions(), existsSync(join(out, "latest"))]).toEqual([[], false]);
  });

  test("a row that breaks its schema stops it before any check, with the same result", async () => {
    await expect(make(edited({ title: "" }), first)).rejects.toMatchObject({ code: "DEFECT" });
    expect([await versions(), await latest()]).toEqual([["1.0.0"], "1.0.0"]);
  });

  test("a run after it that is right makes the release", async () => {
    await expect(make(decomposed, first)).rejects.toMatchObject({ code: "DEFECT" });
    expect((await make(edited({ title: "Étude of a river" }), first)).release.version).toBe("1.0.1");
  });
});

test("a version that another release of the folder has is not overwritten", async () => {
  const { release: second } = await make(findingsOf([...papers, paperOf(3)], repositories), first);
  await expect(make(findingsOf([...papers, paperOf(4)], repositories), first)).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
  });
  expect((await openRelease(second.folder)).digest).toBe(second.digest);
  expect(await latest()).toBe("1.1.0");
});

test("two releases with one SOURCE_DATE_EPOCH have the same bytes in every file, wherever and whenever they are made", async () => {
  const environment = { SOURCE_DATE_EPOCH: "1767225600" };
  const one = await makeRelease(join(out, "one"), { environment });
  const two = await makeRelease(join(out, "elsewhere/two"), { environment, now: "2027-05-05T05:05:05Z" });
  const paths = [...one.manifest.files.map(({ path }) => path), "manifest.json"];
  expect(paths).toHaveLength(7 * 3 + Object.keys(METADATA_FILES).length + 4); // tables, metadata, difference, sums and manifest
  for (const path of paths)
    expect(
      (await readFile(join(two.folder, path))).equals(await readFile(join(one.folder, path))),
      path,
    ).toBe(true);
  expect(one.manifest.created).toBe("2026-01-01T00:00:00Z");
});
