import { setTimeout as sleep } from "node:timers/promises";
import { runCli } from "./cli.ts";
import type { Output } from "./core/progress.ts";

const output = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
});

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  standardInput: () => process.stdin,
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
});
