import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { openRelease, type Release } from "../../../pipeline/core/release.ts";
import { verify } from "../../../pipeline/release/verify.ts";
import { runPaperset, TEST_NOW } from "../../support/run-paperset.ts";
import { editFirst } from "../damage.ts";
import { makeTwoReleases, pathsOf, publishCommand } from "./setup.ts";

let made: string;
let first: Release;
let second: Release;
makeTwoReleases((given) => {
  ({ made, first, second } = given);
});

let share: string;
let shares = 0;
beforeEach(async () => {
  shares += 1;
  share = join(made, `share ${shares}`);
  await mkdir(share);
});
const publish = (release: Release, ...more: string[]) =>
  publishCommand(release, pathToFileURL(share).href, {}, ...more);

describe("a dry run", () => {
  test("says of every file what would go where, with its size and digest, and writes nothing", async () => {
    const { exitCode, stdout } = await publish(first);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(pathToFileURL(join(share, "1.0.0")).href);
    for (const { path, bytes, sha256 } of first.manifest.files)
      expect(stdout).toMatch(
        new RegExp(`^  ${path.replaceAll(".", "\\.")} +${bytes} bytes +sha256 ${sha256}$`, "m"),
      );
    expect(stdout).toContain(`${pathsOf(first).length} files, `);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "Nobody was asked and nothing was sent: say --yes to publish.",
    );
    expect(await readdir(share)).toEqual([]);
  });

  test("gives the plan to programs", async () => {
    const { stdout } = await publish(first, "--json");
    const { files, published } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(published).toBe(false);
    expect(files.map(({ path }: { path: string }) => path)).toEqual(pathsOf(first));
  });
});

describe("with --yes a release", () => {
  test("stands under its version, whole, and passes every gate there", async () => {
    const { exitCode, stdout } = await publish(first, "--yes");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Release 1.0.0 is published at file:")]);
    expect(await verify(await openRelease(join(share, "1.0.0")), new Date(TEST_NOW))).toEqual([]);
    expect(await readdir(share)).toEqual(["1.0.0"]);
  });

  test("stands beside the versions before it", async () => {
    await publish(first, "--yes");
    await publish(second, "--yes");
    expect((await readdir(share)).sort()).toEqual(["1.0.0", "1.1.0"]);
  });

  test("that is there already, the same in every file, is not written again", async () => {
    await publish(first, "--yes");
    const { exitCode, stdout } = await publish(first, "--yes", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      wasPublished: true,
      sent: 0,
    });
  });

  test("never overwrites another content under its version", async () => {
    await publish(first, "--yes");
    await writeFile(join(share, "1.0.0/README.md"), "somebody else's\n");
    const { exitCode, stderr } = await publish(first, "--yes");
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("is published already and differs in README.md"),
    ]);
    expect(await readFile(join(share, "1.0.0/README.md"), "utf8")).toBe("somebody else's\n");
  });

  test("that was interrupted is resumed: what had arrived is not sent again, what is damaged is", async () => {
    const begun = join(share, ".1.0.0.partial");
    await cp(first.folder, begun, { recursive: true });
    await rm(join(begun, "csv"), { recursive: true });
    await writeFile(join(begun, "README.md"), "cut sho");
    await writeFile(join(begun, "left-behind.txt"), "from nowhere\n");
    const { stdout } = await publish(first, "--yes", "--json");
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ published: true, sent: 8 });
    expect(await verify(await openRelease(join(share, "1.0.0")), new Date(TEST_NOW))).toEqual([]);
    expect(existsSync(begun)).toBe(false);
  });
});

test("a release that does not pass its gates goes nowhere, and the command ends with 3", async () => {
  const broken = join(made, "broken");
  await cp(first.folder, broken, { recursive: true });
  await editFirst(broken, "papers", { year: 1599 });
  const { exitCode, stdout } = await publish(await openRelease(broken), "--yes");
  expect([exitCode, stdout]).toEqual([3, expect.stringContaining("does not pass: nothing was published")]);
  expect(await readdir(share)).toEqual([]);
});

test("a release that does not say what it is called is told of in a sentence", async () => {
  const nameless = join(made, "nameless");
  await cp(first.folder, nameless, { recursive: true });
  await rm(join(nameless, ".zenodo.json"));
  const { exitCode, stderr } = await publish(await openRelease(nameless));
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("make the release again")]);
});

describe("wrong usage ends with 2 and says what is wrong:", () => {
  test.each([
    ["a target that is none", ["--to", "ftp://x"], "--to ftp://x is no target; there are hf:ORG/NAME"],
    ["a repository without its owner", ["--to", "github:stones"], '"stones" is no OWNER/NAME'],
    ["a name that would leave the path", ["--to", "hf:ada/../x"], "is no OWNER/NAME"],
    [
      "no target at all",
      [],
      "Say with --to where to publish: hf:ORG/NAME, github:OWNER/REPO, zenodo, file://DIR",
    ],
    ["no token", ["--to", "hf:ada/stones", "--yes"], "set HF_TOKEN to a token that may write there"],
    ["no token", ["--to", "github:ada/stones", "--yes"], "set GITHUB_TOKEN"],
    ["no token", ["--to", "zenodo", "--yes"], "set ZENODO_TOKEN"],
  ])("%s %j", async (_what, argv, words) => {
    const { exitCode, stderr } = await runPaperset(["publish", first.folder, ...argv]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
