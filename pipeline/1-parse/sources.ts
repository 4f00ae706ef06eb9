import { readdir, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { canonicalJson, sha256, sha256OfFile } from "../core/digest.ts";
import { PapersetError, systemCode } from "../core/errors.ts";
import type { Records } from "../core/stage.ts";

/** One file to read. */
export interface Source {
  /** Where it is on this machine; not part of any output. */
  readonly path: string;
  /** Its path below the input that was given, with forward slashes. */
  readonly name: string;
  readonly sha256: string;
}

function unreadable(path: string, cause: unknown): PapersetError {
  const missing = systemCode(cause) === "ENOENT";
  const found = missing
    ? "there is no such file or folder"
    : `it cannot be read (${systemCode(cause) ?? "unknown error"})`;
  return new PapersetError(
    "INPUT_MISSING",
    `Cannot read the input ${path}: ${found}; name captures with --input.`,
    { path },
    { cause },
  );
}

/** Every file below a folder, hidden ones and links left out, in the order of their names. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith(".")),
    );
}

async function expand(input: string): Promise<{ path: string; name: string }[]> {
  try {
    if (!(await stat(input)).isDirectory()) return [{ path: input, name: basename(input) }];
    const files = await filesBelow(input);
    return files.map((path) => ({ path, name: relative(input, path).split(sep).join("/") }));
  } catch (cause) {
    throw unreadable(input, cause);
  }
}

const byName = (a: Source, b: Source) =>
  a.name < b.name || (a.name === b.name && a.sha256 < b.sha256) ? -1 : 1;

/**
 * The files that the inputs name (files and folders), each with its digest, ordered by name. Stops the run where a
 * path does not exist or where there is nothing to read at all. What lies below `out` is never input.
 */
export async function findSources(inputs: readonly string[], out: string): Promise<Records<Source>> {
  const below = resolve(out) + sep;
  const found = (await Promise.all(inputs.map(expand)))
    .flat()
    .filter(({ path }) => !resolve(path).startsWith(below));
  if (found.length === 0) {
    const where = inputs.join(", ");
    throw new PapersetError(
      "INPUT_EMPTY",
      `There is no file in ${where}: put captures there, or name others with --input.`,
      { inputs },
    );
  }
  const sources: Source[] = [];
  for (const { path, name } of found) {
    const digest = await sha256OfFile(path).catch((cause: unknown) =>
      Promise.reject(unreadable(path, cause)),
    );
    sources.push({ path, name, sha256: digest });
  }
  sources.sort(byName);
  return {
    digest: sha256(canonicalJson(sources.map((source) => [source.name, source.sha256]))),
    async *records() {
      yield* sources;
    },
  };
}
