import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Holder, withLock } from "../../pipeline/core/lock.ts";

const NOW = new Date("2026-11-21T09:00:00Z");
let out: string;
let work: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "paperset-lock-"));
  work = join(out, ".work");
});
afterEach(() => rm(out, { recursive: true, force: true }));

const hold = <T>(use: (stale: Holder | null) => Promise<T>) => withLock(work, NOW, use);
const free = () => hold(async (stale) => stale);
const lockFile = () => join(work, "lock");
const readLock = async () => JSON.parse(await readFile(lockFile(), "utf8")) as Holder;

/** A process id that was in use and is no more. */
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

async function leaveLock(holder: Partial<Holder>): Promise<void> {
  await mkdir(work, { recursive: true });
  const known = { pid: process.pid, host: hostname(), started: null, since: "2026-11-20T09:00:00.000Z" };
  await writeFile(lockFile(), JSON.stringify({ ...known, ...holder }));
}

describe("a folder that is held", () => {
  test("says who holds it, and since when", async () => {
    await hold(async (stale) => {
      expect(stale).toBeNull();
      expect(await readLock()).toMatchObject({
        pid: process.pid,
        host: hostname(),
        since: "2026-11-21T09:00:00.000Z",
      });
    });
  });

  test("is given to nobody else, and the error says by whom it is held and what to do", async () => {
    const held = hold(async () => {
      const error = await free().catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "OUTPUT_IN_USE",
        message: `${out} is in use by another run (process ${process.pid} on ${hostname()}, since 2026-11-21T09:00:00.000Z): wait for it, or choose another --out. If it is not running any more, remove ${lockFile()}.`,
      });
      expect(existsSync(lockFile())).toBe(true);
      return "done";
    });
    expect(await held).toBe("done");
  });

  test("is free again when the work ends, well or with an error", async () => {
    await hold(async () => {});
    await expect(hold(() => Promise.reject(new Error("no luck")))).rejects.toThrow("no luck");
    expect(await free()).toBeNull();
  });

  test("is given to one of many who ask at once", async () => {
    let inside = 0;
    const tries = Array.from({ length: 20 }, () =>
      hold(async () => {
        inside += 1;
        expect(inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside -= 1;
      }),
    );
    const ends = await Promise.allSettled(tries);
    expect(ends.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    for (const end of ends)
      if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "OUTPUT_IN_USE" });
  });

  test("is made again for one who asks while another, who wrote nothing, takes it away", async () => {
    for (let round = 0; round < 40; round += 1) {
      const ends = await Promise.allSettled(Array.from({ length: 8 }, free));
      for (const end of ends)
        if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "OUTPUT_IN_USE" });
    }
  });

  test("leaves nothing behind that was not written into it", async () => {
    await free();
    expect(existsSync(out) && (await readdir(out))).toEqual([]);
    await hold(() => writeFile(join(work, "records.jsonl"), ""));
    expect(await readdir(work)).toEqual(["records.jsonl"]);
  });
});

describe("a lock that was left behind", () => {
  test("by a process that is gone is taken over, and its holder told", async () => {
    const pid = deadPid();
    await leaveLock({ pid });
    expect(await free()).toMatchObject({ pid, since: "2026-11-20T09:00:00.000Z" });
    expect(await free()).toBeNull();
  });

  test("by a process that was killed is taken over", async () => {
    const program = `import { withLock } from ${JSON.stringify(join(import.meta.dirname, "../../pipeline/core/lock.ts"))};
      await withLock(${JSON.stringify(work)}, new Date(), () => { console.log("held"); return new Promise((r) => setTimeout(r, 60_000)); });`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(free()).rejects.toMatchObject({ code: "OUTPUT_IN_USE" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    expect(await free()).toMatchObject({ pid: child.pid });
  });

  test.runIf(process.platform === "linux")(
    "by a process whose id another one has now is taken over",
    async () => {
      await leaveLock({ started: "an-earlier-boot 123" });
      expect(await free()).toMatchObject({ pid: process.pid });
    },
  );

  test("by a process that runs, of which no more is known, counts", async () => {
    await leaveLock({ started: null });
    await expect(free()).rejects.toMatchObject({ code: "OUTPUT_IN_USE" });
  });

  test("on another host counts, since nothing is known of its processes", async () => {
    await leaveLock({ host: "another.example", pid: deadPid() });
    await expect(free()).rejects.toThrow(/on another\.example, since .* remove .*lock\.$/);
  });

  test.each(["", "{", "null", "{}", '{"pid": "one"}'])(
    "as %j cannot be read, counts, and can be removed",
    async (text) => {
      await mkdir(work);
      await writeFile(lockFile(), text);
      await expect(free()).rejects.toThrow(/another run, whose lock cannot be read.* remove .*lock\.$/);
      await rm(lockFile());
      expect(await free()).toBeNull();
    },
  );

  test("is taken over by one of many who find it at once", async () => {
    await leaveLock({ pid: deadPid() });
    const program = `import { withLock } from ${JSON.stringify(join(import.meta.dirname, "../../pipeline/core/lock.ts"))};
      await withLock(${JSON.stringify(work)}, new Date(), async () => { console.log("held"); await new Promise((r) => setTimeout(r, 4000)); }).catch((e) => console.log(e.code));`;
    const said = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program]);
        let text = "";
        for await (const part of child.stdout) text += String(part);
        return text.trim();
      }),
    );
    expect(said.sort()).toEqual(["OUTPUT_IN_USE", "OUTPUT_IN_USE", "OUTPUT_IN_USE", "held"]);
  });
});

test("a folder that cannot be made is told in a sentence", async () => {
  await writeFile(work, "a file");
  await expect(free()).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringMatching(/^Cannot write to .*\.work \((EEXIST|ENOTDIR)\): choose a folder/),
  });
});
