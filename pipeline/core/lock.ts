import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { PapersetError, systemCode } from "./errors.ts";
import { unwritable } from "./files.ts";

/** Who holds a folder, as the lock file says it. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same id; null where the system does not say. */
  readonly started: string | null;
  /** When the lock was taken, in UTC. */
  readonly since: string;
}

export const LOCK = "lock";

/** When a process began, by the boot that it belongs to and the ticks since then (proc(5)); null where that is not known. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // the 22nd field; the second is a name in brackets, which may hold spaces and brackets
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? null : `${boot} ${ticks}`;
  } catch {
    return null; // another system than Linux, or no such process
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH"; // a process of somebody else is running too
  }
}

/** Whether a lock outlived its process. Of another host nothing is known: its lock counts. */
async function isStale({ pid, host, started }: Holder): Promise<boolean> {
  if (host !== hostname()) return false;
  if (!isRunning(pid)) return true;
  const now = await startOf(pid);
  return started !== null && now !== null && started !== now;
}

function readHolder(text: string): Holder | null {
  try {
    const { pid, host, started, since } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && typeof host === "string" && typeof since === "string"
      ? { pid: Number(pid), host, started: started ?? null, since }
      : null;
  } catch {
    return null;
  }
}

function inUse(path: string, holder: Holder | null): PapersetError {
  const who =
    holder === null
      ? "another run, whose lock cannot be read"
      : `another run (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return new PapersetError(
    "OUTPUT_IN_USE",
    `${dirname(dirname(path))} is in use by ${who}: wait for it, or choose another --out. If it is not running any more, remove ${path}.`,
    { path, holder },
  );
}

/**
 * Takes a stale lock away. Two runs may try at once: renaming succeeds for one of them, and one that got hold of the
 * other's fresh lock puts it back.
 */
async function takeAway(path: string, stale: string, own: string): Promise<void> {
  const aside = `${own}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const text = await readFile(aside, "utf8");
  if (text !== stale) await link(aside, path).catch(() => {}); // a third run was faster: it holds the folder now
  await rm(aside, { force: true });
  if (text !== stale) throw inUse(path, readHolder(text));
}

/** Links the lock into place, complete from its first moment. Gives the holder of a stale lock that stood there. */
async function acquire(path: string, own: string): Promise<Holder | null> {
  let before: Holder | null = null;
  for (;;) {
    try {
      await link(own, path);
      return before;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw unwritable(path, error);
    }
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (systemCode(error) === "ENOENT") return null; // just given back
      throw error;
    });
    if (text === null) continue;
    const holder = readHolder(text);
    if (holder === null || !(await isStale(holder))) throw inUse(path, holder);
    await takeAway(path, text, own);
    before = holder;
  }
}

/** Removes folders that are empty and were made for the lock, from the innermost on. */
async function removeEmpty(folder: string, firstMade: string | undefined): Promise<void> {
  if (firstMade === undefined) return;
  for (let at = folder; at.startsWith(firstMade); at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return; // something was written there, as it should be
    }
}

/** A lock that was taken: the holder of a stale one in its place, and the outermost folder that was made for it. */
interface Taken {
  readonly stale: Holder | null;
  readonly firstMade: string | undefined;
}

/** So often a folder may be taken away between its making and the lock in it. */
const TRIES = 10;

const isGone = (error: unknown): boolean =>
  error instanceof PapersetError && error.details["systemCode"] === "ENOENT";

async function take(folder: string, path: string, holder: Holder): Promise<Taken> {
  const own = `${path}.${holder.pid}.${randomUUID()}`;
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(folder, { recursive: true });
    await writeFile(own, `${JSON.stringify(holder)}\n`);
  } catch (cause) {
    await rm(own, { force: true }).catch(() => {}); // the first error is the one to tell of
    await removeEmpty(folder, firstMade);
    throw unwritable(folder, cause);
  }
  try {
    return { stale: await acquire(path, own), firstMade };
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Holds a folder while something is done in it, so that two runs never write to one output. A lock whose process is
 * gone, on this host, is taken over; its holder is handed on. The lock is a file with the holder as JSON.
 */
export async function withLock<T>(
  folder: string,
  now: Date,
  use: (stale: Holder | null) => Promise<T>,
): Promise<T> {
  const { pid } = process;
  const holder: Holder = { pid, host: hostname(), started: await startOf(pid), since: now.toISOString() };
  const path = join(folder, LOCK);
  let taken: Taken | null = null;
  for (let tries = 1; taken === null; tries += 1)
    taken = await take(folder, path, holder).catch((error: unknown) => {
      // a run that ends takes away a folder in which it wrote nothing, also from under one that begins
      if (isGone(error) && tries < TRIES) return null;
      throw error;
    });
  const { stale, firstMade } = taken;
  try {
    return await use(stale);
  } finally {
    await rm(path, { force: true });
    await removeEmpty(folder, firstMade);
  }
}
