import { describe, expect, test } from "vitest";
import { BATCH, batches, Gathering } from "../../pipeline/4-emit/batches.ts";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { bareRowOf, idOf } from "../support/rows.ts";

const row = (number: number) => bareRowOf("retired_ids", { retired_id: idOf("p", number) });
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i)) as AnyRow[];
const sizes = async (...given: Parameters<typeof batches>) =>
  (await Array.fromAsync(batches(...given))).map((batch) => batch.length);

describe("rows come in batches", () => {
  test("of a fixed number, and one of what is left", async () => {
    expect(await sizes(rows(2 * BATCH.rows + 3))).toEqual([BATCH.rows, BATCH.rows, 3]);
    expect(await sizes(rows(BATCH.rows))).toEqual([BATCH.rows]);
    expect(await sizes([])).toEqual([]);
  });

  test("that hold every row once, in order", async () => {
    const given = rows(BATCH.rows + 5);
    expect((await Array.fromAsync(batches(given, 7))).flat()).toEqual(given);
  });

  test("that end with each shard, and begin anew behind it", async () => {
    expect(await sizes(rows(10), 4)).toEqual([4, 4, 2]);
    expect(await sizes(rows(2 * BATCH.rows + 10), BATCH.rows + 5)).toEqual([BATCH.rows, 5, BATCH.rows, 5]);
  });

  test("that are closed once their text is long, alone and in lists", async () => {
    const long = "a".repeat(BATCH.text / 4);
    const inTitle = { ...row(1), title: long } as unknown as AnyRow;
    const inList = { ...row(1), authors: [long, long] } as unknown as AnyRow;
    expect(await sizes(Array.from({ length: 9 }, () => inTitle))).toEqual([4, 4, 1]);
    expect(await sizes(Array.from({ length: 5 }, () => inList))).toEqual([2, 2, 1]);
  });
});

test("gathered rows are the same batches, however many are added at once", async () => {
  const size = { rows: 5, text: 400 };
  const given = rows(43);
  const gathering = new Gathering(size);
  const found = given.flatMap((one) => (gathering.add(one) ? [gathering.take()] : []));
  expect([...found, gathering.take()]).toEqual(await Array.fromAsync(batches(given, undefined, size)));
  expect(gathering.take()).toEqual([]);
});
