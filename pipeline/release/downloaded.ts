import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { filesIn } from "../core/files.ts";
import { MANIFEST, openRelease, type Release } from "../core/release.ts";
import { flatName } from "./publish/target.ts";

/** A release as it comes back from where it was published. */

/** What git and the hub's own tool lay beside the files that they bring. */
const BROUGHT_ALONG = /^(\.gitattributes$|\.git\/|\.cache\/huggingface\/)/u;

/** Whether a file is none of the release's and none that somebody put there. */
export const isBroughtAlong = (path: string): boolean => BROUGHT_ALONG.test(path);

/**
 * Opens a release for checking. One that comes from a place without folders has all its files in one, and lacks those
 * without a byte: it is shown with each file in its place, by links that are gone afterwards.
 */
export async function withFilesInPlace<T>(folder: string, use: (release: Release) => Promise<T>): Promise<T> {
  const release = await openRelease(folder);
  const { files } = release.manifest;
  const present = new Set(await filesIn(folder));
  const placed = files.filter(({ path }) => path.includes("/"));
  if (placed.length === 0 || placed.some(({ path }) => present.has(path))) return use(release);
  const shown = await mkdtemp(join(tmpdir(), "paperset-in-place-"));
  const placeOf = async (path: string) => {
    await mkdir(join(shown, dirname(path)), { recursive: true });
    return join(shown, path);
  };
  try {
    const places = new Map(files.map(({ path }) => [flatName(path), path]));
    for (const name of present) {
      const place = name === MANIFEST ? name : (places.get(name) ?? name);
      await symlink(resolve(folder, name), await placeOf(place));
    }
    for (const { path, bytes } of files)
      if (bytes === 0 && !present.has(flatName(path))) await writeFile(await placeOf(path), "");
    return await use(await openRelease(shown));
  } finally {
    await rm(shown, { recursive: true, force: true });
  }
}
