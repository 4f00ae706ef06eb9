import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** Gives every test of a file a folder of its own; the function returned names a place in it. */
export function ownFolder(): (...path: readonly string[]) => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperset-test-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return (...path) => join(folder, ...path);
}
