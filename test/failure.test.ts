import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelease } from "../pipeline/core/release.ts";
import { checkFiles } from "../pipeline/release/check-files.ts";
import { verify } from "../pipeline/release/verify.ts";
import { CAPTURES, makeRelease, REPOSITORIES } from "./support/release.ts";
import { runPaperset } from "./support/run-paperset.ts";

/** Runs that end badly: the last good release stays, `latest` leads to it, and the next run goes on. */

const KILLS = 20;
/** The time of every release here, so that a run that was killed and run again can be compared byte by byte. */
const EPOCH = "1790000000";
const PROGRAM = join(import.meta.dirname, "../pipeline/bin.ts");

let made: string;
/** An output with a release, behind which all stages before emit have run over one listing more. */
let prepared: string;
let more: string;
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "paperset-failure-"));
  await chmod(made, 0o755);
  await makeRelease(made, { repositories: REPOSITORIES });
  prepared = join(made, "out");
  more = join(made, "more");
  await mkdir(more);
  for (const [name, text] of Object.entries(CAPTURES)) await writeFile(join(more, name), text);
  await writeFile(
    join(more, "2026-03-22-listing.txt"),
    "Mar 22\n\nOf beds and banks\n\nA bed is a bank that lies.\n",
  );
  for (const command of [["parse", "--input", more], ["dedupe"], ["enrich", "--offline"]])
    expect((await runPaperset([...command, "--out", prepared])).stderr).toBe("");
});
afterAll(() => rm(made, { recursive: true }));

let copies = 0;
async function ownOut(): Promise<string> {
  copies += 1;
  const own = join(made, `own-${copies}`);
  await cp(prepared, own, { recursive: true, verbatimSymlinks: true });
  return own;
}

/** Waits until emit has begun its work: until it holds the output. */
async function begun(own: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !existsSync(join(own, ".work", "lock")))
    await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Runs emit as a process of its own; gives how long it worked, and whether it was killed after so many milliseconds. */
