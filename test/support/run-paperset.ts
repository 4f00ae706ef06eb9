import { runCli } from "../../pipeline/cli.ts";
import type { Environment } from "../../pipeline/config.ts";

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The moment at which runs in tests happen, unless they say otherwise. */
export const TEST_NOW = "2026-11-21T09:00:00Z";

/** An address at which nobody answers: no test asks a host on the internet. */
const NOBODY = "http://127.0.0.1:1";

/** Runs the program in this process, with a clock that moves only by sleeping, which takes no time. */
export async function runPaperset(
  argv: readonly string[],
  {
    environment = {},
    now = TEST_NOW,
    stdin = "",
  }: { environment?: Environment; now?: string; stdin?: string | Uint8Array } = {},
): Promise<Finished> {
  const written = { stdout: "", stderr: "" };
  let time = Date.parse(now);
  const output = (stream: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[stream] += text;
    },
    isTTY: false,
  });
  const exitCode = await runCli(argv, {
    environment: { GITHUB_API_URL: NOBODY, GITHUB_GRAPHQL_URL: NOBODY, ...environment },
    stdout: output("stdout"),
    stderr: output("stderr"),
    now: () => new Date(time),
    async sleep(milliseconds) {
      const wake = time + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      time = Math.max(time, wake);
    },
    signal: new AbortController().signal,
    async *standardInput() {
      yield Buffer.from(stdin);
    },
  });
  return { exitCode, ...written };
}
