import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  canonicalJson,
  digestOfCode,
  digestOfFile,
  sha256,
  sha256OfFile,
  stableId,
} from "../../pipeline/core/digest.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-digest-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string | Uint8Array): Promise<string> {
  const whole = join(folder, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, text);
  return whole;
}

describe("a digest", () => {
  test("is SHA-256 in lower-case hex", () => {
    // the digests of "" and "abc" in FIPS 180-2
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  test("of a file is that of its bytes, over the border of a read too", async () => {
    const bytes = new Uint8Array((1 << 20) + 3).map((_, at) => at % 251);
    expect(await sha256OfFile(await write("large", bytes))).toBe(sha256(bytes));
    expect(await sha256OfFile(await write("empty", ""))).toBe(sha256(""));
  });

  test("of a file comes with its size in bytes", async () => {
    expect(await digestOfFile(await write("é", "é😀"))).toEqual({ sha256: sha256("é😀"), size: 6 });
    const large = Buffer.alloc((1 << 21) + 1);
    expect(await digestOfFile(await write("large", large))).toEqual({
      sha256: sha256(large),
      size: large.length,
    });
    expect(await digestOfFile(await write("empty", ""))).toEqual({ sha256: sha256(""), size: 0 });
  });

  test("of a file is found by the bytes of its name too, and is an error of the system without a file", async () => {
    expect(await digestOfFile(Buffer.from(await write("é", "stones")))).toEqual({
      sha256: sha256("stones"),
      size: 6,
    });
    await expect(digestOfFile(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(digestOfFile(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });
});

describe("canonical JSON", () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)]);
    return Object.fromEntries(entries.toReversed());
  };

  test("is the same for every order of keys, at every depth", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test("loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("has its keys in order and its lists as they are", () => {
    expect(canonicalJson({ b: [{ z: 1, y: 2 }, 0], a: null })).toBe('{"a":null,"b":[{"y":2,"z":1},0]}');
  });
});

describe("the digest of code", () => {
  const paths = ["core/", "lock.json"];
  const digest = () => digestOfCode(folder, paths);
  beforeEach(async () => {
    await write("core/a.ts", "export const a = 1;");
    await write("core/deep/b.ts", "export const b = 2;");
    await write("lock.json", "{}");
  });

  test("is the same for the same files, in whatever order they are named", async () => {
    expect(await digestOfCode(folder, paths.toReversed())).toBe(await digest());
    expect(await digest()).toMatch(/^[0-9a-f]{64}$/u);
  });

  test.each(["core/a.ts", "core/deep/b.ts", "lock.json"])("changes with the content of %s", async (path) => {
    const before = await digest();
    await write(path, "export const c = 3;");
    expect(await digest()).not.toBe(before);
  });

  test("changes when a file gets another name or joins", async () => {
    const before = await digest();
    await rm(join(folder, "core/a.ts"));
    await write("core/c.ts", "export const a = 1;");
    const renamed = await digest();
    expect(renamed).not.toBe(before);
    await write("core/a.ts", "export const a = 1;");
    expect(await digest()).not.toBe(renamed);
  });

  test("does not change with what is no code, nor with another folder's code", async () => {
    const before = await digest();
    await write("core/notes.md", "Words.");
    await write("other/d.ts", "export const d = 4;");
    expect(await digest()).toBe(before);
  });

  test("does not depend on where the project lies", async () => {
    const other = await mkdtemp(join(tmpdir(), "paperset-digest-"));
    try {
      await mkdir(join(other, "core/deep"), { recursive: true });
      await writeFile(join(other, "core/deep/b.ts"), "export const b = 2;");
      await writeFile(join(other, "core/a.ts"), "export const a = 1;");
      await writeFile(join(other, "lock.json"), "{}");
      expect(await digestOfCode(other, paths)).toBe(await digest());
    } finally {
      await rm(other, { recursive: true });
    }
  });
});

describe("a stable id", () => {
  const parts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 });
  const kind = fc.constantFrom("p" as const, "r" as const, "m" as const);

  test("is its kind's letter and 16 characters of Crockford's alphabet, without i, l, o and u", () => {
    fc.assert(
      fc.property(kind, parts, (letter, words) => {
        expect(stableId(letter, ...words)).toMatch(/^[prm]_[0-9a-hjkmnp-tv-z]{16}$/u);
        expect(stableId(letter, ...words).startsWith(`${letter}_`)).toBe(true);
      }),
    );
  });

  test("is the same for the same parts and another for others", () => {
    fc.assert(
      fc.property(kind, parts, parts, (letter, a, b) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(stableId(letter, ...a) === stableId(letter, ...b)).toBe(isSame);
      }),
    );
  });

  test("keeps parts apart: where one ends makes a difference", () => {
    expect(stableId("p", "ab", "c")).not.toBe(stableId("p", "a", "bc"));
    expect(stableId("p", "a", "")).not.toBe(stableId("p", "a"));
  });

  test("holds the first 80 bits of the digest of its parts, the same in every release", () => {
    const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    const bits = [...stableId("m", "a", "1").slice(2)]
      .map((character) => alphabet.indexOf(character).toString(2).padStart(5, "0"))
      .join("");
    expect(BigInt(`0b${bits}`)).toBe(BigInt(`0x${sha256('["a","1"]').slice(0, 20)}`));
  });
});
