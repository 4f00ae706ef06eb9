import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Effects } from "../../core/effects.ts";
import { makeFolder, unwritable } from "../../core/files.ts";

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
    await pipeline(effects.standardInput(), createWriteStream(path)).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}
