import { appendFile, open, truncate } from "node:fs/promises";
import { systemCode } from "../core/errors.ts";
import { blocksOf, unwritable, writingTo } from "../core/files.ts";
import { interleave } from "../core/interleave.ts";
import { jsonOrNull } from "../core/json.ts";
import { isJournalEntry, type JournalEntry } from "./repository.ts";

/** Finished checks, appended before the next are asked for: what a crash must not lose. */
export interface Journal<Entry = JournalEntry> {
  readonly path: string;
  /** Everything kept so far, oldest first; a line that is no whole entry of this version is passed over. */
  entries(): AsyncIterable<Entry>;
  /** The same, each with where its line stands. */
  lines(): AsyncIterable<JournalLine<Entry>>;
  /** Resolves when the entries are on the disk. The first time, what a crash left behind the last whole line is cut off. */
  append(entries: readonly Entry[]): Promise<void>;
}

/** An entry, and the bytes of its line in the file. */
export interface JournalLine<Entry = JournalEntry> {
  readonly entry: Entry;
  readonly place: number;
  readonly bytes: number;
}

const READ = 1 << 16;
const LINE_FEED = 0x0a;

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
      const lineFeed = block.lastIndexOf(LINE_FEED);
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

/** Lines that end, with the byte at which each begins; what stands behind the last of them a crash left, and is cut off. */
async function* wholeLines(path: string): AsyncGenerator<{ line: Buffer; place: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let place = 0;
  for await (const piece of blocksOf(path)) {
    const block = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, from)) {
      yield { line: block.subarray(from, end), place: place + from };
      from = end + 1;
    }
    place += from;
    rest = Buffer.from(block.subarray(from));
  }
}

async function* linesIn<Entry>(
  path: string,
  isEntry: (value: unknown) => value is Entry,
): AsyncGenerator<JournalLine<Entry>> {
  try {
    for await (const { line, place } of wholeLines(path)) {
      const entry = jsonOrNull(line.toString());
      // torn by a crash, or another version's: it is due as it was before, and asked about again
      if (isEntry(entry)) yield { entry, place, bytes: line.length };
    }
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** The journal at `path`, which need not exist; nothing is written before the first append. */
export function openJournalOf<Entry>(
  path: string,
  isEntry: (value: unknown) => value is Entry,
): Journal<Entry> {
  let isWhole = false;
  return {
    path,
    async *entries() {
      for await (const { entry } of linesIn(path, isEntry)) yield entry;
    },
    lines: () => linesIn(path, isEntry),
    async append(finished) {
      if (!isWhole) await repairTail(path);
      isWhole = true;
      const lines = finished.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      await writingTo(path, appendFile(path, lines, { flush: true }));
    },
  };
}

/** Takes what services tell side by side: it is in the journal before it is handed on, and before more is asked. */
export async function keepTold<Entry>(
  told: readonly AsyncIterable<readonly Entry[]>[],
  journal: Journal<Entry>,
  take: (entries: readonly Entry[]) => void,
): Promise<void> {
  for await (const entries of interleave(told)) {
    await journal.append(entries);
    take(entries);
  }
}

/** The journal of repositories. */
export const openJournal = (path: string): Journal => openJournalOf(path, isJournalEntry);
