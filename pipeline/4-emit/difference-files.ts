import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { textIfThere } from "../core/files.ts";
import type { Accepted, FileEntry } from "../core/manifest.ts";
import type { Release } from "../core/release.ts";
import { CHANGELOG, DIFFERENCE } from "../release/check-difference.ts";
import type { Difference } from "../release/diff.ts";
import { changelog } from "../release/notes.ts";
import { fileEntry } from "./write-table.ts";

/** Writes what a release differs by from the one before, for programs and for people. */
export async function writeDifference(
  difference: Difference,
  previous: Release | null,
  accepted: Accepted | null,
  folder: string,
): Promise<FileEntry[]> {
  // releases were made without a changelog before
  const earlier = previous === null ? null : await textIfThere(join(previous.folder, CHANGELOG));
  await writeFile(join(folder, DIFFERENCE), `${JSON.stringify(difference, null, 2)}\n`);
  await writeFile(join(folder, CHANGELOG), changelog(difference, accepted, earlier));
  return Promise.all([DIFFERENCE, CHANGELOG].map((path) => fileEntry(folder, path)));
}
