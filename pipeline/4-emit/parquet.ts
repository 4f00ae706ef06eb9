import { Table as ArrowTable, tableToIPC } from "apache-arrow";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { batchMaker } from "./arrow.ts";
import { Gathering } from "./batches.ts";
import type { AnyRow, Format } from "./format.ts";
import { closeAfter, openOutput } from "./output-file.ts";
import { openEncoder, type ParquetEncoder, ROW_GROUP } from "./parquet-encoder.ts";
import { openEncoderThread } from "./parquet-thread.ts";

/**
 * Parquet with zstd, written as a stream of row groups. A table of more than one row group is encoded in a thread of its
 * own while its next rows come; for a smaller one the start of a thread would take longer. The bytes are the same.
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
    const group = new Gathering(ROW_GROUP);
    let first: Uint8Array | null = null;
    let encoder: ParquetEncoder | null = null;
    const encode = async (rows: readonly AnyRow[]) => {
      const ipc = ipcOf(rows);
      if (encoder !== null) await encoder.write(ipc);
      else if (first === null) first = ipc;
      else {
        encoder = openEncoderThread(take);
        await encoder.write(first);
        await encoder.write(ipc);
      }
    };
    return {
      async write(rows) {
        for (const row of rows) if (group.add(row)) await encode(group.take());
      },
      close: () =>
        closeAfter(file, async () => {
          const rest = group.take();
          if (rest.length > 0 || first === null) await encode(rest);
          const last = encoder ?? openEncoder(take);
          if (encoder === null && first !== null) await last.write(first);
          await last.close();
        }),
    };
  },
};
