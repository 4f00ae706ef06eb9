import { createHash, type Hash } from "node:crypto";
import { createReadStream, type PathLike } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** SHA-256 in lower-case hex. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 and size in bytes of a file, read as a stream. */
export async function digestOfFile(path: PathLike): Promise<{ sha256: string; size: number }> {
  const hash: Hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { sha256: hash.digest("hex"), size };
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
  const bytes = createHash("sha256").update(JSON.stringify(parts)).digest();
  let bits = 0n;
  for (const byte of bytes.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let id = "";
  for (let place = 0; place < 16; place += 1, bits >>= 5n) id = BASE32.charAt(Number(bits & 31n)) + id;
  return `${kind}_${id}`;
}
