import { appendFile, open, truncate } from "node:fs/promises";
import { systemCode } from "../core/errors.ts";
import { readLineBatches, unwritable } from "../core/files.ts";
import type { JournalEntry } from "./repository.ts";

/** Finished checks, appended before the next are asked for: what a crash must not lose. */
export interface Journal {
  /** Everything kept so far, oldest first; a line that a crash left in pieces is passed over. */
  entries(): AsyncIterable<JournalEntry>;
  /** Resolves when the entries are on the disk. The first time, what a crash left behind the last whole line is cut off. */
  append(entries: readonly JournalEntry[]): Promise<void>;
}

const READ = 1 << 16;

/** Where the last whole line ends. */
async function endOfWholeLines(path: string): Promise<{ end: number; size: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    for (let from = size; from > 0; ) {
      const length = Math.min(READ, from);
      from -= length;
      const block = Buffer.alloc(length);
      await file.read(block, 0, length, from);
      const lineFeed = block.lastIndexOf(0x0a);
      if (lineFeed >= 0) return { end: from + lineFeed + 1, size };
    }
    return { end: 0, size };
  } finally {
    await file.close();
  }
}

async function repairTail(path: string): Promise<void> {
  try {
    const { end, size } = await endOfWholeLines(path);
    if (end < size) await truncate(path, end);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw unwritable(path, error);
  }
}

function entryIn(line: string): JournalEntry | null {
  try {
    const value = JSON.parse(line) as JournalEntry | null;
    return typeof value?.repository_id === "string" ? value : null;
  } catch {
    return null; // torn by a crash: its repository is due as it was before, and asked about again
  }
}

async function* entriesIn(path: string): AsyncGenerator<JournalEntry> {
  try {
    for await (const lines of readLineBatches(path))
      for (const line of lines) {
        const entry = entryIn(line);
        if (entry !== null) yield entry;
      }
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** The journal at `path`, which need not exist; nothing is written before the first append. */
export function openJournal(path: string): Journal {
  let isWhole = false;
  return {
    entries: () => entriesIn(path),
    async append(finished) {
      if (!isWhole) await repairTail(path);
      isWhole = true;
      const lines = finished.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      await appendFile(path, lines, { flush: true }).catch((cause: unknown) =>
        Promise.reject(unwritable(path, cause)),
      );
    },
  };
}
