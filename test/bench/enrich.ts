import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckedRepository } from "../../pipeline/3-enrich/repository.ts";
import { readJsonLines } from "../../pipeline/core/files.ts";
import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import { journalledIds, leavePapers, startEnrich } from "../support/enrich-child.ts";
import {
  type GitHubDouble,
  type Reply,
  startGitHubDouble,
  type TransportFailure,
} from "../support/github-double.ts";
import { random } from "./captures.ts";
import { queueMegabytes } from "./enrich-queue.ts";

/**
 * Checks repositories against the double, in the program's own process: once through, and once killed at random moments.
 */
const REPOSITORIES = Number(process.env["BENCH_REPOSITORIES"] ?? 10_000);
const KILLS = Number(process.env["BENCH_KILLS"] ?? 20);
const LATENCY_MS = 200;
const FAULT_SHARE = 0.03;
const FAULTS: readonly TransportFailure[] = ["server_error", "not_json", "truncated", "reset"];
/** Faults that only the deadline ends, by the number of the request: each costs 20 s, so there is one of each. */
const SLOW: Readonly<Record<number, TransportFailure>> = { 40: "hang", 80: "drip" };
const TOKEN = "t0ken-of-a-bench";

/** What GitHub says of the repository with this number, and the status that it must get. */
function repository(i: number): readonly [string, Reply, RepositoryStatus] {
  const name = `Lab-${i % 500}/code-${i}`;
  const there = { full_name: name, id: i + 1, stars: i % 1000 };
  const kind = (i * 7919) % 200;
  if (kind < 6) return [name, { missing: true }, "missing"];
  if (kind < 10) return [name, { found: { ...there, full_name: `new-${name}` } }, "moved"];
  if (kind < 11) return [name, { blocked: "dmca" }, "blocked"];
  if (kind < 12) return [name, { blocked: "tos" }, "blocked"];
  if (kind < 13) return [name, { only_rest: there }, "alive"];
  if (kind < 14) return [name, { fails: "deeper_error" }, "unknown"];
  if (kind < 15) return [name, { found: { ...there, full_name: name.toUpperCase() } }, "alive"];
  return [name, { found: { ...there, archived: kind < 20 } }, "alive"];
}

const all = Array.from({ length: REPOSITORIES }, (_, i) => repository(i));
const replies = Object.fromEntries(all.map(([name, reply]) => [name, reply]));
const resolvable = all.filter(([, reply]) => "found" in reply).length;
const budget = { graphql: Math.ceil((resolvable * 20) / 1000), rest: REPOSITORIES - resolvable };

function startDouble(): Promise<GitHubDouble> {
  const next = random(7);
  const quick = () => (next() < FAULT_SHARE ? (FAULTS[Math.floor(next() * FAULTS.length)] ?? null) : null);
  const fault = (number: number) => SLOW[number] ?? quick();
  return startGitHubDouble({ token: TOKEN, repositories: replies, latencyMs: LATENCY_MS, fault });
}

/** The most memory that a process ever held, in megabytes; null where the system does not tell. */
async function peakMegabytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** How many repositories have another status than they must. */
async function wrongStatuses(out: string): Promise<number> {
  const expected = new Map(all.map(([name, , status]) => [`github.com/${name}`.toLowerCase(), status]));
  let right = 0;
  for await (const { row, keys } of readJsonLines<CheckedRepository>(
    join(out, ".work/3-enrich/records.jsonl"),
  ))
    if (keys.every((key) => expected.get(key) === row.status)) right += 1;
  return REPOSITORIES - right;
}

function tell(what: string, figures: Readonly<Record<string, string | number | null>>): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value ?? "-"}`);
  console.log(`${what}: ${words.join(", ")}`);
}

const requests = ({ seen }: GitHubDouble) => {
  const graphql = seen.filter(({ method }) => method === "POST");
  return {
    GraphQL: graphql.length,
    REST: seen.length - graphql.length,
    names: graphql.reduce((sum, { aliases }) => sum + aliases, 0),
  };
};

async function inFolder(run: (out: string, double: GitHubDouble) => Promise<void>): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), "paperset-bench-enrich-"));
  const double = await startDouble();
  try {
    await leavePapers(
      out,
      all.map(([name]) => name),
    );
    await run(out, double);
  } finally {
    await double.close();
    await rm(out, { recursive: true });
  }
}

const seconds = (start: number) => ((performance.now() - start) / 1000).toFixed(0);

console.log(
  `${REPOSITORIES} repositories, ${LATENCY_MS} ms a request, ${FAULT_SHARE * 100} % of requests fail`,
);
console.log(`budget: ${budget.graphql} GraphQL for ${resolvable} that resolve + ${budget.rest} REST\n`);

await inFolder(async (out, double) => {
  const start = performance.now();
  const run = startEnrich(out, double, TOKEN);
  const peak: { megabytes: number | null } = { megabytes: null };
  const watch = setInterval(async () => {
    peak.megabytes = (await peakMegabytes(run.pid ?? 0)) ?? peak.megabytes;
  }, 200);
  const { exitCode } = await run.ended;
  clearInterval(watch);
  const wrong = await wrongStatuses(out);
  const { GraphQL, REST } = requests(double);
  tell("once through", {
    s: seconds(start),
    GraphQL,
    REST,
    "MB at most": peak.megabytes?.toFixed(0) ?? null,
    wrong,
    exit: exitCode,
  });
});

await inFolder(async (out, double) => {
  const start = performance.now();
  const next = random(Date.now());
  for (let i = 0; i < KILLS; i += 1) {
    const run = startEnrich(out, double, TOKEN);
    await new Promise((resolve) => setTimeout(resolve, 500 + next() * 4000));
    run.kill("SIGKILL");
    await run.ended;
  }
  const { exitCode } = await startEnrich(out, double, TOKEN).ended;
  const ids = await journalledIds(out);
  const { names, ...counts } = requests(double);
  const asked = {
    "names asked again at most": names - REPOSITORIES,
    "of them by kills at most": KILLS * 100,
  };
  const wrong = await wrongStatuses(out);
  const twice = ids.length - new Set(ids).size;
  tell(`killed ${KILLS} times`, {
    s: seconds(start),
    ...counts,
    ...asked,
    "journalled twice": twice,
    wrong,
    exit: exitCode,
  });
});

const QUEUED = 300_000;
tell(`${QUEUED} known and queued`, { "MB more than 2,000": (await queueMegabytes(QUEUED)).toFixed(1) });
