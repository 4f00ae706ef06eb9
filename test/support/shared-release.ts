import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { makeFullRelease } from "./release.ts";

/** Releases that many test files read or copy: made by the first that asks, once in a run of the tests. */

/** How often those who wait look whether it is there, in milliseconds. */
const LOOK_EVERY = 50;

const wait = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
const taken = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";

/** A folder that somebody fills once; it has its name when it is whole. */
async function once(name: string, fill: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(inject("runFolder"), name);
  const aside = `${folder}-aside`;
  while (!existsSync(folder)) {
    try {
      await mkdir(aside);
    } catch (error) {
      if (!taken(error)) throw error;
      await wait();
      continue;
    }
    if (existsSync(folder)) await rm(aside, { recursive: true });
    else
      try {
        await fill(aside);
        await rename(aside, folder);
      } catch (error) {
        await rm(aside, { recursive: true, force: true }); // the next that asks tries again
        throw error;
      }
  }
  return folder;
}

/**
 * Versions 1.0.0 and 1.1.0 of one dataset, as `makeFullRelease` makes them. They are not to be written to: `copyOf` gives a
 * copy that may be.
 */
export async function sharedReleases(): Promise<{ readonly first: Release; readonly second: Release }> {
  const out = join(await once("full", makeFullRelease), "out");
  return { first: await openRelease(join(out, "1.0.0")), second: await openRelease(join(out, "latest")) };
}
