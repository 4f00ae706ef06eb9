import { type Duplex, pipeline, type Readable } from "node:stream";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";
import { NetworkFailure } from "./failure.ts";

/** How an answer may be packed (RFC 9110, section 8.4.1; RFC 8878), and how it is unpacked. */
const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
  // a window of at most 8 MB: what the web may ask a reader to hold (RFC 9659)
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } }),
};
export const ACCEPTED_ENCODINGS = "gzip, br, zstd";

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === "" || encoding === "identity") return body;
  const open = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  // packed more than once is packed to do harm: nobody asked for it
  if (open === undefined) throw new NetworkFailure("unreadable", `The answer is packed as ${encoding}.`);
  return pipeline(body, open(), () => {}) as Duplex; // an error shows where the result is read
}

export interface BodyLimit {
  /** After unpacking. */
  readonly bytes: number;
  /** What is longer is read up to there, not refused. */
  readonly cut: boolean;
}

/** Reads and unpacks a body, holding no more than its limit; the rest is not asked for. */
export async function readBody(body: Readable, encoding: string, limit: BodyLimit): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (limit.bytes > 0)
      for await (const chunk of unpacked(body, encoding.trim().toLowerCase())) {
        const bytes = chunk as Buffer;
        chunks.push(bytes.subarray(0, limit.bytes - size));
        size += bytes.length;
        if (size > limit.bytes && !limit.cut)
          throw new NetworkFailure("too_large", `The answer has more than ${limit.bytes} bytes.`);
        if (size >= limit.bytes && limit.cut) break;
      }
  } finally {
    body.on("error", () => {}).destroy(); // what is left of it is not wanted
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
