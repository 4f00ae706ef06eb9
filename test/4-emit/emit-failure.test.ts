import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import type { Findings } from "../../pipeline/4-emit/tables.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { verify } from "../../pipeline/release/verify.ts";
import { TEST_NOW } from "../support/run-paperset.ts";
import { emitIn, findingsOf, paperOf } from "./findings.ts";

/** What becomes of the last good release when the next one cannot be written. */

let out: string;
let first: Release;
const make = (findings: Findings, previous: Release | null) => emitIn(out, findings, { previous });

const FIRST = findingsOf([paperOf(1)]);
const NEXT = findingsOf([paperOf(1), paperOf(2)]);
const aside = () => join(out, ".work/4-emit/release");

let template: string;
beforeAll(async () => {
  template = out = await mkdtemp(join(tmpdir(), "paperset-emit-failure-"));
  await make(FIRST, null);
});
afterAll(() => rm(template, { recursive: true }));
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "paperset-emit-failure-"));
  await cp(template, out, { recursive: true, verbatimSymlinks: true });
  first = await openRelease(join(out, "1.0.0"));
});
afterEach(() => rm(out, { recursive: true }));

async function expectFirstToStay(): Promise<void> {
  expect((await readdir(out)).filter((name) => name !== ".work").sort()).toEqual(["1.0.0", "latest"]);
  expect(await readlink(join(out, "latest"))).toBe("1.0.0");
  expect(await verify(await openRelease(join(out, "latest")), new Date(TEST_NOW))).toEqual([]);
}

/** The next release's findings, with something that happens once its first table is being written. */
function nextWith(happens: () => Promise<void>): Findings {
  let times = 0;
  const { papers } = NEXT;
  return {
    ...NEXT,
    papers: {
      ...papers,
      async *records(): AsyncGenerator<Paper> {
        times += 1;
        if (times > 1 && existsSync(join(aside(), "csv"))) await happens();
        yield* papers.records();
      },
    },
  };
}

// Linux alone has a device that is always full
describe.skipIf(!existsSync("/dev/full"))("where the disk is full", () => {
  const FULL = {
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringMatching(/\(ENOSPC\): make room there, or choose another folder with --out/),
  };

  test.each([
    "csv/mentions.csv",
    "jsonl/mentions.jsonl",
    "parquet/mentions.parquet",
    "README.md",
    "SHA256SUMS",
  ])("for %s, the release before stays, nothing is left aside, and the next run makes it", async (path) => {
    const isFull = nextWith(async () => {
      await mkdir(dirname(join(aside(), path)), { recursive: true });
      await rm(join(aside(), path), { force: true });
      await symlink("/dev/full", join(aside(), path));
    });
    await expect(make(isFull, first)).rejects.toMatchObject(FULL);
    await expectFirstToStay();
    expect(existsSync(aside())).toBe(false);
    const { release } = await make(NEXT, first);
    expect([release.version, await verify(release, new Date(TEST_NOW))]).toEqual(["1.1.0", []]);
  });
});

describe("where a folder cannot be written", () => {
  const isRoot = process.getuid?.() === 0;
  const NOBODY = 65_534;

  /** Runs as one who may not write to a folder that others own: the superuser may write everywhere. */
  async function asNobody<T>(run: () => Promise<T>): Promise<T> {
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      return await run();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  test.each([
    ["the work folder", (): string => join(out, ".work/4-emit")],
    ["the folder of releases", (): string => out],
  ])(
    "because it is read-only, as %s, the release before stays and the sentence says what to do",
    async (_what, at) => {
      await mkdir(join(out, ".work/4-emit"), { recursive: true });
      for (const folder of [out, join(out, ".work"), join(out, ".work/4-emit")]) await chmod(folder, 0o777);
      await chmod(at(), 0o555);
      await expect(asNobody(() => make(NEXT, first))).rejects.toMatchObject({
        code: "OUTPUT_UNWRITABLE",
        message: expect.stringMatching(/^Cannot write to .* \(EACCES\): choose a folder .* with --out\.$/),
      });
      await chmod(at(), 0o777);
      await expectFirstToStay();
      expect((await make(NEXT, first)).release.version).toBe("1.1.0");
    },
  );
});
