import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { TABLE_NAMES } from "../schemas/index.ts";
import { type Replies, startGitHubDouble } from "./support/github-double.ts";
import { runPaperset } from "./support/run-paperset.ts";

/**
 * Whole runs as folders: `golden/<case>/input` is read, `replies.json` (if there) is what GitHub answers, and
 * `expected/` is what comes out. A case without expectations writes them when UPDATE_GOLDEN is set.
 */
const GOLDEN = join(import.meta.dirname, "golden");
const scratch: string[] = [];
afterAll(() => Promise.all(scratch.map((folder) => rm(folder, { recursive: true }))));

async function environmentFor(replies: Replies | null) {
  if (replies === null) return { environment: {}, close: async () => {} };
  const double = await startGitHubDouble(replies);
  const environment = {
    GITHUB_API_URL: double.apiUrl,
    GITHUB_GRAPHQL_URL: double.graphqlUrl,
    GITHUB_TOKEN: replies.token,
  };
  return { environment, close: () => double.close() };
}

/** What a case's run leaves behind, by file name: every table's rows, the rejects, and the account of parsing. */
async function outcome(folder: string): Promise<Map<string, string>> {
  const out = await mkdtemp(join(tmpdir(), "paperset-golden-"));
  scratch.push(out);
  const replies = join(folder, "replies.json");
  const given = existsSync(replies) ? (JSON.parse(await readFile(replies, "utf8")) as Replies) : null;
  const { environment, close } = await environmentFor(given);
  try {
    const asking = given === null ? ["--offline"] : ["--only", "github"];
    const input = ["--input", join(folder, "input")];
    const run = await runPaperset(["run", ...input, "--out", out, ...asking], { environment });
    expect(run.stderr, "the run's errors").not.toContain("paperset:");
    expect(run.exitCode).toBe(0);
  } finally {
    await close();
  }
  const { read, written, furniture, rejected } = JSON.parse(
    await readFile(join(out, ".work/1-parse/report.json"), "utf8"),
  );
  const files = new Map([
    ["parse.json", `${JSON.stringify({ read, written, furniture, rejected }, null, 2)}\n`],
  ]);
  files.set("rejects.jsonl", await readFile(join(out, ".work/1-parse/rejects.jsonl"), "utf8"));
  for (const name of TABLE_NAMES)
    files.set(`${name}.jsonl`, await readFile(join(out, "latest/jsonl", `${name}.jsonl`), "utf8"));
  return files;
}

async function update(expected: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(expected, { recursive: true, force: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(expected, name)), { recursive: true });
    await writeFile(join(expected, name), text);
  }
}

test.each(readdirSync(GOLDEN))("the captures of %s become exactly the expected tables", async (name) => {
  const expected = join(GOLDEN, name, "expected");
  const files = await outcome(join(GOLDEN, name));
  if (process.env["UPDATE_GOLDEN"] && !process.env["CI"]) await update(expected, files);
  expect((await readdir(expected)).sort()).toEqual([...files.keys()].sort());
  for (const [file, text] of files) expect(text, file).toBe(await readFile(join(expected, file), "utf8"));
});
