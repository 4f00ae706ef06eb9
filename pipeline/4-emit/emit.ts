import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SCHEMA_VERSION, TABLES } from "../../schemas/index.ts";
import { type Effects, timestamp } from "../core/effects.ts";
import { PapersetError } from "../core/errors.ts";
import { makeFolder, ofWriting, writeFileAtomic } from "../core/files.ts";
import type { FileEntry, Manifest } from "../core/manifest.ts";
import { MANIFEST, type Release } from "../core/release.ts";
import type { StageReport } from "../core/run-stage.ts";
import { byPath, rowCounts } from "../core/table-files.ts";
import { acceptDrift } from "../release/accept.ts";
import { inTodaysShape } from "../release/earlier.ts";
import { nextDifference } from "../release/next.ts";
import { FIRST_VERSION } from "../release/version.ts";
import { appear, pointLatest, requireLink } from "./appear.ts";
import { writeDifference } from "./difference-files.ts";
import { type Layout, PLAIN_LAYOUT } from "./layout.ts";
import type { Attribution } from "./metadata/attribution.ts";
import type { ReleaseFacts } from "./metadata/facts.ts";
import { METADATA_FILES } from "./metadata/metadata-files.ts";
import { type Retirement, retiredIds } from "./retired.ts";
import { sortMentions } from "./sort-mentions.ts";
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
  readonly layout?: Layout;
  /** Why a release may pass that differs by more than is expected; null: it may not. */
  readonly accept: string | null;
  readonly words: Words;
  readonly attribution: Attribution;
}

export interface Emitted {
  readonly release: Release;
  /** False: the content equals the previous release, and no new one was made. */
  readonly isNew: boolean;
}

const STAGE = "4-emit";

/** The rows of a release by its version, with or without the words of others. */
async function releasedRows(
  findings: Findings,
  config: EmitConfig,
): Promise<(version: string) => TableSources> {
  const path = sortedOf(config);
  await makeFolder(dirname(path));
  const mentions = await sortMentions(findings.papers, path);
  return (version) => {
    const rows = tableRows(findings, version, mentions);
    return config.words === "withheld" ? withoutWords(rows) : rows;
  };
}

/** The retired ids of a release of this version. */
const retiredRows = (retired: readonly Retirement[], version: string) =>
  retired.map((row) => ({ ...row, retired_in_version: row.retired_in_version ?? version }));

/** Every table before its version is known: what is new carries the version of the release before. */
function tablesToCompare(
  rowsOf: (version: string) => TableSources,
  retired: readonly Retirement[],
  previous: Release | null,
) {
  const version = previous?.version ?? FIRST_VERSION;
  return { ...rowsOf(version), retired_ids: () => retiredRows(retired, version) };
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

/** Where mentions stand in the order of their ids while a release is made. */
const sortedOf = ({ workFolder }: EmitConfig) => join(workFolder, STAGE, "mentions.jsonl");

/** Where a release stands while it is made. */
const asideOf = ({ workFolder }: EmitConfig) => join(workFolder, STAGE, "release");

async function make(
  findings: Findings,
  reports: readonly StageReport[],
  config: EmitConfig,
  effects: Effects,
): Promise<Emitted> {
  const { previous, words, layout = PLAIN_LAYOUT } = config;
  await requireLink(config.out);
  const retired = await retiredIds(findings, previous === null ? null : await inTodaysShape(previous));
  const now = effects.now();
  const created = timestamp(config.sourceDateEpoch === null ? now : new Date(config.sourceDateEpoch * 1000));
  const rowsOf = await releasedRows(findings, config);
  const difference = await nextDifference(previous, tablesToCompare(rowsOf, retired, previous), created);
  if (difference.step === "none" && previous !== null) {
    if (dirname(previous.folder) === config.out) await pointLatest(config.out, previous.version);
    return { release: previous, isNew: false };
  }
  const accepted = acceptDrift(difference, config.accept, now, effects.log);
  const newVersion = difference.to.version;
  const folder = asideOf(config);
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const written = await writeTables(
    rowsOf(newVersion),
    folder,
    (done, total) => effects.log.progress(STAGE, done, total),
    layout,
  );
  const goneRows = retiredRows(retired, newVersion);
  const dataFiles = [
    ...written.files,
    ...(await writeTable(TABLES.retired_ids, goneRows, folder, layout)),
  ].sort(byPath);
  const counts = rowCounts(dataFiles);
  const [first, last] = [written.days[0], written.days.at(-1)];
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
  const about = [
    ...(await writeMetadata(facts, folder)),
    ...(await writeDifference(difference, previous, accepted, folder)),
  ];
  const described = [...dataFiles, ...about].sort(byPath);
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
    ...(accepted === null ? {} : { accepted }),
    files,
  };
  await writeFileAtomic(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  effects.log.progress(STAGE, 1, 1);
  return { release: await appear(folder, newVersion, config.out, now), isNew: true };
}

/**
 * Computes the version from what differs, writes all tables and their metadata to a folder aside, reads them back with
 * another reader, and makes the release appear by one rename. Where nothing differs none is made and none written. Where
 * a place cannot be written, the error says what to do, and what was written aside takes no room any more.
 */
export async function emit(...given: Parameters<typeof make>): Promise<Emitted> {
  const [, , config] = given;
  try {
    return await make(...given);
  } catch (cause) {
    const error = ofWriting(cause, config.out);
    if (error instanceof PapersetError && error.code === "OUTPUT_UNWRITABLE")
      await rm(asideOf(config), { recursive: true, force: true }).catch(() => {}); // the first error is the one to tell of
    throw error;
  } finally {
    await rm(sortedOf(config), { force: true }).catch(() => {}); // it takes room and does no harm
  }
}
