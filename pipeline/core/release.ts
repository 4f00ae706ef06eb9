import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Row, TABLES, TableName } from "../../schemas/index.ts";
import { sha256OfFile } from "./digest.ts";
import { PapersetError } from "./errors.ts";
import { exists, readJson, readJsonLines } from "./files.ts";
import { isFields } from "./json.ts";
import type { Manifest } from "./manifest.ts";
import { tableFiles } from "./table-files.ts";
import { compareVersions } from "./versions.ts";

/** A finished release, opened for reading. Its functions are no part of its identity: the digest is. */
export interface Release {
  readonly folder: string;
  readonly version: string;
  /** Digest of the manifest, which names the digests of every other file. */
  readonly digest: string;
  readonly manifest: Manifest;
  /** A table's rows in order, however they are packed and in however many files. */
  rows<N extends TableName>(table: N): AsyncIterable<Row<(typeof TABLES)[N]>>;
}

export const MANIFEST = "manifest.json";
/** The name that leads to the newest release of an output folder. */
export const LATEST = "latest";

const isFileEntry = (value: unknown): boolean =>
  isFields(value) && typeof value["path"] === "string" && typeof value["sha256"] === "string";

/** Whether a JSON value has the parts of a manifest without which nothing of a release can be read. */
function isManifest(value: unknown): value is Manifest {
  if (!isFields(value)) return false;
  const { version, counts, files, accepted, inputs, repository_statuses } = value;
  const isAccepted = accepted === undefined || (isFields(accepted) && Array.isArray(accepted["findings"]));
  const hasFiles = Array.isArray(files) && files.every(isFileEntry);
  const hasCounts =
    [counts, repository_statuses].every(isFields) && Array.isArray(inputs) && inputs.every(isFields);
  return typeof version === "string" && hasCounts && hasFiles && isAccepted;
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  const value = await readJson(path).catch((cause: unknown) => {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  });
  if (value === undefined || isManifest(value)) return value;
  throw new PapersetError(
    "RELEASE_MISSING",
    `${path} is no manifest of a release: the release is damaged. Take another copy of it, or make it again.`,
    { path },
  );
}

/**
 * Opens a release folder, or of an output folder its newest release; stops the run where there is none, or it is damaged
 * beyond reading.
 */
export async function openRelease(folder: string): Promise<Release> {
  const manifest = await readManifest(join(folder, MANIFEST));
  const newest = join(folder, LATEST);
  if (manifest === undefined && (await exists(join(newest, MANIFEST)))) return openRelease(newest);
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
    rows: async function* <N extends TableName>(table: N) {
      for (const { path } of tableFiles(manifest, table, "jsonl"))
        yield* readJsonLines<Row<(typeof TABLES)[N]>>(join(folder, path));
    },
  };
}

const VERSION = /^\d+\.\d+\.\d+$/u;

/**
 * The newest release in an output folder, or null where there is none yet. Release folders appear whole, so the
 * greatest version counts: `latest` may lag behind it after a crash, or be lost in a copy.
 */
export async function latestVersion(out: string): Promise<string | null> {
  const names = await readdir(out).catch(() => []);
  return (
    names
      .filter((name) => VERSION.test(name))
      .sort(compareVersions)
      .at(-1) ?? null
  );
}
