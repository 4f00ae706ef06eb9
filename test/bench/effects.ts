import { createReadStream } from "node:fs";
import { availableParallelism } from "node:os";
import type { Effects } from "../../pipeline/core/effects.ts";

/** Effects for benches: files are read as the program reads them, nothing is said, and nobody is asked. */
export const benchEffects: Effects = {
  now: () => new Date(),
  sleep: async () => {},
  threads: availableParallelism(),
  signal: new AbortController().signal,
  log: { say() {}, progress() {} },
  network: { request: () => Promise.reject(new Error("a bench asks nobody")) },
  web: { request: () => Promise.reject(new Error("a bench asks nobody")) },
  standardInput: () => process.stdin,
  open: (path) => createReadStream(path, { highWaterMark: 1 << 18 }),
};
