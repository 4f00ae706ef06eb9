import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { PACKINGS, packingOf, unpack } from "../../../pipeline/1-parse/input/unpack.ts";
import { manyLines, PACK, PACKED_EITHER_WAY, Pieces } from "./packed.ts";

/** What comes out of bytes, up to the error that ends it. */
async function unpacked(bytes: Uint8Array, size?: number) {
  const parts: Uint8Array[] = [];
  let error: unknown = null;
  const { packing, bytes: out } = await unpack(new Pieces(bytes, size));
  try {
    for await (const part of out) parts.push(part);
  } catch (cause) {
    error = cause;
  }
  return { packing, bytes: Buffer.concat(parts), error };
}

const sizes = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5_000 }));
const anyBytes = fc.uint8Array({ maxLength: 2_000 });

describe("bytes that are not packed", () => {
  test("come back as they are, into whatever pieces they are cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, sizes, async (bytes, size) => {
        fc.pre(packingOf(bytes) === null);
        expect(await unpacked(bytes, size)).toEqual({
          packing: null,
          bytes: Buffer.from(bytes),
          error: null,
        });
      }),
    );
  });

  test.each([
    ["nothing", []],
    ["one byte of a mark", [0x1f]],
    ["a part of gzip's mark", [0x1f, 0x8b]],
    ["gzip's mark with a method that nobody uses", [0x1f, 0x8b, 0x07, 0x00]],
    ["a part of Zstandard's mark", [0x28, 0xb5, 0x2f]],
  ])("are also %s", async (_what, bytes) => {
    expect(await unpacked(Uint8Array.from(bytes), 1)).toEqual({
      packing: null,
      bytes: Buffer.from(bytes),
      error: null,
    });
  });

  test("are closed when they are read to their end, and when their reader stops after the first piece or later", async () => {
    for (const stopAt of [2, 99]) {
      const pieces = new Pieces(Buffer.alloc(100, "a"), 10);
      let seen = 0;
      for await (const _ of (await unpack(pieces)).bytes) if (++seen === stopAt) break;
      expect(pieces.isClosed, String(stopAt)).toBe(true);
    }
  });

  test("are closed when their reader stops at the very first piece", async () => {
    const pieces = new Pieces(Buffer.alloc(100, "a"), 10);
    for await (const _ of (await unpack(pieces)).bytes) break;
    expect(pieces.isClosed).toBe(true);
  });
});

test("there is a test of every packing", () => {
  expect(Object.keys(PACK)).toEqual(Object.keys(PACKINGS));
});

describe.each(PACKED_EITHER_WAY)("what is packed by %s", (packing, pack) => {
  test("is known by its first bytes, and comes back whole into whatever pieces it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, sizes, async (bytes, size) => {
        expect(await unpacked(pack(bytes), size)).toEqual({
          packing,
          bytes: Buffer.from(bytes),
          error: null,
        });
      }),
    );
  });

  test("and is larger than what is unpacked at once comes back whole", async () => {
    const bytes = Buffer.from(manyLines(60_000));
    for (const size of [1_000, 1 << 16, 1 << 24])
      expect((await unpacked(pack(bytes), size)).bytes.equals(bytes), String(size)).toBe(true);
  });

  test("is unpacked once, whatever it holds", async () => {
    const inner = pack("stones");
    expect((await unpacked(pack(inner))).bytes.equals(inner)).toBe(true);
  });

  test.each([99, 5_000, 1 << 20])(
    "and ends too early says so, and gives what is there before, in pieces of %i",
    async (size) => {
      const text = manyLines(60_000);
      const packed = pack(text);
      const { bytes, error } = await unpacked(packed.subarray(0, packed.length - 1_000), size);
      expect(error).toMatchObject({ code: "Z_BUF_ERROR" });
      expect(text.startsWith(bytes.toString())).toBe(true);
      expect(bytes.length).toBeGreaterThan(text.length / 2);
    },
  );

  test("is an error with a code where only the mark is right", async () => {
    for (const rest of ["", "stones and owls and rivers"]) {
      const bytes = Buffer.concat([pack("").subarray(0, 4), Buffer.from(rest)]);
      const { error } = await unpacked(bytes);
      expect(error, rest).toMatchObject({ code: expect.stringMatching(/^Z/u) });
    }
  });

  test("is closed when its reader stops before the end", async () => {
    const pieces = new Pieces(pack(manyLines(200_000)), 1 << 12);
    for await (const _ of (await unpack(pieces)).bytes) break;
    await vi.waitFor(() => expect(pieces.isClosed).toBe(true));
  });
});

/** Several texts, each packed by itself, one after another. */
const parts = fc.array(anyBytes, { minLength: 2, maxLength: 5 });

describe("several packed parts one after another", () => {
  test("come back as one from gzip", async () => {
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (all, size) => {
        const packed = Buffer.concat(all.map(PACK.gzip));
        expect(await unpacked(packed, size)).toEqual({
          packing: "gzip",
          bytes: Buffer.concat(all),
          error: null,
        });
      }),
    );
  });

  test("come back as one from Zstandard", async () => {
    const packed = Buffer.concat(["stones, ", "owls"].map(PACK.zstd));
    expect((await unpacked(packed)).bytes.toString()).toBe("stones, owls");
  });

  test("may begin with a frame that Zstandard says to skip", async () => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7]);
    expect((await unpacked(Buffer.concat([skipped, PACK.zstd("stones")]))).bytes.toString()).toBe("stones");
  });

  test("of gzip may be followed by zeros, as tapes and padding leave them", async () => {
    const { bytes, error } = await unpacked(Buffer.concat([PACK.gzip("stones"), Buffer.alloc(512)]));
    expect([bytes.toString(), error]).toEqual(["stones", null]);
  });

  test("of gzip that other bytes follow are an error with a code", async () => {
    const { error } = await unpacked(Buffer.concat([PACK.gzip("stones"), Buffer.from("and owls")]));
    expect(error).toMatchObject({ code: "Z_DATA_ERROR" });
  });

  test("of Zstandard that other bytes follow are an error with a code", async () => {
    const { error } = await unpacked(Buffer.concat([PACK.zstd("stones"), Buffer.from("and owls")]));
    expect(error).toMatchObject({ code: expect.stringMatching(/^Z/u) });
  });
});

test("an error of the file itself reaches the reader, packed or not", async () => {
  const gone = Object.assign(new Error("gone"), { code: "EIO" });
  for (const start of [Buffer.from("stones"), PACK.gzip("stones"), PACK.zstd("stones")]) {
    async function* breaking() {
      yield start.subarray(0, 5);
      throw gone;
    }
    await expect(Array.fromAsync((await unpack(breaking())).bytes)).rejects.toBe(gone);
  }
});
