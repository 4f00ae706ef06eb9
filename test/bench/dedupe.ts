import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { profileOf } from "../../pipeline/2-dedupe/profile.ts";
import { Packer } from "../../pipeline/2-dedupe/store/profiles.ts";
import { findWorks } from "../../pipeline/2-dedupe/works.ts";
import { records } from "./records.ts";

/**
 * Times finding which mentions are of one work, each size in a process of its own so that its memory can be told, and
 * says how right the answer is by the truth that the made mentions carry. Making the mentions is not counted. A second
 * size, a tenth of the first, shows how the cost of a mention grows.
 */
const MENTIONS = Number(process.env["BENCH_MENTIONS"] ?? 100_000);

interface Figures {
  readonly seconds: number;
  /** Seconds of all processors: what is left of noise when others use them too. */
  readonly busy: number;
  /** At most, in megabytes of 2^20 bytes. */
  readonly resident: number;
  readonly asked: number;
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
  const truth = new Int32Array(count);
  const packer = new Packer();
  const [start, before] = [performance.now(), process.cpuUsage()];
  let made = 0;
  for (const { mention, work } of records(count)) {
    truth[made++] = work;
    packer.add(profileOf(mention));
  }
  const order = packer.order();
  const { firstOf, asked } = findWorks(packer.profiles(order));
  const time = timeFrom(start, before);
  const resident = process.resourceUsage().maxRSS / 1024;
  const works = order.map((entry) => truth[entry] ?? 0);
  const both = pairsIn(firstOf.values().map((first, at) => first * count + (works[at] ?? 0)));
  return {
    seconds: time.seconds - making.seconds,
    busy: time.busy - making.busy,
    resident,
    asked,
    works: new Set(firstOf).size,
    precision: both / pairsIn(firstOf),
    recall: both / pairsIn(works),
  };
}

const run = promisify(execFile);
async function apart(count: number): Promise<Figures> {
  const { stdout } = await run(process.execPath, [import.meta.filename, String(count)]);
  return JSON.parse(stdout) as Figures;
}

async function compareSizes(): Promise<void> {
  console.log(
    "2-dedupe    s  s busy  mentions/s  MB resident  asked/mention  precision  recall     works  to smaller",
  );
  let smaller: number | null = null;
  for (const count of [Math.ceil(MENTIONS / 10), MENTIONS]) {
    const { seconds, busy, resident, asked, works, precision, recall } = await apart(count);
    const cost = seconds / count;
    const figures = [
      String(count).padStart(8),
      seconds.toFixed(1).padStart(5),
      busy.toFixed(1).padStart(8),
      (count / seconds).toFixed(0).padStart(12),
      resident.toFixed(0).padStart(13),
      (asked / count).toFixed(2).padStart(15),
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
