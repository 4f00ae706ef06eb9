import { createReadStream, type PathLike, readSync, writeSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { PapersetError, systemCode } from "./errors.ts";
import { compressionOf } from "./table-files.ts";

/** Makes the folder, or says in a sentence why that cannot be. */
export async function makeFolder(path: string): Promise<void> {
  await writingTo(path, mkdir(path, { recursive: true }));
}

/** Codes of the operating system for a disk, a quota or a file that has no more room. */
const FULL: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The sentence for a place that cannot be written. */
export function unwritable(path: string, cause: unknown): PapersetError {
  const code = systemCode(cause) ?? "unknown error";
  const advice = FULL.has(systemCode(cause))
    ? "make room there, or choose another folder with --out"
    : "choose a folder that you can write to with --out";
  return new PapersetError(
    "OUTPUT_UNWRITABLE",
    `Cannot write to ${path} (${code}): ${advice}.`,
    { path, systemCode: code },
    { cause },
  );
}

/** What a call that writes to a place gives; where it fails, the sentence for that place is thrown. */
export const writingTo = <T>(path: string, call: Promise<T>): Promise<T> =>
  call.catch((cause: unknown) => {
    throw unwritable(path, cause);
  });

const WRITES: ReadonlySet<unknown> = new Set([
  "mkdir",
  "rename",
  "rm",
  "rmdir",
  "unlink",
  "symlink",
  "write",
]);
const WRITE_CODES: ReadonlySet<unknown> = new Set([...FULL, "EROFS"]);

/** An error of the system that came of writing, as the sentence for its place; any other error as it is. */
export function ofWriting(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof PapersetError) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return WRITES.has(syscall) || WRITE_CODES.has(code) ? unwritable(path ?? folder, error) : error;
}

/** Waits until what was written to a file lies on the disk: a loss of power must not leave it empty behind a whole name. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Codes of file systems that cannot do this for a folder, such as those of some shares. */
const NO_FOLDERS: ReadonlySet<string | undefined> = new Set(["EISDIR", "EPERM", "EINVAL", "ENOTSUP"]);

/** Waits until the names in a folder lie on the disk, where the file system can tell. */
async function syncNames(folder: string): Promise<void> {
  await syncFile(folder).catch((error: unknown) => {
    if (!NO_FOLDERS.has(systemCode(error))) throw error;
  });
}

/** Renames a file or folder that lies on the disk, so that after a loss of power the new name stands or the old one. */
export async function renameForGood(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncNames(dirname(to));
}

/**
 * Gives a finished folder its name, once everything in it lies on the disk: a loss of power leaves it whole or not there.
 * An empty folder of that name is the only one whose place it takes.
 */
export async function renameFolder(from: string, to: string): Promise<void> {
  try {
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      await (entry.isDirectory() ? syncNames(path) : syncFile(path));
    }
    await syncNames(from);
    await renameForGood(from, to);
  } catch (cause) {
    throw unwritable(to, cause);
  }
}

/** Writes the whole text under a temporary name and renames it: a reader sees the old file or the new one. */
export async function writeFileAtomic(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text, { flush: true });
    await renameForGood(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell of
    throw unwritable(path, cause);
  }
}

/** The text of a UTF-8 file; null where there is none. */
export async function textIfThere(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  });
}

/** Every file below a folder, as paths from there with `/` between their parts. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
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

/** Longer pieces are large objects to the collector, which lets many of them pile up. */
const READ = 1 << 16;

/** A file's bytes, in pieces of one buffer: each is there until the next is asked for. */
export async function* blocksOf(path: PathLike): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    const block = Buffer.allocUnsafe(READ);
    for (;;) {
      const { bytesRead } = await file.read(block, 0, READ);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const UNPACKERS = { gzip: createGunzip, zstd: createZstdDecompress } as const;

/** The text of a UTF-8 file, unpacked as its ending says. */
async function* readText(path: string): AsyncGenerator<string> {
  const compression = compressionOf(path);
  if (compression === null) {
    const decoder = new StringDecoder("utf8");
    for await (const block of blocksOf(path)) yield decoder.write(block);
    yield decoder.end();
    return;
  }
  const unpacked = UNPACKERS[compression]({ chunkSize: READ });
  pipeline(createReadStream(path, { highWaterMark: READ }), unpacked, () => {}); // an error of either shows to who reads
  yield* unpacked.setEncoding("utf8") as AsyncIterable<string>;
}

/** Lines of a UTF-8 file without their line feeds, in batches of what one read brought. */
export async function* readLineBatches(path: string): AsyncGenerator<string[]> {
  let rest = "";
  for await (const chunk of readText(path)) {
    const lines = (rest + chunk).split("\n");
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
  /** Writes lines that end in a line feed each. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const BUFFERED = 1 << 20;

/**
 * Writes lines to a file, about a megabyte at a time; each call waits for the one before it.
 *
 * @param see shown all bytes in order, as they are written
 */
export async function openLineWriter(
  path: string,
  see: (bytes: Uint8Array) => void = () => {},
): Promise<LineWriter> {
  const file = await writingTo(path, open(path, "w"));
  const pending = Buffer.allocUnsafe(BUFFERED);
  let size = 0;
  const append = async (content: Uint8Array) => {
    see(content);
    await writingTo(path, file.writeFile(content));
  };
  const flush = async () => {
    const length = size;
    size = 0;
    if (length > 0) await append(pending.subarray(0, length));
  };
  return {
    async write(line) {
      const length = Buffer.byteLength(line) + 1;
      if (size + length > BUFFERED) await flush();
      if (length > BUFFERED) return append(Buffer.from(`${line}\n`));
      size += pending.write(line, size);
      size += pending.write("\n", size);
    },
    async writeBytes(bytes) {
      await flush();
      await append(bytes);
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

/** Writes records as lines of JSON; gives the path. */
export async function writeRecords(path: string, records: AsyncIterable<unknown>): Promise<string> {
  const writer = await openLineWriter(path);
  try {
    for await (const record of records) await writer.write(JSON.stringify(record));
  } finally {
    await writer.close();
  }
  return path;
}

/** Fills the bytes with those of an open file from a place on; gives the part that was filled, less where the file ends. */
export function readAt(file: number, bytes: Buffer, position: number): Buffer {
  let read = 0;
  for (let more = 1; more > 0 && read < bytes.length; read += more)
    more = readSync(file, bytes, read, bytes.length - read, position + read);
  return bytes.subarray(0, read);
}

/** Reads a record of so many bytes from its place in an open file of JSON lines; `T` is what was written there. */
export const readRecordAt = <T>(file: number, position: number, length: number): T =>
  JSON.parse(readAt(file, Buffer.allocUnsafe(length), position).toString("utf8")) as T;

/** Writes all of the bytes into an open file from a place on: one call of the system may take less. */
export function writeAt(file: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length; )
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
}
