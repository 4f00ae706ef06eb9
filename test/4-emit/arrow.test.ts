import { Table as ArrowTable, tableFromIPC, tableToIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { batchMaker } from "../../pipeline/4-emit/arrow.ts";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { arrowSchema } from "../../schemas/arrow-schema.ts";
import { type ColumnType, TABLES, type Table } from "../../schemas/index.ts";
import { bareRowOf, EACH_TABLE, hostileRows, idOf, rowOf } from "../support/rows.ts";

const batchOf = (table: Table, rows: readonly object[]) =>
  batchMaker(table, arrowSchema(table))(rows as readonly AnyRow[]);

/** Values of a column as Arrow's own reader finds them after the batch went through its stream format. */
function column(table: Table, rows: readonly object[], name: string): unknown[] {
  const read = tableFromIPC(tableToIPC(new ArrowTable([batchOf(table, rows)])));
  const values: unknown[] = [...(read.getChild(name) ?? [])];
  return values.map((value) =>
    value !== null && typeof value === "object" && Symbol.iterator in value
      ? [...(value as string[])]
      : value,
  );
}

const papers = (cells: readonly object[]) =>
  cells.map((known, i) => bareRowOf("papers", { paper_id: idOf("p", i), ...known }));

describe("a record batch holds", () => {
  test.each([1, 7, 8, 9, 16, 17])("each null where it stands among %d rows", (length) => {
    const stars = Array.from({ length }, (_, i) => (i % 3 === 0 ? null : i));
    const found = column(TABLES.papers, papers(stars.map((n) => ({ stars: n }))), "stars");
    expect(found).toEqual(stars.map((n) => (n === null ? null : BigInt(n))));
  });

  test("each truth value where it stands, over more than one byte", () => {
    const known = Array.from({ length: 19 }, (_, i) => [true, false, null][(i * i) % 3] ?? null);
    const rows = known.map((is_fork) => bareRowOf("repositories", { is_fork }));
    expect(column(TABLES.repositories, rows, "is_fork")).toEqual(known);
  });

  test("days before and after 1970 as days", () => {
    const days = ["1969-12-31", "1970-01-01", "1970-01-02", "0001-01-01", null];
    const found = column(
      TABLES.papers,
      papers(days.map((published_on) => ({ published_on }))),
      "published_on",
    );
    expect(found).toEqual(days.map((day) => (day === null ? null : Date.parse(day))));
  });

  test("moments before 1970 and beyond 2038 in milliseconds", () => {
    const moments = ["1969-12-31T23:59:59Z", "2038-01-19T03:14:08Z", "9999-12-31T23:59:59Z"];
    const rows = papers(moments.map((stars_observed_at) => ({ stars_observed_at })));
    expect(column(TABLES.papers, rows, "stars_observed_at")).toEqual(
      moments.map((moment) => Date.parse(moment)),
    );
  });

  test("integers to the last one that is safe", () => {
    const ids = [2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];
    const rows = ids.map((host_id) => rowOf("repositories", { host_id }));
    expect(column(TABLES.repositories, rows, "host_id")).toEqual(ids.map(BigInt));
  });

  test("lists with their items, next to empty ones and unknown ones", () => {
    const lists = [["a", "β", "🪨"], [], null, [], ["d"]];
    const rows = papers(lists.map((authors) => ({ authors })));
    expect(column(TABLES.papers, rows, "authors")).toEqual(lists);
  });

  test.each(EACH_TABLE)("as many rows of %s as it was given, none included", (_name, table) => {
    const rows = hostileRows(table);
    expect([batchOf(table, rows).numRows, batchOf(table, []).numRows]).toEqual([rows.length, 0]);
  });
});

describe("a record batch is refused as a defect", () => {
  const defect = (words: string) =>
    expect.objectContaining({ code: "DEFECT", message: expect.stringContaining(words) });
  const required = EACH_TABLE.flatMap(([name, table]: readonly [string, Table]) =>
    Object.entries(table.columns).flatMap(([column, { required }]) =>
      required ? [[name, column, table] as const] : [],
    ),
  );

  test.each(required)("where %s.%s, which is required, is null or left out", (name, column, table) => {
    const [first = {}, second = {}] = hostileRows(table);
    const leftOut = Object.fromEntries(Object.entries(second).filter(([key]) => key !== column));
    const words = `${name}.${column} is null`;
    expect(() => batchOf(table, [first, { ...second, [column]: null }])).toThrow(defect(words));
    expect(() => batchOf(table, [first, leftOut])).toThrow(defect(words));
  });

  test.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
    "where a column of integers holds %d",
    (stars) => {
      expect(() => batchOf(TABLES.papers, [{ ...rowOf("papers"), stars }])).toThrow(defect("is no integer"));
    },
  );
});

test("there is a way to write every logical type, alone and as null", () => {
  const examples: Record<ColumnType, unknown> = {
    string: "stone",
    integer: 3,
    number: 0.5,
    boolean: true,
    date: "2026-03-14",
    datetime: "2026-03-14T01:02:03Z",
    "string[]": ["a"],
  };
  for (const [type, example] of Object.entries(examples) as [ColumnType, unknown][]) {
    const table = {
      ...TABLES.papers,
      columns: { it: { type, required: false, description: "It.", example } },
    };
    const found = column(table, [{ it: example }, { it: null }], "it");
    const seen = type.startsWith("date") ? new Date(Number(found[0])).toISOString() : found[0];
    expect(String(seen).startsWith(String(example).replace("Z", "")), type).toBe(true);
    expect(found[1], type).toBeNull();
  }
});
