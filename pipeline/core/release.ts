import { readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Row, TABLES, TableName } from "../../schemas/index.ts";
import { sha256OfFile } from "./digest.ts";
import { PapersetError } from "./errors.ts";
import { readJson, readJsonLines } from "./files.ts";
import type { Manifest } from "./manifest.ts";

/** A finished release, opened for reading. Its functions are no part of its identity: the digest is. */
export interface Release {
  readonly folder: string;
  readonly version: string;
  /** Digest of the manifest, which names the digests of every other file. */
  readonly digest: string;
  readonly manifest: Manifest;
  rows<N extends TableName>(table: N): AsyncIterable<Row<(typeof TABLES)[N]>>;
}

export const MANIFEST = "manifest.json";

/** Opens a release folder; stops the run where it is none. */
export async function openRelease(folder: string): Promise<Release> {
  const manifest = (await readJson(join(folder, MANIFEST))) as Manifest | undefined;
  if (manifest === undefined)
    throw new PapersetError(
      "RELEASE_MISSING",
      `${folder} is no finished release: it has no ${MANIFEST}. Name a release folder, such as out/latest.`,
      { folder },
    );
  return {
    folder,
    version: manifest.version,
    digest: await sha256OfFile(join(folder, MANIFEST)),
    manifest,
    rows: (table) => readJsonLines(join(folder, "jsonl", `${table}.jsonl`)),
  };
}

/** The name of the newest release in an output folder, or null where there is none yet. */
export async function latestVersion(out: string): Promise<string | null> {
  return readlink(join(out, "latest")).then(basename, () => null);
}
