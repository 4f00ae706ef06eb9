import { Worker } from "node:worker_threads";
import type { ParquetEncoder } from "./parquet-encoder.ts";
import type { FromEncoder } from "./parquet-worker.ts";

/** Batches that may be on their way: one is encoded while the next is made. */
const ON_THE_WAY = 2;

/** As `openEncoder`, in a thread of its own, whose memory is given back at the end. */
export function openEncoderThread(take: (bytes: Uint8Array) => Promise<void>): ParquetEncoder {
  const worker = new Worker(new URL("./parquet-worker.ts", import.meta.url));
  let onTheWay = 0;
  let taking = Promise.resolve();
  let wake: () => void = () => {};
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => {}); // awaited in write and close
  worker.on("message", ({ bytes, taken }: FromEncoder) => {
    if (bytes !== undefined) {
      taking = taking.then(() => take(bytes));
      taking.catch(() => {}); // awaited in write and close
    }
    if (taken === true) onTheWay -= 1;
    wake();
  });
  worker.on("error", ended.reject);
  worker.on("exit", () => ended.resolve());
  const room = async () => {
    while (onTheWay >= ON_THE_WAY) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await Promise.race([promise, ended.promise]);
    }
  };
  return {
    async write(ipc) {
      onTheWay += 1;
      worker.postMessage(ipc, [ipc.buffer as ArrayBuffer]);
      await room();
      await taking;
    },
    async close() {
      worker.postMessage(null);
      try {
        await ended.promise;
        await taking;
      } finally {
        await worker.terminate();
      }
    },
  };
}
