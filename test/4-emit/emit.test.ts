import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Emitted } from "../../pipeline/4-emit/emit.ts";
import { METADATA_FILES } from "../../pipeline/4-emit/metadata/metadata-files.ts";
import type { Findings } from "../../pipeline/4-emit/tables.ts";
import { sha256OfFile } from "../../pipeline/core/digest.ts";
import { openRelease } from "../../pipeline/core/release.ts";
import type { StageReport } from "../../pipeline/core/run-stage.ts";
import { TABLE_NAMES } from "../../schemas/index.ts";
import { testEffects } from "../support/effects.ts";
import { idOf } from "../support/rows.ts";
import { TEST_NOW } from "../support/run-paperset.ts";
import { checkedOf, emitIn, findingsOf, linkTo, mentionOf, paperOf } from "./findings.ts";
import { FORMAT_NAMES } from "./read-back.ts";

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "paperset-emit-"));
});
afterEach(() => rm(out, { recursive: true }));

const make = (...[findings, options]: [Findings, Parameters<typeof emitIn>[2]?]) =>
  emitIn(out, findings, options);

const METADATA = Object.keys(METADATA_FILES);
const papers = [paperOf(1, { repositories: [linkTo(1, "ada/stones")] }), paperOf(2)];
const repositories = [checkedOf(1, "ada/stones", { status: "moved" })];
const BASE = findingsOf(papers, repositories);

/** Every file below a folder with its digest. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digests = files.map(async (path) => [path.slice(folder.length + 1), await sha256OfFile(path)]);
  return Object.fromEntries(await Promise.all(digests));
}
/** What a stranger sees of an output folder: its entries but the work folder, and where `latest` leads. */
const seen = async () => ({
  entries: (await readdir(out)).filter((name) => name !== ".work").sort(),
  latest: existsSync(join(out, "latest")) ? await readlink(join(out, "latest")) : null,
});

describe("a first release", () => {
  test("is 1.0.0, stands under that name, and is the latest", async () => {
    const { release, isNew } = await make(BASE);
    expect([release.version, isNew, release.folder]).toEqual(["1.0.0", true, join(out, "1.0.0")]);
    expect(await seen()).toEqual({ entries: ["1.0.0", "latest"], latest: "1.0.0" });
  });

  test("holds every table in every format, a schema for each table, and the files about them", async () => {
    const { release } = await make(BASE);
    const tables = TABLE_NAMES.flatMap((name) => [
      ...FORMAT_NAMES.map((format) => `${format}/${name}.${format}`),
      `schemas/${name}.schema.json`,
    ]);
    const about = [
      "CHANGELOG.md",
      "SHA256SUMS",
      "diff.json",
      "manifest.json",
      ...METADATA.filter((path) => !path.startsWith("schemas/")),
    ];
    expect(Object.keys(await filesIn(release.folder)).sort()).toEqual([...about, ...tables].sort());
  });

  test("has a manifest that names every other file by path, with its digest", async () => {
    const { release } = await make(BASE);
    const { "manifest.json": _, ...others } = await filesIn(release.folder);
    const named = release.manifest.files.map(({ path, sha256 }) => [path, sha256]);
    expect(Object.fromEntries(named)).toEqual(others);
    expect(named.map(([path]) => path)).toEqual(Object.keys(others).sort());
  });

  test("passes sha256sum -c, which leaves out no file but the manifest and the sums", async () => {
    const { release } = await make(BASE);
    const said = execFileSync("sha256sum", ["-c", "--strict", "SHA256SUMS"], {
      cwd: release.folder,
      encoding: "utf8",
    });
    const checked = said
      .trim()
      .split("\n")
      .map((line) => line.replace(/: OK$/, ""));
    const { "manifest.json": _manifest, SHA256SUMS: _sums, ...others } = await filesIn(release.folder);
    expect(checked.sort()).toEqual(Object.keys(others).sort());
  });

  test("counts in its manifest what the tables hold, and names what it was made from", async () => {
    const from = (stage: string) =>
      ({
        stage,
        inputDigest: `${stage} in`,
        codeDigest: `${stage} code`,
        outputDigest: `${stage} out`,
      }) as StageReport;
    const { release } = await make(BASE, { reports: [from("1-parse"), from("2-dedupe")] });
    expect(release.manifest).toMatchObject({
      name: "paperset",
      version: "1.0.0",
      schema_version: "1.0.0",
      created: TEST_NOW,
      previous_version: null,
      repository_statuses: { moved: 1 },
      inputs: [{ file: "2026-03-14-listing.txt", mentions: 2 }],
      stages: {
        "1-parse": { input: "1-parse in", code: "1-parse code", output: "1-parse out" },
        "2-dedupe": { input: "2-dedupe in", code: "2-dedupe code", output: "2-dedupe out" },
      },
    });
    expect(release.manifest.counts).toEqual({
      papers: 2,
      repositories: 1,
      paper_repositories: 1,
      repository_observations: 0,
      paper_links: 0,
      mentions: 2,
      retired_ids: 0,
    });
  });

  test("names its captures in order, and tells in its README which days they show", async () => {
    const mentions = [
      mentionOf(1, { source_file: "b.txt", source_sha256: "b".repeat(64), captured_on: "2026-03-20" }),
      mentionOf(2, { paper_id: idOf("p", 1), source_file: "a.txt", captured_on: "2026-03-14" }),
    ];
    const { release } = await make(findingsOf([paperOf(1, { mentions })]));
    expect(release.manifest.inputs.map(({ file }) => file)).toEqual(["a.txt", "b.txt"]);
    expect(await readFile(join(release.folder, "README.md"), "utf8")).toContain(
      "from 2026-03-14 to 2026-03-20",
    );
  });

  test("holds nothing that a crashed run left behind", async () => {
    await mkdir(join(out, ".work/4-emit/release/csv"), { recursive: true });
    await writeFile(join(out, ".work/4-emit/release/csv/old.csv"), "left,behind\n");
    const { release } = await make(BASE);
    expect(existsSync(join(release.folder, "csv/old.csv"))).toBe(false);
  });
});

