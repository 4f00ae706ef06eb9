import { lstat, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { PapersetError } from "../core/errors.ts";
import { exists, renameFolder, renameForGood, unwritable } from "../core/files.ts";
import { LATEST, openRelease, type Release } from "../core/release.ts";
import { verify } from "../release/verify.ts";

/** Stops a run that could not point `latest` to its release, before it makes one. */
export async function requireLink(out: string): Promise<void> {
  const path = join(out, LATEST);
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isSymbolicLink()) return;
  throw new PapersetError(
    "OUTPUT_UNWRITABLE",
    `${path} is no link to a release, and is not overwritten: move it away, or choose another --out.`,
    { path },
  );
}

/** Points `latest` to a version by one rename, so that it is never absent. */
export async function pointLatest(out: string, version: string): Promise<void> {
  const temporary = join(out, ".latest.tmp");
  try {
    await rm(temporary, { force: true });
    await symlink(version, temporary);
    await renameForGood(temporary, join(out, LATEST));
  } catch (cause) {
    throw unwritable(join(out, LATEST), cause);
  }
}

/** Reads a finished folder back, and makes it the newest release of `out` by one rename. No release is overwritten. */
export async function appear(folder: string, version: string, out: string, now: Date): Promise<Release> {
  const findings = await verify(await openRelease(folder), now);
  const [first] = findings;
  if (first !== undefined)
    throw new PapersetError(
      "DEFECT",
      `The release was not made: ${first.where} ${first.found} (gate ${first.gate}).`,
      { findings },
    );
  const target = join(out, version);
  if (await exists(target))
    throw new PapersetError(
      "OUTPUT_UNWRITABLE",
      `${target} is there already and no release is ever overwritten: choose another --out.`,
    );
  await renameFolder(folder, target);
  await pointLatest(out, version);
  return openRelease(target);
}
