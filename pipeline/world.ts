import { createReadStream } from "node:fs";
import { availableParallelism } from "node:os";
import { openAccounts } from "./3-enrich/accounts.ts";
import { openWeb } from "./3-enrich/http.ts";
import { type Config, type Environment, resolveConfig, tokensOf } from "./config.ts";
import type { Effects } from "./core/effects.ts";
import { withLock } from "./core/lock.ts";
import { barLog, type ClosableLog, jsonLog, lineLog, type Output } from "./core/progress.ts";
import type { Given } from "./options.ts";
import { outOf, workFolderOf } from "./places.ts";
import { requireIntact } from "./release/earlier.ts";

/** What the command line is run in: the process, or a test. */
export interface World {
  readonly environment: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  standardInput(): AsyncIterable<Uint8Array>;
  now(): Date;
  /** Waits; rejects when `signal` is aborted meanwhile. */
  sleep(milliseconds: number): Promise<void>;
  /** Aborted, with the error to throw, when somebody stops the program. */
  readonly signal: AbortSignal;
}

/** What a command hands back: its result for programs, its words for people, and its exit code. */
export interface Result {
  readonly data: object;
  readonly words: string;
  readonly exitCode: number;
}

/** The log for people or for programs, as was asked. */
export function openLog(given: Given, { stdout, stderr, now }: World): ClosableLog {
  if (given.json === true) return jsonLog(stdout);
  return stderr.isTTY ? barLog(stderr) : lineLog(stderr, now);
}

/** Resolves what was given, and runs with the effects of the world; ends them whatever happens. */
export async function withEffects<T>(
  given: Given,
  world: World,
  use: (config: Config, effects: Effects) => Promise<T>,
): Promise<T> {
  const config = await resolveConfig(given, world.environment);
  const network = openAccounts(tokensOf(world.environment, config.github));
  const web = openWeb();
  const log = openLog(given, world);
  const { now, sleep, signal, standardInput } = world;
  const closeNetworks = () => Promise.all([network.close(), web.close()]);
  const stop = () => void closeNetworks();
  signal.addEventListener("abort", stop);
  try {
    const open = (path: string | Buffer) => createReadStream(path, { highWaterMark: 1 << 18 });
    return await use(config, {
      now,
      sleep,
      signal,
      log,
      network,
      web,
      threads: availableParallelism(),
      open,
      standardInput,
    });
  } finally {
    signal.removeEventListener("abort", stop);
    log.close();
    await closeNetworks();
  }
}

/** As `withEffects`, for a command that writes to OUT: alone, and from a previous release that is as it was made. */
export async function withOutput<T>(
  given: Given,
  world: World,
  use: (config: Config, effects: Effects) => Promise<T>,
): Promise<T> {
  const folder = workFolderOf(outOf(given));
  return withLock(folder, world.now(), (stale) =>
    withEffects(given, world, async (config, effects) => {
      if (stale !== null)
        effects.log.say(
          "info",
          `A run (process ${stale.pid}, since ${stale.since}) ended without a word; its lock was taken over.`,
        );
      await requireIntact(config.previous);
      return use(config, effects);
    }),
  );
}
