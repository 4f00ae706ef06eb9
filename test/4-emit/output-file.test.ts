import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOutput, type WrittenFile } from "../../pipeline/4-emit/output-file.ts";
import { sha256 } from "../../pipeline/core/digest.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-output-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** More than buffers hold, and no piece like another. */
const PIECES = Array.from({ length: 40 }, (_, i) =>
  Buffer.from(`${i} stones, 石 ${i * i}\n`.repeat(9_000 + i)),
);
const WHOLE = Buffer.concat(PIECES);

async function write(name: string, pieces: readonly Uint8Array[] = PIECES): Promise<WrittenFile> {
  const file = await openOutput(join(folder, name));
  for (const piece of pieces) await file.write(piece);
  return file.close();
}
const content = (name: string) => readFile(join(folder, name));

const UNPACK = {
  "t.csv": (bytes: Buffer) => bytes,
  "t.csv.gz": (bytes: Buffer) => gunzipSync(bytes),
  "t.csv.zst": (bytes: Buffer) => zstdDecompressSync(bytes),
} as const;
const NAMES = Object.keys(UNPACK) as (keyof typeof UNPACK)[];

describe.each(NAMES)("a file %s", (name) => {
  test("holds the pieces in order, packed as its ending says", async () => {
    await write(name);
    expect(UNPACK[name](await content(name)).equals(WHOLE)).toBe(true);
  });

  test("has the size and the sum that are told of it", async () => {
    const { bytes, sha256: digest } = await write(name);
    expect([bytes, digest]).toEqual([(await stat(join(folder, name))).size, sha256(await content(name))]);
  });

  test("is the same bytes however it was cut into pieces", async () => {
    await write(name);
    const one = await content(name);
    await write(name, [WHOLE.subarray(0, 3), WHOLE.subarray(3, 1_000_000), WHOLE.subarray(1_000_000)]);
    expect(sha256(await content(name))).toBe(sha256(one));
  });

  test("without pieces is empty", async () => {
    await write(name, []);
    expect(UNPACK[name](await content(name)).length).toBe(0);
  });

  test("may have a piece changed as soon as the next one was taken", async () => {
    const file = await openOutput(join(folder, name));
    const [one, two] = [Buffer.alloc(1 << 20, "a"), Buffer.alloc(1 << 20, "b")];
    await file.write(one);
    await file.write(two);
    one.fill("?");
    await file.close();
    const unpacked = UNPACK[name](await content(name)).toString();
    expect([unpacked.indexOf("b"), unpacked.includes("?")]).toEqual([1 << 20, false]);
  });
});

test("a gzip file does not name the system that made it, nor a time, so that it is the same on every one", async () => {
  await write("t.csv.gz");
  const header = await content("t.csv.gz");
  expect([header.readUInt32LE(4), header[9]]).toEqual([0, 255]);
  expect(execFileSync("gzip", ["--test", join(folder, "t.csv.gz")]).length).toBe(0);
});

test("a zstd file carries a sum of its content, by which damage shows", async () => {
  await write("t.csv.zst");
  const bytes = await content("t.csv.zst");
  const at = bytes.length - 2; // within the sum at the end of the frame
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  expect(() => zstdDecompressSync(bytes)).toThrow(/checksum/i);
});

const isOpen = async (path: string) => {
  const links = (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ""));
  return (await Promise.all(links)).includes(path);
};

// Linux alone has a device that is always full
describe.skipIf(!existsSync("/dev/full")).each(["full", "full.gz", "full.zst"])(
  "a full disk, under %s,",
  (name) => {
    test("is told in a sentence that says what to do, also by close, and the file is let go", async () => {
      await symlink("/dev/full", join(folder, name));
      const noRoom = {
        code: "OUTPUT_UNWRITABLE",
        message: expect.stringMatching(/full.*\(ENOSPC\): make room there/),
      };
      const file = await openOutput(join(folder, name));
      const writing = async () => {
        for (const piece of PIECES) await file.write(piece);
      };
      const told = await Promise.allSettled([writing()]);
      expect(told).toMatchObject([{ status: "rejected", reason: noRoom }]);
      expect(await isOpen("/dev/full")).toBe(true);
      await expect(file.close()).rejects.toMatchObject(noRoom);
      expect(await isOpen("/dev/full")).toBe(false);
    });
  },
);
