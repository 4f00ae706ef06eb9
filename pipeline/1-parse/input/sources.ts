import { realpath } from "node:fs/promises";
import { canonicalJson, digestOfFile, sha256 } from "../../core/digest.ts";
import { PapersetError, systemCode } from "../../core/errors.ts";
import type { Records } from "../../core/stage.ts";
import { type FilePath, findFiles, type PassedOver } from "./find-files.ts";

/** One file to read. */
export interface Source {
  /** Where it is on this machine; not part of any output. */
  readonly path: FilePath;
  /** Its path below the input that was given, with forward slashes. */
  readonly name: string;
  /** In bytes, as it lies there. */
  readonly size: number;
  readonly sha256: string;
}

export interface Sources extends Records<Source> {
  /** What lies in the inputs' folders and is not read. */
  readonly passedOver: PassedOver;
}

/** What stands for standard input among the inputs. */
export const STANDARD_INPUT = "-";

/** Where inputs are looked for, and what is no input. */
export interface Surroundings {
  /** The output folder: what lies below it is never input. */
  readonly out: string;
  /** The file that standard input was written to, if it was named among the inputs. */
  readonly standardInput: string | null;
}

/** The file that a system error is about, if it says so. */
const pathOf = (error: unknown): string | null =>
  error instanceof Error && "path" in error && error.path !== undefined ? String(error.path) : null;

function unreadable(input: string, cause: unknown): PapersetError {
  const path = pathOf(cause) ?? input;
  const missing = systemCode(cause) === "ENOENT";
  const found = missing
    ? "there is no such file or folder, and no file fits it as a pattern"
    : `it cannot be read (${systemCode(cause) ?? "unknown error"})`;
  return new PapersetError(
    "INPUT_MISSING",
    `Cannot read the input ${path}: ${found}; name captures with --input.`,
    { path },
    { cause },
  );
}

const byName = (a: Source, b: Source) =>
  a.name < b.name || (a.name === b.name && a.sha256 < b.sha256) ? -1 : 1;

/**
 * The files that the inputs name (files, folders, patterns, `-`), each with its digest, ordered by name. Stops the run
 * where a path does not exist or where there is nothing to read at all.
 */
export async function findSources(
  inputs: readonly string[],
  { out, standardInput }: Surroundings,
): Promise<Sources> {
  const passedOver: PassedOver = { hidden: 0, links: 0, others: 0, output: 0 };
  // the folder is made later: one that is not there holds nothing yet
  const outFolder = await realpath(out).catch(() => out);
  const sources = new Map<string, Source>();
  for (const input of inputs) {
    try {
      const files =
        input === STANDARD_INPUT && standardInput !== null
          ? [{ path: standardInput, name: "stdin" }]
          : findFiles(input, outFolder, passedOver);
      for await (const { path, name } of files) {
        const real = await realpath(path, { encoding: "buffer" });
        const key = `${name}\0${real.toString("latin1")}`;
        if (!sources.has(key)) sources.set(key, { path, name, ...(await digestOfFile(path)) });
      }
    } catch (cause) {
      throw cause instanceof PapersetError ? cause : unreadable(input, cause);
    }
  }
  if (sources.size === 0) {
    const where = inputs.join(", ");
    const why = passedOver.output > 0 ? " but the output folder, which is never input" : "";
    throw new PapersetError(
      "INPUT_EMPTY",
      `There is no file in ${where}${why}: put captures there, or name others with --input.`,
      { inputs, passedOver },
    );
  }
  const ordered = [...sources.values()].sort(byName);
  return {
    digest: sha256(canonicalJson(ordered.map((source) => [source.name, source.sha256]))),
    passedOver,
    async *records() {
      yield* ordered;
    },
  };
}
