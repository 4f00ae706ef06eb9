import { describe, expect, test } from "vitest";
import { BATCH_TEXT, batches } from "../../pipeline/4-emit/batches.ts";
import { type AnyRow, BATCH_ROWS } from "../../pipeline/4-emit/format.ts";
import { bareRowOf, idOf } from "../support/rows.ts";

const row = (number: number) => bareRowOf("retired_ids", { retired_id: idOf("p", number) });
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i)) as AnyRow[];
const sizes = async (...given: Parameters<typeof batches>) =>
  (await Array.fromAsync(batches(...given))).map((batch) => batch.length);

describe("rows come in batches", () => {
  test("of a fixed number, and one of what is left", async () => {
    expect(await sizes(rows(2 * BATCH_ROWS + 3))).toEqual([BATCH_ROWS, BATCH_ROWS, 3]);
    expect(await sizes(rows(BATCH_ROWS))).toEqual([BATCH_ROWS]);
    expect(await sizes([])).toEqual([]);
  });

  test("that hold every row once, in order", async () => {
    const given = rows(BATCH_ROWS + 5);
    expect((await Array.fromAsync(batches(given, 7))).flat()).toEqual(given);
  });

  test("that end with each shard, and begin anew behind it", async () => {
    expect(await sizes(rows(10), 4)).toEqual([4, 4, 2]);
    expect(await sizes(rows(2 * BATCH_ROWS + 10), BATCH_ROWS + 5)).toEqual([BATCH_ROWS, 5, BATCH_ROWS, 5]);
  });

  test("that are closed once their text is long, alone and in lists", async () => {
    const long = "a".repeat(BATCH_TEXT / 4);
    const inTitle = { ...row(1), title: long } as unknown as AnyRow;
    const inList = { ...row(1), authors: [long, long] } as unknown as AnyRow;
    expect(await sizes(Array.from({ length: 9 }, () => inTitle))).toEqual([4, 4, 1]);
    expect(await sizes(Array.from({ length: 5 }, () => inList))).toEqual([2, 2, 1]);
  });
});
