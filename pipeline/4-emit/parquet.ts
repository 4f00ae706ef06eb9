import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Table as ArrowTable, type RecordBatch, tableToIPC } from "apache-arrow";
import {
  Compression,
  transformParquetStream,
  type RecordBatch as WasmRecordBatch,
  Table as WasmTable,
  type WriterProperties,
  WriterPropertiesBuilder,
} from "parquet-wasm/node";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { unwritable } from "../core/files.ts";
import { recordBatch } from "./arrow.ts";
import { BATCH_ROWS, type Format } from "./format.ts";

/** Built anew for each file: a second use of the same object silently falls back to defaults. */
function writerProperties(): WriterProperties {
  return new WriterPropertiesBuilder()
    .setCompression(Compression.ZSTD)
    .setMaxRowGroupSize(BATCH_ROWS)
    .setCreatedBy("paperset")
    .build();
}

/** The batch inside WebAssembly's memory. The table that carries it over is freed here, the batch by its taker. */
function toWasm(batch: RecordBatch): WasmRecordBatch[] {
  const table = WasmTable.fromIPCStream(tableToIPC(new ArrowTable([batch]), "stream"));
  const batches = table.recordBatches();
  table.free();
  return batches;
}

/**
 * Parquet with zstd, written as a stream of row groups of a fixed number of rows. The encoder swallows errors of its
 * source, so batches are built before they are handed over, and a release is read back before it appears.
 */
export const parquet: Format = {
  name: "parquet",
  mediaType: "application/vnd.apache.parquet",
  async open(table, path) {
    const schema = arrowSchema(table);
    const source = new TransformStream<WasmRecordBatch, WasmRecordBatch>();
    const input = source.writable.getWriter();
    const isDone = transformParquetStream(source.readable, writerProperties()).then((encoded) =>
      pipeline(Readable.fromWeb(encoded as NodeReadableStream<Uint8Array>), createWriteStream(path)),
    );
    isDone.catch(() => {}); // awaited in close; a rejection before that must not end the process
    const send = async (batch: RecordBatch) => {
      for (const wasm of toWasm(batch)) await Promise.race([input.write(wasm), isDone]);
    };
    let written = 0;
    return {
      async write(rows) {
        await send(recordBatch(table, schema, rows));
        written += rows.length;
      },
      async close() {
        if (written === 0) await send(recordBatch(table, schema, []));
        await input.close();
        await isDone.catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
      },
    };
  },
};
