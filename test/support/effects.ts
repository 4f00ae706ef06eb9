import type { Effects, Network } from "../../pipeline/core/effects.ts";
import { TEST_NOW } from "./run-paperset.ts";

/** Effects whose clock moves only by hand and by sleeping, which takes no time, and which remember what was said and slept. */
export interface TestEffects extends Effects {
  time: string;
  readonly said: string[];
  readonly slept: number[];
}

/** A network for stages that must not use one. */
export const NO_NETWORK: Network = {
  request: ({ url }) => Promise.reject(new Error(`This test asks nobody, but ${url} was asked.`)),
};

export function testEffects(network: Network = NO_NETWORK, web: Network = NO_NETWORK): TestEffects {
  const said: string[] = [];
  const slept: number[] = [];
  return {
    time: TEST_NOW,
    said,
    slept,
    network,
    threads: 0,
    web,
    now() {
      return new Date(this.time);
    },
    // several may sleep at once: each wakes when its own time is over, and the clock never goes back
    async sleep(milliseconds) {
      slept.push(milliseconds);
      const wake = Date.parse(this.time) + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      this.time = new Date(Math.max(wake, Date.parse(this.time))).toISOString();
    },
    signal: new AbortController().signal,
    log: { say: (_level, message) => said.push(message), progress() {} },
    open: () => {
      throw new Error("This test reads no capture.");
    },
    standardInput: () => {
      throw new Error("This test reads no standard input.");
    },
  };
}
