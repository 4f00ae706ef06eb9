import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { cluster } from "../../pipeline/2-dedupe/cluster.ts";
import { records } from "./records.ts";

/**
 * Times finding which mentions are of one work, each size in a process of its own so that its memory can be told, and
 * says how right the answer is by the truth that the made mentions carry. Making the mentions is not counted. A second
 * size, a tenth of the first, shows how the cost of a mention grows.
 */
const MENTIONS = Number(process.env["BENCH_MENTIONS"] ?? 20_000);

interface Figures {
  readonly seconds: number;
  /** Seconds of all processors: what is left of noise when others use them too. */
  readonly busy: number;
  /** At most, in megabytes of 2^20 bytes. */
  readonly resident: number;
  readonly works: number;
  /** Shares of the found pairs that are true, and of the true ones that were found. */
  readonly precision: number;
  readonly recall: number;
}

const pairsOf = (size: number) => (size * (size - 1)) / 2;

/** Pairs of places with one number. */
function pairsIn(numbers: Iterable<number>): number {
  const sizes = new Map<number, number>();
  for (const number of numbers) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  return sizes.values().reduce((sum, size) => sum + pairsOf(size), 0);
}

type Time = Pick<Figures, "seconds" | "busy">;

function timeFrom(start: number, before: NodeJS.CpuUsage): Time {
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, busy: (user + system) / 1e6 };
}

function timeOfMaking(count: number): Time {
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (const _made of records(count));
  return timeFrom(start, before);
}

function measure(count: number): Figures {
  const making = timeOfMaking(count);
  const truth = new Map<string, number>();
  const mentions: Mention[] = [];
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (const { mention, work } of records(count)) {
    truth.set(mention.mention_id, work);
    mentions.push(mention);
  }
  const found = cluster(mentions).map((members) =>
    members.map(({ mention }) => truth.get(mention.mention_id) ?? 0),
  );
  const time = timeFrom(start, before);
  const both = found.reduce((sum, works) => sum + pairsIn(works), 0);
  return {
    seconds: time.seconds - making.seconds,
    busy: time.busy - making.busy,
    resident: process.resourceUsage().maxRSS / 1024,
    works: found.length,
    precision: both / found.reduce((sum, { length }) => sum + pairsOf(length), 0),
    recall: both / pairsIn(truth.values()),
  };
}

const run = promisify(execFile);
async function apart(count: number): Promise<Figures> {
  const { stdout } = await run(process.execPath, [import.meta.filename, String(count)]);
  return JSON.parse(stdout) as Figures;
}

async function compareSizes(): Promise<void> {
  console.log("2-dedupe    s  s busy  mentions/s  MB resident  precision  recall     works  to smaller");
  let smaller: number | null = null;
  for (const count of [Math.ceil(MENTIONS / 10), MENTIONS]) {
    const { seconds, busy, resident, works, precision, recall } = await apart(count);
    const cost = seconds / count;
    const figures = [
      String(count).padStart(8),
      seconds.toFixed(1).padStart(5),
      busy.toFixed(1).padStart(8),
      (count / seconds).toFixed(0).padStart(12),
      resident.toFixed(0).padStart(13),
      precision.toFixed(4).padStart(11),
      recall.toFixed(4).padStart(8),
      String(works).padStart(10),
      (smaller === null ? "" : (cost / smaller).toFixed(2)).padStart(12),
    ];
    console.log(figures.join(""));
    smaller = cost;
  }
}

const [count] = process.argv.slice(2);
if (count === undefined) await compareSizes();
else console.log(JSON.stringify(measure(Number(count))));
