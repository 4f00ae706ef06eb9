import { constants, createGzip, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { CaptureText } from "../../../pipeline/1-parse/input/capture-text.ts";
import { manyLines, PACK, PACKED_EITHER_WAY, Pieces } from "./packed.ts";

/** Reads a capture's text to its end, keeping no more of it than its length and its beginning. */
async function read(packed: AsyncIterable<Uint8Array>, size: number) {
  const capture = new CaptureText(packed, size);
  let length = 0;
  let start = "";
  for await (const piece of capture.pieces()) {
    expect(piece).not.toBe("");
    length += piece.length;
    if (start.length < 2_000_000) start += piece;
  }
  const { packing, encoding, interruption } = capture;
  return { length, text: start, packing, encoding, interruption };
}
const readBytes = (bytes: Uint8Array) => read(new Pieces(bytes), bytes.length);

/** Beyond this a small packed file is no capture. */
const MOST = 1 << 26;

describe("the text of a capture", () => {
  test.each([
    ["plain", null, "utf-8", (text: string) => Buffer.from(text)],
    ["packed by gzip", "gzip", "utf-8", PACK.gzip],
    ["packed by Zstandard", "zstd", "utf-8", PACK.zstd],
    [
      "in UTF-16 and packed",
      "gzip",
      "utf-16le",
      (text: string) => PACK.gzip(Buffer.from(`\ufeff${text}`, "utf16le")),
    ],
    [
      "in windows-1252 and packed",
      "zstd",
      "windows-1252",
      (text: string) => PACK.zstd(Buffer.from(text, "latin1")),
    ],
  ] as const)("is the same %s, and says what it was", async (_what, packing, encoding, pack) => {
    const text = `Études\n${manyLines(20_000)}`;
    const bytes = pack(text);
    expect(await readBytes(bytes)).toEqual({
      length: text.length,
      text,
      packing,
      encoding,
      interruption: null,
    });
  });

  test("that is empty has no pieces", async () => {
    for (const bytes of [Buffer.alloc(0), PACK.gzip(""), PACK.zstd("")])
      expect(await readBytes(bytes)).toMatchObject({ length: 0, interruption: null });
  });
});

describe("a file that cannot be read further", () => {
  test.each(PACKED_EITHER_WAY)(
    "because it is cut off, packed by %s, ends where it breaks, with the reason",
    async (packing, pack) => {
      const text = manyLines(20_000);
      const packed = pack(text);
      const found = await readBytes(packed.subarray(0, packed.length / 2));
      expect(found).toMatchObject({
        packing,
        interruption: { reason: "file_unreadable", found: "Z_BUF_ERROR" },
      });
      expect(text.startsWith(found.text)).toBe(true);
      expect(found.length).toBeGreaterThan(text.length / 4);
    },
  );

  test("keeps the letters at its end that were held to tell the encoding", async () => {
    async function* breaking() {
      yield Buffer.from("Études of stones");
      throw Object.assign(new Error("gone"), { code: "EIO" });
    }
    expect(await read(breaking(), 100)).toMatchObject({
      text: "Études of stones",
      interruption: { reason: "file_unreadable", found: "EIO" },
    });
  });

  test("for a reason of the program's own stops the run", async () => {
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    async function* failing(): AsyncGenerator<Uint8Array> {
      throw new TypeError("a defect");
    }
    await expect(read(failing(), 100)).rejects.toThrow(new TypeError("a defect"));
  });
});

/** 320 MB of a repeated text as one member or frame, made piece by piece. */
async function gzipBomb(piece: Buffer): Promise<Buffer> {
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  const packed = gzip.toArray();
  for (let length = 0; length < 320 << 20; length += piece.length)
    if (!gzip.write(piece)) await new Promise((resolve) => gzip.once("drain", resolve));
  gzip.end();
  return Buffer.concat(await packed);
}
const LINES = Buffer.from("Stones lie in the river.\n".repeat(40_000));
const ZEROS = Buffer.alloc(1 << 20);

describe("a small file that grows without end", () => {
  test.each([
    ["of gzip, of zeros", () => gzipBomb(ZEROS)],
    ["of gzip, of lines", () => gzipBomb(LINES)],
    ["of gzip in hundreds of members", async () => Buffer.concat(Array(330).fill(gzipSync(ZEROS)))],
    ["of Zstandard, of zeros", async () => zstdCompressSync(Buffer.alloc(320 << 20))],
  ])("is read up to a bound, in little memory: %s", async (_what, make) => {
    const bomb = await make();
    expect(bomb.length).toBeLessThan(2 << 20);
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const found = await readBytes(bomb);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 << 20);
    const most = Math.max(MOST, bomb.length * 250);
    expect(found.interruption).toEqual({
      reason: "file_unpacks_too_large",
      found: `more than ${most} bytes`,
    });
    expect(found.length).toBeLessThanOrEqual(most);
    expect(found.length).toBeGreaterThan(most - (1 << 20));
  });

  test("closes the file there", async () => {
    const pieces = new Pieces(gzipSync(Buffer.alloc(100 << 20)), 1_000);
    expect(await read(pieces, 100_000)).toMatchObject({ interruption: { reason: "file_unpacks_too_large" } });
    await vi.waitFor(() => expect(pieces.isClosed).toBe(true));
  });

  test("is one only beyond both bounds: a large packed file may hold 250 times its size", async () => {
    const bytes = gzipSync(Buffer.alloc(MOST + 1, "a"));
    const isBounded = async (size: number) => (await read(new Pieces(bytes), size)).interruption !== null;
    expect(await isBounded(bytes.length)).toBe(true);
    expect(await isBounded(Math.floor(MOST / 250))).toBe(true);
    expect(await isBounded(Math.floor(MOST / 250) + 1)).toBe(false);
  });

  test("is none at the bound itself, nor where a file is not packed", async () => {
    expect(await readBytes(gzipSync(Buffer.alloc(MOST, "a")))).toMatchObject({
      length: MOST,
      interruption: null,
    });
    async function* plain() {
      for (let at = 0; at <= 70; at += 1) yield ZEROS;
    }
    expect(await read(plain(), 10)).toMatchObject({ length: 71 << 20, interruption: null });
  });
});

test("raw deflate is no packing that captures have", async () => {
  const bytes = deflateRawSync("stones and owls");
  expect(await readBytes(bytes)).toMatchObject({ packing: null, interruption: null });
});