async function emitProcess(
  own: string,
  killAfter: number | null,
): Promise<{ milliseconds: number; killed: boolean }> {
  const child = spawn(process.execPath, [PROGRAM, "emit", "--out", own], {
    env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (part: Buffer) => {
    words += part.toString();
  });
  const ended = new Promise<[number | null, string | null]>((resolve) => {
    child.once("close", (...end) => resolve(end));
  });
  await begun(own, child);
  const start = performance.now();
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const [code, signal] = await ended;
  clearTimeout(timer);
  if (signal === null) expect(`${code} ${words}`).toMatch(/^0 /);
  return { milliseconds: performance.now() - start, killed: signal === "SIGKILL" };
}

test(`emit that is killed at ${KILLS} moments of its work leaves a good release as the latest, and is made good by the next run`, {
  timeout: 600_000,
}, async () => {
  const whole = await ownOut();
  let { milliseconds } = await emitProcess(whole, null);
  const expected = await openRelease(join(whole, "latest"));
  expect(expected.version).toBe("1.1.0");

  let late = 0;
  for (let i = 0; i < KILLS; ) {
    const own = join(made, "killed");
    await rm(own, { recursive: true, force: true });
    await cp(prepared, own, { recursive: true, verbatimSymlinks: true });
    // one random moment in each twentieth of the time for which a whole run works
    const run = await emitProcess(own, ((i + Math.random()) / KILLS) * milliseconds);
    const latest = await openRelease(join(own, "latest"));
    expect(["1.0.0", "1.1.0"]).toContain(latest.version);
    expect(await checkFiles(latest)).toEqual([]);
    for (const name of (await readdir(own)).filter((entry) => /^\d/.test(entry)))
      expect(await checkFiles(await openRelease(join(own, name))), name).toEqual([]);

    if (!run.killed) {
      // it was done before: the machine has become faster, and the moment is sought again
      milliseconds = Math.min(milliseconds, run.milliseconds);
      late += 1;
      expect(late).toBeLessThan(2 * KILLS);
      continue;
    }
    i += 1;
    if (i % 5 !== 0) continue; // every fifth is run again to its end
    await emitProcess(own, null);
    const again = await openRelease(join(own, "latest"));
    expect(again.digest).toBe(expected.digest);
    expect(await verify(again, new Date())).toEqual([]);
    expect((await readdir(own)).sort()).toEqual([".work", "1.0.0", "1.1.0", "latest"]);
    expect(await readdir(join(own, ".work", "4-emit"))).toEqual([]);
  }
});

describe("two runs at once on one output", () => {
  test("are one run and a sentence that names the other", { timeout: 120_000 }, async () => {
    const own = await ownOut();
    const runs = await Promise.all([1, 2].map(() => runPaperset(["emit", "--out", own])));
    const [refused, finished] = runs.toSorted((a, b) => b.exitCode - a.exitCode);
    expect([refused?.exitCode, finished?.exitCode]).toEqual([1, 0]);
    expect(refused?.stderr).toMatch(
      new RegExp(
        `^paperset: ${own} is in use by another run \\(process ${process.pid} on .*\\): wait for it, or choose another --out\\.`,
      ),
    );
    expect(await verify(await openRelease(join(own, "latest")), new Date())).toEqual([]);
  });

  test("are both done where one only reads", async () => {
    const own = await ownOut();
    const [emitted, verified] = await Promise.all([
      runPaperset(["emit", "--out", own]),
      runPaperset(["verify", join(own, "1.0.0")]),
    ]);
    expect([emitted.exitCode, verified.exitCode]).toEqual([0, 0]);
  });
});

describe("an output that cannot be written", () => {
  /** Does something as a user who may not write where only root may; as oneself where one is not root. */
  async function withoutRights<T>(use: () => Promise<T>): Promise<T> {
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      return await use();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  test("stops the run with a sentence, and everything in it stays as it was", async () => {
    const own = await ownOut();
    await chmod(own, 0o555);
    await rm(join(own, ".work"), { recursive: true });
    const { exitCode, stderr } = await withoutRights(() =>
      runPaperset(["run", "--input", more, "--out", own, "--offline"]),
    );
    expect(stderr).toBe(
      `paperset: Cannot write to ${own}/.work (EACCES): choose a folder that you can write to with --out.\n`,
    );
    expect(exitCode).toBe(1);
    expect((await readdir(own)).sort()).toEqual(["1.0.0", "latest"]);
    await chmod(own, 0o755);
  });

  test("only where releases appear stops it too, before latest is touched", async () => {
    const own = await ownOut();
    await writeFile(join(own, "1.1.0"), "a file of mine");
    const { exitCode, stderr } = await runPaperset(["emit", "--out", own]);
    expect(stderr).toBe(
      `paperset: ${own}/1.1.0 is called like the newest release and has no manifest.json: put it back from another copy, or move it away.\n`,
    );
    expect(exitCode).toBe(1);
    expect(await readlink(join(own, "latest"))).toBe("1.0.0");
    expect(await readFile(join(own, "1.1.0"), "utf8")).toBe("a file of mine");
  });

  test.each([0, 1, 8, 24, 32, 40])(
    "since there is room for %i kB a file is told, the last release stays, and with room the next run is made",
    { timeout: 120_000 },
    async (kilobytes) => {
      const own = await ownOut();
      // a file that grows beyond the limit fails as on a full disk, with EFBIG instead of ENOSPC
      const limited = `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$0" "$@"`;
      const child = spawn("bash", ["-c", limited, process.execPath, PROGRAM, "emit", "--out", own]);
      let words = "";
      child.stderr.on("data", (part: Buffer) => {
        words += part.toString();
      });
      const code = await new Promise((resolve) => child.once("close", resolve));
      expect(words).toMatch(
        new RegExp(
          `^paperset: Cannot write to ${own}.* \\(EFBIG\\): make room there, or choose another folder with --out\\.\n$`,
        ),
      );
      expect(code).toBe(1);
      expect((await readdir(own)).sort()).toEqual([".work", "1.0.0", "latest"]);
      expect(await readlink(join(own, "latest"))).toBe("1.0.0");
      expect(await readdir(join(own, ".work"))).not.toContain("lock");
      expect((await runPaperset(["emit", "--out", own])).exitCode).toBe(0);
      expect(await verify(await openRelease(join(own, "latest")), new Date())).toEqual([]);
    },
  );

  test("since latest is a folder is told before anything is written", async () => {
    const own = await ownOut();
    await rm(join(own, "latest"));
    await cp(join(own, "1.0.0"), join(own, "latest"), { recursive: true });
    const { exitCode, stderr } = await runPaperset(["emit", "--out", own]);
    expect(stderr).toBe(
      `paperset: ${own}/latest is no link to a release, and is not overwritten: move it away, or choose another --out.\n`,
    );
    expect(exitCode).toBe(1);
    expect((await readdir(own)).sort()).toEqual([".work", "1.0.0", "latest"]);
  });
});

test("a link that leads nowhere is put right by the next run", async () => {
  const own = await ownOut();
  await rm(join(own, "latest"));
  await symlink("0.9.9", join(own, "latest"));
  expect((await runPaperset(["emit", "--out", own])).exitCode).toBe(0);
  expect(await readlink(join(own, "latest"))).toBe("1.1.0");
});
