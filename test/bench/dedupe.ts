import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { dedupe } from "../../pipeline/2-dedupe/dedupe.ts";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { openLineWriter, readJsonLines } from "../../pipeline/core/files.ts";
import { runStage } from "../../pipeline/core/run-stage.ts";
import { benchEffects } from "./effects.ts";
import { records } from "./records.ts";

/**
 * Times the dedupe stage from the file of mentions to the file of papers, each size in a process of its own so that its
 * memory can be told, and says how right the answer is by the truth that the made mentions carry. A second size, a tenth
 * of the first, shows how the cost of a mention grows.
 */
const MENTIONS = Number(process.env["BENCH_MENTIONS"] ?? 100_000);

interface Figures {
  readonly seconds: number;
  /** Seconds of all processors: what is left of noise when others use them too. */
  readonly busy: number;
  /** At most, in megabytes of 2^20 bytes. */
  readonly resident: number;
  readonly compared: number;
}

/** Shares of the found pairs that are true, and of the true ones that were found. */
interface Truth {
  readonly works: number;
  readonly precision: number;
  readonly recall: number;
}

const pairsOf = (size: number) => (size * (size - 1)) / 2;

/** Pairs of mentions with one number. */
function pairsIn(numbers: Iterable<number>): number {
  let [pairs, last, size] = [0, Number.NaN, 0];
  for (const number of Float64Array.from(numbers).sort()) {
    if (number !== last) [pairs, last, size] = [pairs + pairsOf(size), number, 0];
    size += 1;
  }
  return pairs + pairsOf(size);
}

/** Writes made mentions, and gives the work of each by its number in the order of making. */
async function make(count: number, path: string): Promise<Int32Array> {
  const works = new Int32Array(count);
  const writer = await openLineWriter(path);
  let made = 0;
  for (const { mention, work } of records(count)) {
    works[made++] = work;
    await writer.write(JSON.stringify(mention));
  }
  await writer.close();
  return works;
}

/** The number of a made mention stands at the end of its id. */
const numberOf = (id: string) => Number.parseInt(id.slice(-8), 16);

async function judge(papers: AsyncIterable<Paper>, works: Int32Array): Promise<Truth> {
  const found = new Int32Array(works.length);
  let count = 0;
  for await (const { mentions } of papers) {
    for (const { mention_id } of mentions) found[numberOf(mention_id)] = count;
    count += 1;
  }
  const both = pairsIn(found.values().map((paper, at) => paper * works.length + (works[at] ?? 0)));
  return { works: count, precision: both / pairsIn(found), recall: both / pairsIn(works) };
}

const projectFolder = join(import.meta.dirname, "../..");

async function measure(folder: string): Promise<Figures> {
  const path = join(folder, "mentions.jsonl");
  const input = { digest: "made", path, records: () => readJsonLines<Mention>(path) };
  const options = { workFolder: folder, projectFolder, reuse: false };
  const [start, before] = [performance.now(), process.cpuUsage()];
  const { report } = await runStage(dedupe, input, { overrides: [], previous: null }, benchEffects, options);
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - start) / 1000,
    busy: (user + system) / 1e6,
    resident: process.resourceUsage().maxRSS / 1024,
    compared: Number(report.notes["compared_pairs"]),
  };
}

async function inFolder(count: number): Promise<Figures & Truth> {
  const folder = await mkdtemp(join(tmpdir(), "paperset-bench-"));
  try {
    const works = await make(count, join(folder, "mentions.jsonl"));
    const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, folder]);
    const papers = readJsonLines<Paper>(join(folder, dedupe.name, "records.jsonl"));
    return { ...(JSON.parse(stdout) as Figures), ...(await judge(papers, works)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compareSizes(): Promise<void> {
  console.log(
    "2-dedupe    s  s busy  mentions/s  MB resident  compared/mention  precision  recall     works  to smaller",
  );
  let smaller: number | null = null;
  for (const count of [Math.ceil(MENTIONS / 10), MENTIONS]) {
    const { seconds, busy, resident, compared, works, precision, recall } = await inFolder(count);
    const cost = seconds / count;
    const figures = [
      String(count).padStart(8),
      seconds.toFixed(1).padStart(5),
      busy.toFixed(1).padStart(8),
      (count / seconds).toFixed(0).padStart(12),
      resident.toFixed(0).padStart(13),
      (compared / count).toFixed(2).padStart(18),
      precision.toFixed(4).padStart(11),
      recall.toFixed(4).padStart(8),
      String(works).padStart(10),
      (smaller === null ? "" : (cost / smaller).toFixed(2)).padStart(12),
    ];
    console.log(figures.join(""));
    smaller = cost;
  }
}

const folder = process.argv[2];
if (folder === undefined) await compareSizes();
else console.log(JSON.stringify(await measure(folder)));
