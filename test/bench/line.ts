import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { resolveConfig } from "../../pipeline/config.ts";
import { runEnrich } from "../../pipeline/enrichment.ts";
import { runDedupe, runEmit, runParse } from "../../pipeline/pipeline.ts";
import { verify } from "../../pipeline/release/verify.ts";
import { writeCapture } from "./captures.ts";
import { benchEffects as effects } from "./effects.ts";

/** Times each stage of the line on a capture made for it, beside reading the same file line by line. */
const PAPERS = Number(process.env["BENCH_PAPERS"] ?? 50_000);

const rows: { what: string; seconds: number; rss: number }[] = [];
async function timed<T>(what: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await run();
  rows.push({ what, seconds: (performance.now() - start) / 1000, rss: process.memoryUsage.rss() / 2 ** 20 });
  return result;
}

async function readByLine(path: string): Promise<number> {
  let lines = 0;
  for await (const _line of createInterface({ input: createReadStream(path) })) lines += 1;
  return lines;
}

const folder = await mkdtemp(join(tmpdir(), "paperset-bench-"));
try {
  const capture = join(folder, "capture.txt");
  await writeCapture(capture, PAPERS);
  const megabytes = (await stat(capture)).size / 1e6;
  const config = await resolveConfig({ input: [capture], out: join(folder, "out"), offline: true }, {});
  await timed("reading line by line", () => readByLine(capture));
  const mentions = await timed("1-parse", () => runParse(config, effects));
  const papers = await timed("2-dedupe", () => runDedupe(config, effects, mentions));
  await timed("3-enrich, offline", () => runEnrich(config, effects, papers));
  const { release } = await timed("4-emit, read back", () => runEmit(config, effects));
  await timed("verify", () => verify(release, new Date()));
  const [base] = rows;
  const { mentions: count, papers: works } = release.manifest.counts;
  console.log(`${count} mentions of ${works} papers, ${megabytes.toFixed(0)} MB of capture\n`);
  console.log("step                      s    MB/s  mentions/s  to reading  MB resident");
  for (const { what, seconds, rss } of rows) {
    const ratio = (seconds / (base?.seconds ?? seconds)).toFixed(1);
    const figures = [
      seconds.toFixed(2).padStart(8),
      (megabytes / seconds).toFixed(1).padStart(8),
      (count / seconds).toFixed(0).padStart(12),
      ratio.padStart(12),
      rss.toFixed(0).padStart(13),
    ];
    console.log(what.padEnd(19) + figures.join(""));
  }
} finally {
  await rm(folder, { recursive: true });
}
