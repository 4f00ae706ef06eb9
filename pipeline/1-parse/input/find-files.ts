import type { Dirent } from "node:fs";
import { glob, readdir, realpath, stat } from "node:fs/promises";
import { basename, sep } from "node:path";

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
  /** Sockets, pipes, devices. */
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
  return pattern.slice(0, pattern.lastIndexOf("/", wildcard) + 1);
}

/**
 * The files that an input stands for: itself, every file below it, or what fits it as a pattern. Hidden files and links
 * are read where they are named, and counted as passed over where they only lie in a folder. Rejects with a system
 * error where there is nothing of that name.
 *
 * @param out the output folder's real path; what lies in it is not read
 */
export async function* findFiles(
  input: string,
  out: string,
  passedOver: PassedOver,
): AsyncGenerator<FoundFile> {
  const found = await stat(input).catch(async (error: unknown) => {
    if (!PATTERN.test(input)) throw error;
    const matches = (await Array.fromAsync(glob(input))).sort();
    if (matches.length === 0) throw error;
    return matches;
  });
  if (Array.isArray(found)) {
    const fixed = fixedPart(input);
    for (const match of found)
      for await (const file of findFiles(match, out, passedOver)) {
        const below = match.startsWith(fixed) ? match.slice(fixed.length) : basename(match);
        const isFolder = file.name !== basename(match);
        yield { path: file.path, name: (isFolder ? `${below}/${file.name}` : below).split(sep).join("/") };
      }
    return;
  }
  const real = await realpath(input);
  if (`${real}${sep}`.startsWith(`${out}${sep}`)) passedOver.output += 1;
  else if (found.isDirectory()) yield* filesBelow(Buffer.from(real), "", Buffer.from(out), passedOver);
  else yield { path: input, name: basename(input) };
}
