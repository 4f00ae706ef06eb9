import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { PLAIN_LAYOUT } from "../../pipeline/4-emit/layout.ts";
import { FORMATS, writeTable } from "../../pipeline/4-emit/write-table.ts";
import { tablePath } from "../../pipeline/core/table-files.ts";
import { TABLES } from "../../schemas/index.ts";
import { paperRows } from "./paper-rows.ts";

/**
 * Times writing papers in each format alone and in all in one pass, beside DuckDB's COPY of the same rows from its own
 * table in memory. Each runs in a process of its own, so that its memory can be told, and by turns, so that both have
 * the same noise; the median of the turns is printed. Our seconds include making the rows, which DuckDB has at hand, and
 * checking them against the schema; `net` is the ratio without the making.
 */
const ROWS = Number(process.env["BENCH_ROWS"] ?? 100_000);
const TURNS = Number(process.env["BENCH_TURNS"] ?? 3);
/** DuckDB holds the whole table in memory, some 2.5 GB for a million rows; with more rows it is left out. */
const DUCKDB_ROWS = 2_000_000;

interface Figures {
  readonly seconds: number;
  /** Seconds of all processors: what is left of noise when others use them too. */
  readonly busy: number;
  /** At most, in megabytes of 2^20 bytes. */
  readonly resident: number;
}

const NAMES = FORMATS.map(({ name }) => name);
type Name = (typeof NAMES)[number];
const COPY_OPTIONS: Readonly<Record<Name, string>> = {
  csv: "FORMAT csv, HEADER",
  jsonl: "FORMAT json",
  parquet: "FORMAT parquet, COMPRESSION zstd",
};

async function timed(run: () => Promise<unknown>): Promise<Figures> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, busy: (user + system) / 1e6, resident: process.resourceUsage().maxRSS / 1024 };
}

async function copy(name: Name, folder: string): Promise<Figures> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const source = join(folder, tablePath("parquet", "papers"));
  await connection.run(`CREATE TABLE papers AS SELECT * FROM read_parquet('${source}')`);
  const target = join(folder, `copy.${name}`);
  const figures = await timed(() => connection.run(`COPY papers TO '${target}' (${COPY_OPTIONS[name]})`));
  connection.closeSync();
  instance.closeSync();
  return figures;
}

/** What a process of its own does: the task is a format's name, `all`, `rows`, or a format's name after `copy-`. */
async function measure(task: string, folder: string): Promise<Figures> {
  if (task.startsWith("copy-")) return copy(task.slice("copy-".length) as Name, folder);
  const rows = paperRows(ROWS);
  if (task === "rows") return timed(async () => rows().reduce((count) => count + 1, 0));
  const formats = FORMATS.filter(({ name }) => task === "all" || task === name);
  return timed(() => writeTable(TABLES.papers, rows(), folder, PLAIN_LAYOUT, formats));
}

const run = promisify(execFile);
async function apart(task: string, folder: string): Promise<Figures> {
  const { stdout } = await run(process.execPath, [import.meta.filename, task, folder]);
  return JSON.parse(stdout) as Figures;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
function middle(figures: readonly Figures[]): Figures {
  const of = (what: keyof Figures) => median(figures.map((one) => one[what]));
  return { seconds: of("seconds"), busy: of("busy"), resident: of("resident") };
}

async function takeTurns(folder: string): Promise<Map<string, Figures>> {
  const copies = ROWS > DUCKDB_ROWS ? [] : NAMES.map((name) => `copy-${name}`);
  const tasks = [
    "rows",
    "all",
    ...NAMES.flatMap((name) => [name, ...copies.filter((task) => task.endsWith(name))]),
  ];
  const measured = new Map<string, Figures[]>(tasks.map((task) => [task, []]));
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const task of tasks) measured.get(task)?.push(await apart(task, folder));
  return new Map(measured.entries().map(([task, figures]) => [task, middle(figures)]));
}

const sum = (figures: readonly (Figures | undefined)[], what: keyof Figures) =>
  figures.reduce((total, one) => total + (one?.[what] ?? Number.NaN), 0);

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "paperset-bench-"));
  try {
    const figures = await takeTurns(folder);
    console.log(
      `4-emit, ${ROWS} papers       s  s busy  MB resident       MB  DuckDB s  s busy  to DuckDB   net  busy`,
    );
    const making = figures.get("rows")?.seconds ?? Number.NaN;
    const print = (
      what: string,
      ours: Figures | undefined,
      theirs: Figures | undefined,
      bytes: number | null,
    ) => {
      const ratio = (of: "seconds" | "busy", less = 0) =>
        theirs === undefined ? "" : (((ours?.[of] ?? Number.NaN) - less) / theirs[of]).toFixed(2);
      const cells = [
        ours?.seconds.toFixed(2).padStart(8),
        ours?.busy.toFixed(2).padStart(8),
        ours?.resident.toFixed(0).padStart(13),
        (bytes === null ? "" : (bytes / 1e6).toFixed(0)).padStart(9),
        (theirs?.seconds.toFixed(2) ?? "").padStart(10),
        (theirs?.busy.toFixed(2) ?? "").padStart(8),
        ratio("seconds").padStart(11),
        ratio("seconds", making).padStart(6),
        ratio("busy").padStart(6),
      ];
      console.log(what.padEnd(22) + cells.join(""));
    };
    print("making the rows", figures.get("rows"), undefined, null);
    for (const name of NAMES) {
      const { size } = await stat(join(folder, tablePath(name, "papers")));
      print(name, figures.get(name), figures.get(`copy-${name}`), size);
    }
    const copies = NAMES.map((name) => figures.get(`copy-${name}`));
    const theirs = { seconds: sum(copies, "seconds"), busy: sum(copies, "busy"), resident: 0 };
    print("all three in one pass", figures.get("all"), copies.includes(undefined) ? undefined : theirs, null);
    const alone = NAMES.map((name) => figures.get(name));
    const share = (figures.get("all")?.seconds ?? Number.NaN) / sum(alone, "seconds");
    console.log(`all three in one pass take ${share.toFixed(2)} of the time of one after the other`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [task, folder] = process.argv.slice(2);
if (task === undefined || folder === undefined) await compare();
else console.log(JSON.stringify(await measure(task, folder)));
