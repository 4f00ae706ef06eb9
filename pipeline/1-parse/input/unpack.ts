import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Vocabulary } from "../../../schemas/index.ts";

/** How a capture may be packed; told by its first bytes. */
export const PACKINGS = {
  gzip: "gzip (RFC 1952), also several members one after another.",
  zstd: "Zstandard (RFC 8878), also several frames one after another.",
} as const satisfies Vocabulary;
export type Packing = keyof typeof PACKINGS;

const LONGEST_MAGIC = 4;

/** How a file that begins with these bytes is packed; null when it is not. */
export function packingOf(start: Uint8Array): Packing | null {
  const [a = 0, b, c, d] = start;
  if (a === 0x1f && b === 0x8b && c === 0x08) return "gzip";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "zstd";
  // a frame to be skipped, with which some packers begin (RFC 8878, section 3.1.2)
  return (a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18 ? "zstd" : null;
}

interface Opener {
  readonly open: () => Transform & { readonly bytesWritten: number };
  /** Bytes at once: what they unpack to is held, a thousandfold for gzip and more for Zstandard. */
  readonly pieceLength: number;
}

const OPENERS: Readonly<Record<Packing, Opener>> = {
  gzip: { open: () => createGunzip({ chunkSize: 1 << 18 }), pieceLength: 1 << 14 },
  zstd: { open: () => createZstdDecompress({ chunkSize: 1 << 18 }), pieceLength: 1 << 12 },
};

/** One decompressor, fed piece by piece; what it gives before an error is not lost. */
class Decompressor {
  private readonly stream: ReturnType<Opener["open"]>;
  private given: Uint8Array[] = [];
  private error: Error | null = null;
  private fed = 0;
  private wake: () => void = () => {};

  constructor({ open }: Opener) {
    this.stream = open();
    this.stream.on("data", (chunk: Uint8Array) => this.given.push(chunk));
    this.stream.on("error", (error) => {
      this.error = error;
      this.wake();
    });
    this.stream.on("end", () => this.wake());
  }

  /** Feeds a piece and gives what it unpacks to; returns what of it comes behind the end of a frame. */
  async *feed(piece: Uint8Array): AsyncGenerator<Uint8Array, Uint8Array> {
    this.fed += piece.length;
    await this.until((done) => this.stream.write(piece, done));
    yield* this.taken();
    const left = this.fed - this.stream.bytesWritten;
    return piece.subarray(piece.length - left);
  }

  async *end(): AsyncGenerator<Uint8Array> {
    if (!this.stream.readableEnded) await this.until(() => this.stream.end());
    yield* this.taken();
  }

  close(): void {
    this.stream.destroy();
  }

  /** Waits for what was begun, for the end of the frame or for an error: one that fails does not always call back. */
  private until(begin: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.error === null) begin(resolve);
      else resolve();
    });
  }

  private *taken(): Generator<Uint8Array> {
    yield* this.given.splice(0);
    if (this.error !== null) throw this.error;
  }
}

/** Bytes without the zeros that tapes and padding leave behind a frame. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

/** Unpacks frame after frame: a stream ends with its frame, and the next one needs another. */
async function* decompress(packed: AsyncIterable<Uint8Array>, opener: Opener): AsyncGenerator<Uint8Array> {
  let current: Decompressor | null = new Decompressor(opener);
  try {
    for await (const bytes of packed)
      for (let rest = bytes; rest.length > 0; ) {
        if (current === null) {
          rest = withoutPadding(rest);
          if (rest.length === 0) break;
          current = new Decompressor(opener);
        }
        const piece = rest.subarray(0, opener.pieceLength);
        const left: Uint8Array = yield* current.feed(piece);
        rest = rest.subarray(piece.length - left.length);
        if (left.length === 0) continue;
        yield* current.end();
        current = null;
      }
    if (current !== null) yield* current.end();
  } finally {
    current?.close();
  }
}

/** The pieces that were looked at, and the rest, which is closed with them. */
async function* chain(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>) {
  try {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

export interface Unpacked {
  readonly packing: Packing | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file's bytes as they were before it was packed, if it was. Damage shows as an error with a system code. */
export async function unpack(packed: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const rest = packed[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let length = 0; length < LONGEST_MAGIC; ) {
    const next = await rest.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const packing = packingOf(Buffer.concat(first.map((piece) => piece.subarray(0, LONGEST_MAGIC))));
  const bytes = chain(first, rest);
  return { packing, bytes: packing === null ? bytes : decompress(bytes, OPENERS[packing]) };
}
