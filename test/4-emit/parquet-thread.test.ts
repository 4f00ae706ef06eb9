import { Table as ArrowTable, tableToIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { batchMaker } from "../../pipeline/4-emit/arrow.ts";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { openEncoder, type ParquetEncoder, ROW_GROUP } from "../../pipeline/4-emit/parquet-encoder.ts";
import { openEncoderThread } from "../../pipeline/4-emit/parquet-thread.ts";
import { sha256 } from "../../pipeline/core/digest.ts";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { TABLES } from "../../schemas/index.ts";
import { bareRowOf, hostileRows, idOf } from "../support/rows.ts";

type Take = (bytes: Uint8Array) => Promise<void>;
const ENCODERS: Readonly<Record<string, (take: Take) => ParquetEncoder>> = {
  "in the same thread": openEncoder,
  "in a thread of its own": openEncoderThread,
};

const batchOf = batchMaker(TABLES.papers, arrowSchema(TABLES.papers));
const ipcOf = (rows: readonly object[]) =>
  tableToIPC(new ArrowTable([batchOf(rows as readonly AnyRow[])]), "stream");

/** Batches of papers, the last one of hostile rows; made anew each time, because encoders take them away. */
function* ipcs(count: number): Generator<Uint8Array> {
  for (let batch = 1; batch < count; batch += 1)
    yield ipcOf(
      Array.from({ length: ROW_GROUP.rows }, (_, i) =>
        bareRowOf("papers", { paper_id: idOf("p", batch * ROW_GROUP.rows + i), title: `Stones ${i % 77}` }),
      ),
    );
  yield ipcOf(hostileRows(TABLES.papers));
}

async function encoded(open: (take: Take) => ParquetEncoder, count: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const encoder = open(async (bytes) => {
    pieces.push(bytes.slice());
  });
  for (const ipc of ipcs(count)) await encoder.write(ipc);
  await encoder.close();
  return Buffer.concat(pieces);
}

test.each([1, 5])(
  "%d batches give the same bytes in the same thread and in one of their own",
  async (count) => {
    const [here, there] = [await encoded(openEncoder, count), await encoded(openEncoderThread, count)];
    expect(here.length).toBeGreaterThan(1_000);
    expect(sha256(there)).toBe(sha256(here));
  },
);

describe.each(Object.entries(ENCODERS))("encoding %s", (_where, open) => {
  test("tells at the latest when it is closed that its bytes could not be taken", async () => {
    const encoder = open(() => Promise.reject(new Error("The river is dry.")));
    const all = async () => {
      for (const ipc of ipcs(4)) await encoder.write(ipc);
      await encoder.close();
    };
    await expect(all()).rejects.toThrow("The river is dry.");
    await expect(encoder.close()).rejects.toThrow();
  });

  test("tells of a batch that is none, and does not go on", async () => {
    const encoder = open(async () => {});
    const all = async () => {
      await encoder.write(Uint8Array.of(1, 2, 3));
      for (const ipc of ipcs(4)) await encoder.write(ipc);
      await encoder.close();
    };
    await expect(all()).rejects.toBeDefined();
  });

  test("waits with the next batches until the bytes before them are taken", async () => {
    let [given, taken] = [0, 0];
    let furthest = 0;
    const encoder = open(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      taken += 1;
    });
    for (const ipc of ipcs(8)) {
      await encoder.write(ipc);
      given += 1;
      furthest = Math.max(furthest, given - taken);
    }
    await encoder.close();
    expect(given).toBe(8);
    expect(furthest).toBeLessThanOrEqual(5);
  });
});
