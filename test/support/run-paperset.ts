import { ENDPOINTS } from "../../pipeline/3-enrich/hosts/endpoints.ts";
import { runCli } from "../../pipeline/cli.ts";
import type { Environment } from "../../pipeline/config.ts";
import { NOBODY } from "./services.ts";

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The moment at which runs in tests happen, unless they say otherwise. */
export const TEST_NOW = "2026-11-21T09:00:00Z";

const ELSEWHERE = Object.fromEntries(
  Object.values(ENDPOINTS).map(({ urlVariable }) => [urlVariable, NOBODY] as const),
);

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
    environment: { GITHUB_API_URL: NOBODY, GITHUB_GRAPHQL_URL: NOBODY, ...ELSEWHERE, ...environment },
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
