import { setTimeout as sleep } from "node:timers/promises";
import { runCli } from "./cli.ts";
import { PapersetError } from "./core/errors.ts";
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

/** What does not end by itself so long after Ctrl-C is ended; nothing that is finished is lost. */
const GRACE_MS = 800;

const stopping = new AbortController();
function stop(): void {
  if (stopping.signal.aborted) process.exit(1); // asked a second time
  stopping.abort(new PapersetError("STOPPED", "Stopped. What was finished is kept: run again to go on."));
  setTimeout(() => process.exit(1), GRACE_MS).unref();
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  standardInput: () => process.stdin,
  now: () => new Date(),
  sleep: (milliseconds) =>
    sleep(milliseconds, undefined, { signal: stopping.signal }).catch((error: unknown) => {
      stopping.signal.throwIfAborted();
      throw error;
    }),
  signal: stopping.signal,
});
