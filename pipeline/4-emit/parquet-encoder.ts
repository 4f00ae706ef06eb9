import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import {
  Compression,
  transformParquetStream,
  type RecordBatch as WasmRecordBatch,
  Table as WasmTable,
  type WriterProperties,
  WriterPropertiesBuilder,
} from "parquet-wasm/node";
import type { BatchSize } from "./batches.ts";

/** Makes one Parquet file of record batches. */
export interface ParquetEncoder {
  /** Takes a batch as a stream of Arrow's IPC format, which is the encoder's from then on. */
  write(ipc: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Rows of a row group, fewer where their text is long: one is held at a time. */
export const ROW_GROUP: BatchSize = { rows: 16_384, text: 1 << 25 };
/** Encoded size from which on a row group is closed whatever it holds. */
const ROW_GROUP_BYTES = 1 << 25;

/** Built anew for each file: a second use of the same object silently falls back to defaults. */
function writerProperties(): WriterProperties {
  return new WriterPropertiesBuilder()
    .setCompression(Compression.ZSTD)
    .setMaxRowGroupSize(ROW_GROUP.rows)
    .setMaxRowGroupBytes(ROW_GROUP_BYTES)
    .setCreatedBy("paperset")
    .build();
}

/** The batch inside WebAssembly's memory. The table that carries it over is freed here, the batch by its taker. */
function toWasm(ipc: Uint8Array): WasmRecordBatch[] {
  const table = WasmTable.fromIPCStream(ipc);
  const batches = table.recordBatches();
  table.free();
  return batches;
}

/**
 * Encodes batches in this thread and hands on the bytes in order, a row group at a time. The encoder in WebAssembly
 * swallows errors of its source, so batches are whole before they come here, and a release is read back before it
 * appears.
 */
export function openEncoder(take: (bytes: Uint8Array) => Promise<void>): ParquetEncoder {
  const source = new TransformStream<WasmRecordBatch, WasmRecordBatch>();
  const input = source.writable.getWriter();
  const pass = async (encoded: ReadableStream) => {
    for await (const bytes of encoded as NodeReadableStream<Uint8Array>) await take(bytes);
  };
  const isDone = transformParquetStream(source.readable, writerProperties()).then(pass);
  isDone.catch(() => {}); // awaited in close; a rejection before that must not end the process
  return {
    async write(ipc) {
      for (const batch of toWasm(ipc)) await Promise.race([input.write(batch), isDone]);
    },
    async close() {
      await input.close();
      await isDone;
    },
  };
}
