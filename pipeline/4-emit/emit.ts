import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SCHEMA_VERSION, TABLES, type TableName } from "../../schemas/index.ts";
import { type Effects, timestamp } from "../core/effects.ts";
import { makeFolder, writeFileAtomic } from "../core/files.ts";
import type { FileEntry, Manifest } from "../core/manifest.ts";
import { MANIFEST, type Release } from "../core/release.ts";
import type { StageReport } from "../core/run-stage.ts";
import { bumpFrom, FIRST_VERSION, larger, nextVersion, retiredFingerprint } from "../release/version.ts";
import { appear, pointLatest } from "./appear.ts";
import type { Attribution } from "./metadata/attribution.ts";
import type { ReleaseFacts } from "./metadata/facts.ts";
import { METADATA_FILES } from "./metadata/metadata-files.ts";
import { type Retirement, retiredIds } from "./retired.ts";
import { type Findings, type TableSources, tableRows } from "./tables.ts";
import { type Words, withoutWords } from "./withhold.ts";
import { fileEntry, writeTable } from "./write-table.ts";
import { writeTables } from "./write-tables.ts";

export interface EmitConfig {
  readonly out: string;
  readonly workFolder: string;
  /** Seconds since 1970 of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or null. */
  readonly sourceDateEpoch: number | null;
  readonly previous: Release | null;
  readonly words: Words;
  readonly attribution: Attribution;
}

export interface Emitted {
  readonly release: Release;
  /** False: the content equals the previous release, and no new one was made. */
  readonly isNew: boolean;
}

const STAGE = "4-emit";

/** The rows of a release of this version, with or without the words of others. */
function releasedRows(findings: Findings, version: string, words: Words): TableSources {
  const rows = tableRows(findings, version);
  return words === "withheld" ? withoutWords(rows) : rows;
}

/** The version that the content calls for, or null when it equals the previous release. */
async function computeVersion(
  findings: Findings,
  retired: readonly Retirement[],
  { previous, words }: EmitConfig,
): Promise<string | null> {
  if (previous === null) return FIRST_VERSION;
  const before = await Array.fromAsync(previous.rows("retired_ids"));
  const retiredBump = retiredFingerprint(before) === retiredFingerprint(retired) ? "none" : "minor";
  const bump = larger(retiredBump, await bumpFrom(previous, releasedRows(findings, previous.version, words)));
  return bump === "none" ? null : nextVersion(previous.version, bump);
}

async function writeMetadata(facts: ReleaseFacts, folder: string): Promise<FileEntry[]> {
  await makeFolder(join(folder, "schemas"));
  for (const [path, text] of Object.entries(METADATA_FILES)) await writeFile(join(folder, path), text(facts));
  return Promise.all(Object.keys(METADATA_FILES).map((path) => fileEntry(folder, path)));
}

/** SHA256SUMS as `sha256sum -c` reads it. */
async function writeSums(files: readonly FileEntry[], folder: string): Promise<FileEntry> {
  await writeFile(join(folder, "SHA256SUMS"), files.map((file) => `${file.sha256}  ${file.path}\n`).join(""));
  return fileEntry(folder, "SHA256SUMS");
}

const byPath = (a: FileEntry, b: FileEntry) => (a.path < b.path ? -1 : 1);

/**
 * Computes the version from what differs, writes all tables and their metadata to a folder aside, reads them back with
 * another reader, and makes the release appear by one rename. Where nothing differs none is made and none written.
 */
export async function emit(
  findings: Findings,
  reports: readonly StageReport[],
  config: EmitConfig,
  effects: Effects,
): Promise<Emitted> {
  const { previous, words } = config;
  const retired = await retiredIds(findings, previous);
  const version = await computeVersion(findings, retired, config);
  if (version === null && previous !== null) {
    if (dirname(previous.folder) === config.out) await pointLatest(config.out, previous.version);
    return { release: previous, isNew: false };
  }
  const newVersion = version ?? FIRST_VERSION;
  const folder = join(config.workFolder, STAGE, "release");
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const written = await writeTables(releasedRows(findings, newVersion, words), folder, (done, total) =>
    effects.log.progress(STAGE, done, total),
  );
  const retiredRows = retired.map((row) => ({
    ...row,
    retired_in_version: row.retired_in_version ?? newVersion,
  }));
  const dataFiles = [...written.files, ...(await writeTable(TABLES.retired_ids, retiredRows, folder))].sort(
    byPath,
  );
  const counts = Object.fromEntries(dataFiles.map((file) => [file.table, file.rows])) as Record<
    TableName,
    number
  >;
  const [first, last] = [written.days[0], written.days.at(-1)];
  const created = timestamp(
    config.sourceDateEpoch === null ? effects.now() : new Date(config.sourceDateEpoch * 1000),
  );
  const inputs = [...written.inputs.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  const facts: ReleaseFacts = {
    version: newVersion,
    schemaVersion: SCHEMA_VERSION,
    created,
    previousVersion: previous?.version ?? null,
    counts,
    statuses: written.statuses,
    formats: [...new Set(written.inputs.values().map(({ format }) => format))].sort(),
    window: first === undefined || last === undefined ? null : { first, last },
    inputs,
    words,
    attribution: config.attribution,
    files: dataFiles,
  };
  const described = [...dataFiles, ...(await writeMetadata(facts, folder))].sort(byPath);
  const files = [...described, await writeSums(described, folder)].sort(byPath);
  const manifest: Manifest = {
    name: "paperset",
    version: newVersion,
    schema_version: SCHEMA_VERSION,
    created,
    previous_version: facts.previousVersion,
    counts,
    repository_statuses: facts.statuses,
    words_of_others: words,
    inputs,
    stages: Object.fromEntries(
      reports.map((r) => [r.stage, { input: r.inputDigest, code: r.codeDigest, output: r.outputDigest }]),
    ),
    files,
  };
  await writeFileAtomic(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  effects.log.progress(STAGE, 1, 1);
  return { release: await appear(folder, newVersion, config.out), isNew: true };
}
