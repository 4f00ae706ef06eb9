import type { Dirent } from "node:fs";
import { glob, lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, normalize, sep } from "node:path";
import { PapersetError, systemCode } from "../../core/errors.ts";

/** A path; as bytes where it was read from a folder, because names need not be UTF-8. */
export type FilePath = string | Buffer;

export interface FoundFile {
  readonly path: FilePath;
  /** Its path below the input, with forward slashes; bytes that are no UTF-8 show as U+FFFD. */
  readonly name: string;
}

/** How many entries of folders were not read, by why. */
export interface PassedOver {
  /** Names that begin with a full stop. */
  hidden: number;
  /** Symbolic links: they may lead out of the input, or in a circle. */
  links: number;
  /** Sockets, pipes, devices; names that a pattern fits and the system does not give back. */
  others: number;
  /** The output folder. */
  output: number;
}

type Entry = Dirent<NonSharedBuffer>;
const FULL_STOP = 0x2e;

function passOver(entry: Entry, passedOver: PassedOver): boolean {
  if (entry.name[0] === FULL_STOP) passedOver.hidden += 1;
  else if (entry.isSymbolicLink()) passedOver.links += 1;
  else if (!entry.isFile() && !entry.isDirectory()) passedOver.others += 1;
  else return false;
  return true;
}

/** Every file below a folder. */
async function* filesBelow(
  folder: Buffer,
  prefix: string,
  out: Buffer,
  passedOver: PassedOver,
): AsyncGenerator<FoundFile> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    if (passOver(entry, passedOver)) continue;
    const path = Buffer.concat([folder, Buffer.from(sep), entry.name]);
    const name = prefix + entry.name.toString();
    if (path.equals(out)) passedOver.output += 1;
    else if (entry.isDirectory()) yield* filesBelow(path, `${name}/`, out, passedOver);
    else yield { path, name };
  }
}

/** What a pattern of the shell holds; a path that exists is never taken for one. */
const PATTERN = /[*?[{]/u;

/** The folder that a pattern's matches are named from: what stands before its first wildcard. */
function fixedPart(pattern: string): string {
  const wildcard = pattern.search(PATTERN);
  return pattern.slice(0, pattern.lastIndexOf(sep, wildcard) + 1);
}

/** What a match of a pattern is named by: its path below the fixed part; nothing for that folder itself. */
function nameBelow(match: string, fixed: string): string {
  if (match + sep === fixed) return "";
  return match.startsWith(fixed) ? match.slice(fixed.length) : basename(match);
}

async function* filesMatching(
  pattern: string,
  matches: readonly string[],
  out: string,
  passedOver: PassedOver,
): AsyncGenerator<FoundFile> {
  const fixed = fixedPart(pattern);
  for (const match of matches) {
    const below = nameBelow(match, fixed);
    try {
      for await (const file of findFiles(match, out, passedOver)) {
        const parts = file.path === match ? [below] : [below, file.name].filter((part) => part !== "");
        yield { path: file.path, name: parts.join("/").split(sep).join("/") };
      }
    } catch (error) {
      const code = systemCode(error);
      if (code !== "ENOENT" && code !== "ELOOP") throw error;
      // a link that leads nowhere, or a name that is no UTF-8 and came back changed
      const isLink = await lstat(match).then(
        (entry) => entry.isSymbolicLink(),
        () => false,
      );
      passedOver[isLink ? "links" : "others"] += 1;
    }
  }
}

/**
 * The files that an input stands for: itself, every file below it, or what fits it as a pattern. Hidden files and links
 * are read where they are named, and counted as passed over where they only lie in a folder. Rejects with a system
 * error where there is nothing of that name, and where it is neither a file nor a folder.
 *
 * @param out the output folder's real path; what lies in it is not read
 */
export async function* findFiles(
  input: string,
  out: string,
  passedOver: PassedOver,
): AsyncGenerator<FoundFile> {
  const pattern = normalize(input);
  const found = await stat(input).catch(async (error: unknown) => {
    const matches = PATTERN.test(pattern) ? (await Array.fromAsync(glob(pattern))).sort() : [];
    if (matches.length === 0) throw error;
    return matches;
  });
  if (Array.isArray(found)) {
    yield* filesMatching(pattern, found, out, passedOver);
    return;
  }
  if (!found.isDirectory() && !found.isFile())
    throw new PapersetError(
      "INPUT_MISSING",
      `Cannot read the input ${input}: it is neither a file nor a folder; hand it on by standard input, as -.`,
      { path: input },
    );
  const real = await realpath(input);
  if (`${real}${sep}`.startsWith(`${out}${sep}`)) passedOver.output += 1;
  else if (found.isDirectory()) yield* filesBelow(Buffer.from(real), "", Buffer.from(out), passedOver);
  else yield { path: input, name: basename(input) };
}
