import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Packing } from "../../../pipeline/1-parse/input/unpack.ts";

/** How tests pack a text. */
export const PACK: Readonly<Record<Packing, (text: string | Uint8Array) => Buffer>> = {
  gzip: (text) => gzipSync(text),
  zstd: (text) => zstdCompressSync(text),
};
export const PACKED_EITHER_WAY = Object.entries(PACK) as [Packing, (typeof PACK)[Packing]][];

/** Text that no packer makes much smaller, line by line. */
export const manyLines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `stone ${at} weighs ${Math.sin(at)}\n`).join("");

/** Bytes in pieces of a size, and whether their reader has said that it is done with them. */
export class Pieces implements AsyncIterable<Uint8Array> {
  isClosed = false;
  private readonly bytes: Uint8Array;
  private readonly size: number;

  constructor(bytes: Uint8Array, size = 1 << 18) {
    this.bytes = bytes;
    this.size = size;
  }

  async *[Symbol.asyncIterator]() {
    try {
      for (let at = 0; at < this.bytes.length; at += this.size) yield this.bytes.subarray(at, at + this.size);
    } finally {
      this.isClosed = true;
    }
  }
}
