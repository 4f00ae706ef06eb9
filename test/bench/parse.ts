import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { resolveConfig } from "../../pipeline/config.ts";
import { runParse } from "../../pipeline/pipeline.ts";
import { writeCapture, writeJsonLines } from "./captures.ts";
import { benchEffects } from "./effects.ts";

/**
 * Times reading captures of about this many megabytes, each in a process of its own so that its memory can be told,
 * beside reading the same file line by line. The figures include writing what was read.
 */
const MEGABYTES = Number(process.env["BENCH_MB"] ?? 200);
/** One entry of a made capture, in bytes. */
const ENTRY_BYTES = 1_120;

interface Figures {
  readonly seconds: number;
  /** At most, in megabytes of 2^20 bytes. */
  readonly resident: number;
}

const TASKS = {
  lines: async (path: string) => {
    for await (const _line of createInterface({ input: createReadStream(path) }));
  },
  parse: async (path: string, folder: string) => {
    const config = await resolveConfig({ input: [path], out: join(folder, "out"), force: true }, {});
    await runParse(config, benchEffects);
  },
} as const;
type Task = keyof typeof TASKS;

async function measure(task: Task, path: string, folder: string): Promise<Figures> {
  const start = performance.now();
  await TASKS[task](path, folder);
  return { seconds: (performance.now() - start) / 1000, resident: process.resourceUsage().maxRSS / 1024 };
}

const run = promisify(execFile);
async function apart(task: Task, path: string, folder: string): Promise<Figures> {
  const { stdout } = await run(process.execPath, [import.meta.filename, task, path, folder]);
  return JSON.parse(stdout) as Figures;
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "paperset-bench-"));
  const entries = Math.ceil((MEGABYTES * 1e6) / ENTRY_BYTES);
  try {
    console.log("1-parse, in one process             MB       s    MB/s  to reading by line  MB resident");
    for (const [what, write] of [
      ["plain text", writeCapture],
      ["JSON Lines", writeJsonLines],
    ] as const) {
      const path = join(folder, "capture");
      await write(path, entries);
      const megabytes = (await stat(path)).size / 1e6;
      const lines = await apart("lines", path, folder);
      const parse = await apart("parse", path, folder);
      const figures = [
        megabytes.toFixed(0).padStart(9),
        parse.seconds.toFixed(2).padStart(8),
        (megabytes / parse.seconds).toFixed(1).padStart(8),
        (parse.seconds / lines.seconds).toFixed(1).padStart(20),
        parse.resident.toFixed(0).padStart(13),
      ];
      console.log(what.padEnd(29) + figures.join(""));
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [task, path, folder] = process.argv.slice(2);
if (task === undefined || path === undefined || folder === undefined) await compare();
else console.log(JSON.stringify(await measure(task as Task, path, folder)));
