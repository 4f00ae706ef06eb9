import { setTimeout as sleep } from "node:timers/promises";
import { runCli } from "./cli.ts";
import type { Output } from "./core/progress.ts";

const output = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
});

// a reader that has seen enough, such as head, closes the pipe: that is no error of ours
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  standardInput: () => process.stdin,
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
});
