import { appendFile, open, truncate } from "node:fs/promises";
import { systemCode } from "../core/errors.ts";
import { readLineBatches, unwritable, writingTo } from "../core/files.ts";
import type { JournalEntry } from "./repository.ts";

/** Finished checks, appended before the next are asked for: what a crash must not lose. */
export interface Journal<Entry = JournalEntry> {
  /** Everything kept so far, oldest first; a line that a crash left in pieces is passed over. */
  entries(): AsyncIterable<Entry>;
  /** Resolves when the entries are on the disk. The first time, what a crash left behind the last whole line is cut off. */
  append(entries: readonly Entry[]): Promise<void>;
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

/** The entry in a line; null: torn by a crash, so that it is due as it was before, and asked about again. */
function entryIn<Entry>(line: string, key: keyof Entry & string): Entry | null {
  try {
    const value = JSON.parse(line) as Entry | null;
    return typeof value?.[key] === "string" ? value : null;
  } catch {
    return null;
  }
}

async function* entriesIn<Entry>(path: string, key: keyof Entry & string): AsyncGenerator<Entry> {
  try {
    for await (const lines of readLineBatches(path))
      for (const line of lines) {
        const entry = entryIn<Entry>(line, key);
        if (entry !== null) yield entry;
      }
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/**
 * The journal at `path`, which need not exist; nothing is written before the first append.
 * @param key the name under which each entry says what it is about
 */
export function openJournalOf<Entry>(path: string, key: keyof Entry & string): Journal<Entry> {
  let isWhole = false;
  return {
    entries: () => entriesIn<Entry>(path, key),
    async append(finished) {
      if (!isWhole) await repairTail(path);
      isWhole = true;
      const lines = finished.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      await writingTo(path, appendFile(path, lines, { flush: true }));
    },
  };
}

/** The journal of repositories. */
export const openJournal = (path: string): Journal => openJournalOf<JournalEntry>(path, "repository_id");
