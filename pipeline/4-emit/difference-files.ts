import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../core/errors.ts";
import type { Accepted, FileEntry } from "../core/manifest.ts";
import type { Release } from "../core/release.ts";
import { CHANGELOG, DIFFERENCE } from "../release/check-difference.ts";
import type { Difference } from "../release/diff.ts";
import { changelog } from "../release/notes.ts";
import { fileEntry } from "./write-table.ts";

/** The changelog of an earlier release; null where it was made before releases had one. */
async function changelogOf({ folder }: Release): Promise<string | null> {
  return readFile(join(folder, CHANGELOG), "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  });
}

/** Writes what a release differs by from the one before, for programs and for people. */
export async function writeDifference(
  difference: Difference,
  previous: Release | null,
  accepted: Accepted | null,
  folder: string,
): Promise<FileEntry[]> {
  const earlier = previous === null ? null : await changelogOf(previous);
  await writeFile(join(folder, DIFFERENCE), `${JSON.stringify(difference, null, 2)}\n`);
  await writeFile(join(folder, CHANGELOG), changelog(difference, accepted, earlier));
  return Promise.all([DIFFERENCE, CHANGELOG].map((path) => fileEntry(folder, path)));
}
