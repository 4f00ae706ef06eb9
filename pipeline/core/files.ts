import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { PapersetError, systemCode } from "./errors.ts";

/** Makes the folder, or says in a sentence why that cannot be. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Codes of the operating system for a disk, a quota or a file that has no more room. */
const FULL: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Whether an error says that there is no more room, wherever it happened. */
export const isFull = (error: unknown): boolean => FULL.has(systemCode(error));

/** The sentence for a place that cannot be written. */
export function unwritable(path: string, cause: unknown): PapersetError {
  const code = systemCode(cause) ?? "unknown error";
  const advice = isFull(cause)
    ? "make room there, or choose another folder with --out"
    : "choose a folder that you can write to with --out";
  return new PapersetError(
    "OUTPUT_UNWRITABLE",
    `Cannot write to ${path} (${code}): ${advice}.`,
    { path, systemCode: code },
    { cause },
  );
}

/** Writes the whole text under a temporary name and renames it: a reader sees the old file or the new one. */
export async function writeFileAtomic(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell of
    throw unwritable(path, cause);
  }
}

/** Reads a JSON file; undefined when there is none. A file that is there and is no JSON is a defect of its writer. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
  return JSON.parse(text) as unknown;
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Lines of a UTF-8 file without their line feeds, in batches of what one read brought. */
export async function* readLineBatches(path: string): AsyncGenerator<string[]> {
  let rest = "";
  for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 })) {
    const lines = (rest + (chunk as string)).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines;
  }
  if (rest !== "") yield [rest];
}

/** Records of a JSONL file that this program wrote; `T` is what was written there. */
export async function* readJsonLines<T>(path: string): AsyncGenerator<T> {
  for await (const lines of readLineBatches(path)) for (const line of lines) yield JSON.parse(line) as T;
}

export interface LineWriter {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

const BUFFERED = 1 << 20;

/** Writes lines to a file, about a megabyte at a time. */
export async function openLineWriter(path: string): Promise<LineWriter> {
  const file = await open(path, "w").catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  let pending: string[] = [];
  let size = 0;
  const flush = async () => {
    const text = pending.join("");
    pending = [];
    size = 0;
    if (text !== "")
      await file.writeFile(text).catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
  };
  return {
    async write(line) {
      pending.push(line, "\n");
      size += line.length + 1;
      if (size >= BUFFERED) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}
