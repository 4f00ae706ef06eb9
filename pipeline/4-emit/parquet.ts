import { Table as ArrowTable, tableToIPC } from "apache-arrow";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { batchMaker } from "./arrow.ts";
import type { AnyRow, Format } from "./format.ts";
import { closeAfter, openOutput } from "./output-file.ts";
import { openEncoder, type ParquetEncoder } from "./parquet-encoder.ts";
import { openEncoderThread } from "./parquet-thread.ts";

/**
 * Parquet with zstd, written as a stream of row groups. A table of more than one batch is encoded in a thread of its
 * own while its next batch is made; for a smaller one the start of a thread would take longer. The bytes are the same.
 */
export const parquet: Format = {
  name: "parquet",
  mediaType: "application/vnd.apache.parquet",
  isPacked: true,
  async open(table, path) {
    const batchOf = batchMaker(table, arrowSchema(table));
    const file = await openOutput(path);
    const ipcOf = (rows: readonly AnyRow[]) => tableToIPC(new ArrowTable([batchOf(rows)]), "stream");
    const take = (bytes: Uint8Array) => file.write(bytes);
    let first: Uint8Array | null = null;
    let encoder: ParquetEncoder | null = null;
    return {
      async write(rows) {
        const ipc = ipcOf(rows);
        if (encoder !== null) await encoder.write(ipc);
        else if (first === null) first = ipc;
        else {
          encoder = openEncoderThread(take);
          await encoder.write(first);
          await encoder.write(ipc);
        }
      },
      close: () =>
        closeAfter(file, async () => {
          const last = encoder ?? openEncoder(take);
          if (encoder === null) await last.write(first ?? ipcOf([]));
          await last.close();
        }),
    };
  },
};
