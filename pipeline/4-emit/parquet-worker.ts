import { parentPort } from "node:worker_threads";
import { openEncoder } from "./parquet-encoder.ts";

/** The thread behind `openEncoderThread`: batches come in, bytes of the file go out; null ends it. */

export interface FromEncoder {
  readonly bytes?: Uint8Array;
  /** A batch was taken, and there is room for another. */
  readonly taken?: true;
}

const port = parentPort;
if (port === null) throw new Error("This file is run as a worker thread.");
const say = (message: FromEncoder, transfer: readonly ArrayBuffer[] = []) =>
  port.postMessage(message, transfer);

const encoder = openEncoder(async (bytes) => say({ bytes }, [bytes.buffer as ArrayBuffer]));
let before = Promise.resolve();
async function handle(ipc: Uint8Array | null): Promise<void> {
  await before;
  if (ipc === null) {
    await encoder.close();
    port?.close();
  } else {
    await encoder.write(ipc);
    say({ taken: true });
  }
}
// a rejection is unhandled on purpose: it ends the thread and is told to the one who started it
port.on("message", (ipc: Uint8Array | null) => {
  before = handle(ipc);
});
