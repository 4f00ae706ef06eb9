import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRelease } from "../../pipeline/core/release.ts";
import { runPaperset } from "../support/run-paperset.ts";

/** A run whose release differs from the one before by more than is expected. */

let made: string;
let out: string;
const listing = (from: number, to: number) =>
  ["title,abstract"]
    .concat(
      Array.from(
        { length: to - from },
        (_, i) => `Stones of river number ${from + i},We count them by hand.`,
      ),
    )
    .join("\n");
async function run(name: string, text: string, ...more: string[]) {
  const input = join(made, name);
  await mkdir(input, { recursive: true });
  await writeFile(join(input, "listing.csv"), text);
  return runPaperset(["run", "--input", input, "--out", out, "--offline", ...more]);
}

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "paperset-accept-"));
  out = join(made, "out");
  expect((await run("all", listing(0, 60))).exitCode).toBe(0);
});
afterAll(() => rm(made, { recursive: true }));

test("is refused before anything is written, with every reason and what to do, and the last release stays", async () => {
  const { exitCode, stderr } = await run("few", listing(0, 30));
  expect(exitCode).toBe(3);
  expect(stderr).toContain("counts: papers: 30 rows after 60: fewer than 90.0 % are left\n");
  expect(stderr).toContain("counts: mentions: 30 rows after 60: fewer than 90.0 % are left\n");
  expect(stderr).toMatch(
    /^paperset: Release 1\.1\.0 was not made: papers: 30 rows after 60: .*\(gate counts\), and 1 more\. Release 1\.0\.0 stays the latest\. .*--accept REASON\.$/m,
  );
  expect([existsSync(join(out, "1.1.0")), existsSync(join(out, ".work/4-emit/release"))]).toEqual([
    false,
    false,
  ]);
  expect(await readlink(join(out, "latest"))).toBe("1.0.0");
});

test("is made where somebody says why, and keeps the reason with what was found", async () => {
  const reason = "The second half of the listing was withdrawn.";
  expect((await run("few", listing(0, 30), "--accept", reason)).exitCode).toBe(0);
  const { version, folder, manifest } = await openRelease(join(out, "latest"));
  expect([version, manifest.accepted?.reason]).toEqual(["1.1.0", reason]);
  expect(manifest.accepted?.findings.map(({ where }) => where)).toEqual(["papers", "mentions"]);
  expect(await readFile(join(folder, "CHANGELOG.md"), "utf8")).toContain(
    `Accepted, because: ${reason}\n\n- \`papers\`: 30 rows after 60: fewer than 90.0 % are left\n- \`mentions\``,
  );
  const verified = await runPaperset(["verify", folder]);
  expect(verified.stdout).toMatch(
    /^ok +counts .*\n +accepted: papers: 30 rows after 60: .*\(The second half of the listing was withdrawn\.\)$/m,
  );
  expect(verified.exitCode).toBe(0);
});

test("keeps no reason where nothing had to be accepted", async () => {
  expect((await run("few and one", listing(0, 31), "--accept", "Just in case.")).exitCode).toBe(0);
  const { version, manifest } = await openRelease(join(out, "latest"));
  expect([version, "accepted" in manifest]).toEqual(["1.2.0", false]);
});
