import { pipeline, Readable, type Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Vocabulary } from "../../../schemas/index.ts";

/** How a capture may be packed; told by its first bytes. */
export const PACKINGS = {
  gzip: "gzip (RFC 1952), also several members one after another.",
  zstd: "Zstandard (RFC 8878), also several frames one after another.",
} as const satisfies Vocabulary;
export type Packing = keyof typeof PACKINGS;

const MAGIC: readonly (readonly [Packing, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
];
const LONGEST_MAGIC = 4;

/** How a file that begins with these bytes is packed; null when it is not. */
export function packingOf(start: Uint8Array): Packing | null {
  return MAGIC.find(([, magic]) => magic.every((byte, at) => start[at] === byte))?.[0] ?? null;
}

const OPENERS: Readonly<Record<Packing, () => Transform>> = {
  gzip: () => createGunzip({ chunkSize: 1 << 18 }),
  zstd: () => createZstdDecompress({ chunkSize: 1 << 18 }),
};

async function* chain(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>) {
  yield* first;
  yield* { [Symbol.asyncIterator]: () => rest };
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
  if (packing === null) return { packing, bytes };
  // an error reaches the reader through the stream itself
  return {
    packing,
    bytes: pipeline(Readable.from(bytes, { objectMode: false }), OPENERS[packing](), () => {}),
  };
}