describe("equal content", () => {
  let first: Emitted;
  beforeEach(async () => {
    first = await make(BASE);
  });

  test("makes no new release, and says so", async () => {
    const before = await filesIn(out);
    const again = await make(BASE, { previous: first.release });
    expect([again.isNew, again.release.version, again.release.folder]).toEqual([
      false,
      "1.0.0",
      first.release.folder,
    ]);
    expect(await filesIn(out)).toEqual(before);
    expect(await seen()).toEqual({ entries: ["1.0.0", "latest"], latest: "1.0.0" });
  });

  test("is told by rows alone: another day, another order of work and other stages make no difference", async () => {
    const reports = [
      { stage: "1-parse", inputDigest: "x", codeDigest: "y", outputDigest: "z" } as StageReport,
    ];
    const effects = testEffects();
    effects.time = "2027-01-01T00:00:00Z";
    const again = await make(BASE, { previous: first.release, sourceDateEpoch: 0, reports, effects });
    expect(again.isNew).toBe(false);
  });

  test("leaves no half-made folder in the work folder", async () => {
    await make(BASE, { previous: first.release });
    expect(existsSync(join(out, ".work/4-emit/release"))).toBe(false);
  });
});

describe("the time of a release", () => {
  test("is that of SOURCE_DATE_EPOCH where it is given, else the clock's", async () => {
    const { release } = await make(BASE, { sourceDateEpoch: 86_400 });
    expect(release.manifest.created).toBe("1970-01-02T00:00:00Z");
    const next = await make(findingsOf([...papers, paperOf(3)], repositories), { previous: release });
    expect(next.release.manifest.created).toBe(TEST_NOW);
  });

  test("of 0 seconds is 1970, not the clock's", async () => {
    const { release } = await make(BASE, { sourceDateEpoch: 0 });
    expect((await openRelease(release.folder)).manifest.created).toBe("1970-01-01T00:00:00Z");
  });
});
