import { createHash, type Hash, hash } from "node:crypto";
import type { PathLike } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { blocksOf } from "./files.ts";

/** SHA-256 in lower-case hex. */
export function sha256(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/** SHA-256 and size in bytes of a file, read as a stream. */
export async function digestOfFile(path: PathLike): Promise<{ sha256: string; size: number }> {
  const digest: Hash = createHash("sha256");
  let size = 0;
  for await (const block of blocksOf(path)) {
    digest.update(block);
    size += block.length;
  }
  return { sha256: digest.digest("hex"), size };
}

/** SHA-256 of a file's bytes, read as a stream. */
export async function sha256OfFile(path: PathLike): Promise<string> {
  return (await digestOfFile(path)).sha256;
}

/** JSON with keys in order at every depth, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Digest of every TypeScript file below the given folders and of the given files, by path and content. */
export async function digestOfCode(root: string, paths: readonly string[]): Promise<string> {
  const files: string[] = [];
  for (const path of paths) {
    if (!path.endsWith("/")) files.push(path);
    else
      for (const entry of await readdir(join(root, path), { recursive: true }))
        if (entry.endsWith(".ts")) files.push(path + entry);
  }
  const parts = await Promise.all(
    files.sort().map(async (file) => [file, await sha256OfFile(join(root, file))]),
  );
  return sha256(canonicalJson(parts));
}

const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * An opaque id: a letter for the kind and 80 bits of SHA-256 over the parts, in Crockford's base 32
 * (https://www.crockford.com/base32.html). With 10 million ids the chance of any collision is about 4e-11.
 */
export function stableId(kind: "p" | "r" | "m", ...parts: readonly string[]): string {
  const bytes = hash("sha256", JSON.stringify(parts), "buffer");
  let id = `${kind}_`;
  // five bytes make eight digits
  for (let from = 0; from < 10; from += 5) {
    const high = bytes.readUIntBE(from, 2) * 16 + (bytes.readUInt8(from + 2) >> 4);
    const low = bytes.readUIntBE(from + 2, 3) % 2 ** 20;
    for (const part of [high, low])
      for (let shift = 15; shift >= 0; shift -= 5) id += BASE32.charAt((part >> shift) & 31);
  }
  return id;
}
