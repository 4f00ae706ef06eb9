import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Counts, total } from "./counts.ts";
import { canonicalJson, digestOfCode, sha256 } from "./digest.ts";
import type { Effects } from "./effects.ts";
import { PapersetError } from "./errors.ts";
import {
  exists,
  makeFolder,
  openLineWriter,
  readJson,
  readJsonLines,
  syncFile,
  writeFileAtomic,
} from "./files.ts";
import { RecordLines, type Records, type Stage, type Tally } from "./stage.ts";

/** Written last: the mark that a stage is complete, and what it was made from. */
export interface StageReport {
  readonly stage: string;
  readonly inputDigest: string;
  readonly codeDigest: string;
  readonly configDigest: string;
  readonly outputDigest: string;
  readonly read: number;
  readonly written: number;
  readonly merged: number;
  readonly furniture: Counts;
  readonly rejected: Counts;
  readonly notes: Readonly<Record<string, unknown>>;
}

export interface StageOutput<T> extends Records<T> {
  readonly report: StageReport;
  /** The stage was complete already and was not run again. */
  readonly reused: boolean;
}

export interface RunOptions {
  /** The folder of all stages' outputs, `OUT/.work`. */
  readonly workFolder: string;
  /** The folder that holds package-lock.json and pipeline/. */
  readonly projectFolder: string;
  /** Take a complete output that was made from the same input, code, configuration and packages. */
  readonly reuse: boolean;
}

const recordsOf = (folder: string) => join(folder, "records.jsonl");
const reportOf = (folder: string) => join(folder, "report.json");

function output<T>(folder: string, report: StageReport, reused: boolean): StageOutput<T> {
  const path = recordsOf(folder);
  return { digest: report.outputDigest, path, records: () => readJsonLines<T>(path), report, reused };
}

/** The folder of a stage's own code: its name begins with the folder's, where one folder has several stages. */
const folderOf = (name: string) => /^\d+-[a-z]+/u.exec(name)?.[0] ?? name;

/** Where the code of a stage lies: a stage may call on those before it, as the numbers of their folders have it. */
async function codeFolders(name: string, projectFolder: string): Promise<string[]> {
  const own = Number.parseInt(name, 10);
  const folders = await readdir(join(projectFolder, "pipeline"));
  return folders
    .filter((folder) => Number.parseInt(folder, 10) <= own)
    .map((folder) => `pipeline/${folder}/`);
}

/** The command that runs a stage. */
export const commandOf = (name: string) => folderOf(name).replace(/^\d+-/u, "");

/** Takes back that a stage is complete. */
export async function discardReport(name: string, workFolder: string): Promise<void> {
  await rm(reportOf(join(workFolder, name)), { force: true });
}

/** The report of a stage that is complete: nothing without its records. */
async function finishedReport(folder: string): Promise<StageReport | undefined> {
  return (await exists(recordsOf(folder)))
    ? ((await readJson(reportOf(folder))) as StageReport | undefined)
    : undefined;
}

/** The finished output of a stage that ran before; stops the run when there is none. */
export async function finishedStage<T>(name: string, workFolder: string): Promise<StageOutput<T>> {
  const folder = join(workFolder, name);
  const report = await finishedReport(folder);
  if (report === undefined) {
    throw new PapersetError(
      "STAGE_MISSING",
      `Stage ${name} has no finished output in ${workFolder}: run \`${commandOf(name)}\` first.`,
    );
  }
  return output<T>(folder, report, true);
}

function checkBalance(report: StageReport): void {
  const accounted = report.written + report.merged + total(report.furniture) + total(report.rejected);
  if (report.read !== accounted)
    throw new PapersetError(
      "DEFECT",
      `Stage ${report.stage} read ${report.read} and accounts for ${accounted}.`,
      {
        report,
      },
    );
}

/**
 * Runs a stage over its input, streaming records and rejects to `<workFolder>/<stage>/` and the report last. A stage
 * whose finished report names the same digests is not run again.
 */
export async function runStage<In, Out, Config>(
  stage: Stage<In, Out, Config>,
  input: Records<NoInfer<In>>,
  config: NoInfer<Config>,
  effects: Effects,
  options: RunOptions,
): Promise<StageOutput<Out>> {
  const folder = join(options.workFolder, stage.name);
  const madeFrom = {
    inputDigest: input.digest,
    codeDigest: await digestOfCode(options.projectFolder, [
      "schemas/",
      "pipeline/core/",
      ...(await codeFolders(stage.name, options.projectFolder)),
      "package-lock.json",
    ]),
    configDigest: sha256(canonicalJson(config)),
  };
  const earlier = await finishedReport(folder);
  const same =
    earlier !== undefined &&
    Object.entries(madeFrom).every(([k, v]) => earlier[k as keyof typeof madeFrom] === v);
  if (options.reuse && same) return output<Out>(folder, earlier, true);

  await makeFolder(folder);
  await rm(reportOf(folder), { force: true });
  const scratch = join(folder, "scratch");
  await rm(scratch, { recursive: true, force: true });
  await makeFolder(scratch);
  const digest = createHash("sha256");
  const records = await openLineWriter(recordsOf(folder), (bytes) => digest.update(bytes));
  const rejects = await openLineWriter(join(folder, "rejects.jsonl"));
  const tally: Tally = { read: 0, merged: 0, furniture: {} };
  const rejected: Record<string, number> = {};
  const notes: Record<string, unknown> = {};
  const waiting: string[] = [];
  let written = 0;
  try {
    const context = {
      config,
      effects,
      tally,
      reject: (reject: { readonly reason: string }) => {
        rejected[reject.reason] = (rejected[reject.reason] ?? 0) + 1;
        waiting.push(JSON.stringify(reject));
      },
      note: (name: string, value: unknown) => {
        notes[name] = value;
      },
      inputPath: input.path ?? null,
      scratch,
    };
    const flushRejects = async () => {
      for (const line of waiting.splice(0)) await rejects.write(line);
    };
    for await (const record of stage.run(input.records(), context)) {
      effects.signal.throwIfAborted();
      if (record instanceof RecordLines) await records.writeBytes(record.bytes);
      else await records.write(JSON.stringify(record));
      written += record instanceof RecordLines ? record.count : 1;
      if (waiting.length > 0) await flushRejects();
    }
    await flushRejects();
  } finally {
    await Promise.all([records.close(), rejects.close()]);
    await rm(scratch, { recursive: true, force: true });
  }
  const report: StageReport = {
    stage: stage.name,
    ...madeFrom,
    outputDigest: digest.digest("hex"),
    read: tally.read,
    written,
    merged: tally.merged,
    furniture: tally.furniture,
    rejected,
    notes,
  };
  checkBalance(report);
  await syncFile(recordsOf(folder)); // before the report says that they are complete
  await writeFileAtomic(reportOf(folder), `${JSON.stringify(report, null, 2)}\n`);
  return output<Out>(folder, report, false);
}
