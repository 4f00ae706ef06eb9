import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Transform } from "node:stream";
import { constants, createGzip, createZstdCompress } from "node:zlib";
import { writingTo } from "../core/files.ts";
import { type Compression, compressionOf } from "../core/table-files.ts";

/** What was written to a file. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that takes bytes in order. */
export interface OutputFile {
  /** Takes the bytes and waits until those before them are written: until then, they must not be changed. */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes what is left. Lets go of the file also where that fails. */
  close(): Promise<WrittenFile>;
}

/** Closes a file behind what is left to be written; an error of that is the one to tell of. */
export async function closeAfter(file: OutputFile, finish: () => Promise<void>): Promise<WrittenFile> {
  try {
    await finish();
  } catch (error) {
    await file.close().catch(() => {}); // the first error is the one to tell of
    throw error;
  }
  return file.close();
}

async function openPlain(path: string): Promise<OutputFile> {
  const file = await writingTo(path, open(path, "w"));
  const digest = createHash("sha256");
  let bytes = 0;
  let writing = Promise.resolve();
  return {
    async write(chunk) {
      await writing;
      bytes += chunk.length;
      writing = writingTo(path, file.writeFile(chunk));
      writing.catch(() => {}); // told by the next call; a rejection before that must not end the process
      digest.update(chunk);
    },
    async close() {
      try {
        await writing;
      } finally {
        await file.close();
      }
      return { bytes, sha256: digest.digest("hex") };
    },
  };
}

const CHUNK = 1 << 18;

/** Where a gzip header names the system that made it (RFC 1952, section 2.3), and the value for an unknown one. */
const GZIP_SYSTEM = { at: 9, unknown: 255 } as const;

const COMPRESSORS: Readonly<Record<Compression, () => Transform>> = {
  gzip: () => createGzip({ chunkSize: CHUNK }),
  zstd: () => createZstdCompress({ chunkSize: CHUNK, params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
};

/** Packs what it is given on its way to the file; another thread does the work. The file is one gzip member or frame. */
function packed(file: OutputFile, compression: Compression): OutputFile {
  const compressor = COMPRESSORS[compression]();
  const passOn = async () => {
    let isFirst = true;
    for await (const chunk of compressor as AsyncIterable<Buffer>) {
      if (isFirst && compression === "gzip") chunk[GZIP_SYSTEM.at] = GZIP_SYSTEM.unknown;
      isFirst = false;
      await file.write(chunk);
    }
  };
  const passed = passOn();
  passed.catch(() => {}); // awaited in write and close
  let packing = Promise.resolve();
  return {
    async write(chunk) {
      await Promise.race([packing, passed]);
      packing = new Promise((resolve) => compressor.write(chunk, () => resolve()));
    },
    async close() {
      compressor.end();
      return closeAfter(file, () => passed);
    },
  };
}

/** Opens a file for writing, packed as its ending says. Sum and size are those of the bytes on the way to the disk. */
export async function openOutput(path: string): Promise<OutputFile> {
  const file = await openPlain(path);
  const compression = compressionOf(path);
  return compression === null ? file : packed(file, compression);
}
