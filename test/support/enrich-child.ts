import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dedupe } from "../../pipeline/2-dedupe/dedupe.ts";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { openJournal } from "../../pipeline/3-enrich/journal.ts";
import type { Stage } from "../../pipeline/core/stage.ts";
import { testEffects } from "./effects.ts";
import type { GitHubDouble } from "./github-double.ts";
import { paperNaming } from "./repositories.ts";
import { runAlone } from "./stages.ts";

/** The program's own process for `enrich`, over papers that are made for it: what can be stopped and killed. */

/** Papers as the stage before leaves them. */
const made: Stage<Paper, Paper, null> = {
  name: dedupe.name,
  async *run(papers, { tally }) {
    for await (const paper of papers) {
      tally.read += 1;
      yield paper;
    }
  },
};

/** Leaves one paper for each of these repositories in the work folder of `out`. */
export async function leavePapers(out: string, fullNames: readonly string[]): Promise<void> {
  const papers = fullNames.map((name) => paperNaming(name));
  await runAlone(made, papers, null, testEffects(), join(out, ".work"));
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of `paperset enrich` in a process of its own. */
export function startEnrich(
  out: string,
  double: GitHubDouble,
  token: string,
  options: readonly string[] = [],
) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../../pipeline/bin.ts"), "enrich", "--out", out, ...options],
    {
      env: { GITHUB_API_URL: double.apiUrl, GITHUB_GRAPHQL_URL: double.graphqlUrl, GITHUB_TOKEN: token },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      written[stream] += text;
    });
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (exitCode) => resolve({ exitCode, ...written })),
  );
  return { ended, kill: (signal: NodeJS.Signals) => child.kill(signal), written, pid: child.pid };
}

const journalOf = (out: string) => join(out, ".work/3-enrich/journal.jsonl");

/** Ids of the repositories of which the journal of `out` holds a verdict, in their order. */
export async function journalledIds(out: string): Promise<string[]> {
  const entries = await Array.fromAsync(openJournal(journalOf(out)).entries());
  return entries.flatMap((entry) =>
    "answer" in entry && entry.answer.kind !== "failed" ? [entry.repository_id] : [],
  );
}

export const journalText = (out: string) => readFile(journalOf(out), "utf8");
