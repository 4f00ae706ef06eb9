import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Effects } from "../../core/effects.ts";
import { PapersetError, systemCode } from "../../core/errors.ts";
import { makeFolder, unwritable } from "../../core/files.ts";

/** Standard input, an error of which is told as one of the input. */
async function* reading(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (cause) {
    const code = systemCode(cause) ?? "unknown error";
    throw new PapersetError(
      "INPUT_MISSING",
      `Standard input broke off (${code}): hand the capture on again, or name a file with --input.`,
      { systemCode: code },
      { cause },
    );
  }
}

/**
 * Writes standard input to a file while `use` works with it, so that it can be named by its digest before it is read.
 *
 * @param folder where there is room for it; made if it is not there
 */
export async function withSpooledInput<T>(
  effects: Effects,
  folder: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, "stdin");
  await makeFolder(folder);
  try {
    await pipeline(reading(effects.standardInput()), createWriteStream(path)).catch((cause: unknown) => {
      throw cause instanceof PapersetError ? cause : unwritable(path, cause);
    });
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}
