import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { journalledIds, journalText, leavePapers, startEnrich } from "../support/enrich-child.ts";
import { type GitHubDouble, type Replies, startGitHubDouble } from "../support/github-double.ts";
import { many } from "./hosts/replies.ts";

const TOKEN = "t0ken-of-a-child";
/** The largest batch, which is what may have to be asked again. */
const BATCH = 100;

let out: string;
let double: GitHubDouble;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "paperset-stopping-"));
});
afterEach(async () => {
  await double.close();
  await rm(out, { recursive: true });
});

async function prepare(count: number, replies: Partial<Replies> = {}): Promise<void> {
  double = await startGitHubDouble({ token: TOKEN, repositories: many(count), ...replies });
  await leavePapers(out, Object.keys(many(count)));
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const names = () => double.seen.reduce((sum, { aliases }) => sum + aliases, 0);

describe("Ctrl-C ends the run cleanly within a second", () => {
  /** Stops a run as soon as `isTime`, and says how long it took to end. */
  async function stopWhen(isTime: (stderr: string) => boolean) {
    const run = startEnrich(out, double, TOKEN);
    await until(() => isTime(run.written.stderr));
    const start = performance.now();
    run.kill("SIGINT");
    const ended = await run.ended;
    return { ...ended, milliseconds: performance.now() - start };
  }

  test.each<[string, Partial<Replies>, (stderr: string) => boolean]>([
    ["between queries", {}, () => double.seen.length >= 1],
    [
      "while it waits for the window",
      { limits: { graphql_after: 1 } },
      (stderr) => stderr.includes("rate limit"),
    ],
    [
      "while the host says nothing",
      { fault: (number) => (number === 2 ? "hang" : null) },
      () => double.seen.length >= 2,
    ],
  ])("%s, and the next run goes on", async (_when, replies, isTime) => {
    await prepare(120, replies);
    const { exitCode, stderr, milliseconds } = await stopWhen(isTime);
    expect(milliseconds).toBeLessThan(1000);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^paperset: Stopped\. What was finished is kept: run again to go on\.$/m);
    expect(stderr).not.toMatch(/^ +at /m);
    const kept = await journalledIds(out);
    await double.close();
    const earlier = names();
    double = await startGitHubDouble({ token: TOKEN, repositories: many(120) });
    const { exitCode: finished } = await startEnrich(out, double, TOKEN).ended;
    expect(finished).toBe(0);
    expect(names()).toBe(120 - kept.length);
    expect(earlier + names()).toBeLessThanOrEqual(120 + BATCH);
  });
});

test("kill -9 at any moment loses nothing that was answered before the last batch, and repeats no more", async () => {
  const count = 260;
  await prepare(count, { latencyMs: 40 });
  const kills = 5;
  for (let i = 0; i < kills; i += 1) {
    const run = startEnrich(out, double, TOKEN);
    const before = double.seen.length;
    await until(() => double.seen.length > before || run.written.stdout !== "");
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    run.kill("SIGKILL");
    await run.ended;
  }
  const { exitCode, stdout } = await startEnrich(out, double, TOKEN).ended;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^alive +260$/m);
  const ids = await journalledIds(out);
  expect([ids.length, new Set(ids).size]).toEqual([count, count]);
  expect(names()).toBeLessThanOrEqual(count + kills * BATCH);
  expect(await journalText(out)).not.toContain(TOKEN);
});
