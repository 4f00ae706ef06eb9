import { describe, expect, test } from "vitest";
import type { Release } from "../../pipeline/core/release.ts";
import { DATED } from "../../schemas/dated.ts";
import { TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { EACH_TABLE, type PlainRow, type RowOf } from "../support/rows.ts";
import { breakCopies, editFirst, editRows, findingsIn, rowsIn } from "./damage.ts";

/**
 * The gates `keys`, `order`, `foreign_keys` and `evidence`; check-columns.test.ts has the others. Every breach stands
 * in all three formats alike, and sums are right: only the gate that it is about can see it.
 */

const WHEN = "2026-01-01T00:00:00Z";

let release: Release;
let folder: string;
breakCopies((given) => {
  ({ release, folder } = given);
});

test("the gate keys, and no other, finds a key that stands twice, in any table", async () => {
  for (const [name] of EACH_TABLE)
    await editRows(folder, name, (rows): readonly PlainRow[] => [...rows.slice(0, 1), ...rows]);
  expect(await findingsIn(folder)).toEqual(
    EACH_TABLE.map(([name]) => ({
      gate: "keys",
      where: name,
      found: "the key stands more than once in 1 rows",
    })),
  );
});

describe("the gate order, and no other, finds", () => {
  test("rows that are not sorted, alike in every format, in any table", async () => {
    for (const [name] of EACH_TABLE)
      await editRows(folder, name, (rows): readonly PlainRow[] => rows.toReversed());
    const found = await findingsIn(folder);
    expect(found.map(({ gate, where }) => [gate, where])).toEqual(
      EACH_TABLE.map(([name]) => ["order", name]),
    );
  });

  test("rows that are sorted by the first column of their key and not by the second", async () => {
    await editRows(folder, "repository_observations", ([one, two, ...others]) => [
      two ?? {},
      one ?? {},
      ...others,
    ]);
    expect(await findingsIn(folder)).toEqual([
      {
        gate: "order",
        where: "repository_observations",
        found: "the row does not follow the one before it in 1 rows",
      },
    ]);
  });
});

describe("the gate foreign_keys, and no other, finds", () => {
  const references = EACH_TABLE.flatMap(([name, table]: readonly [TableName, Table]) =>
    table.foreignKeys.map(({ column, table: target }) => [name, column, target] as const),
  );

  test("references that lead to no row, in any table", async () => {
    expect(references).toHaveLength(8);
    for (const [name, table] of EACH_TABLE) {
      const nowhere = table.foreignKeys.map(({ column }) => [column, `${column.charAt(0)}_0000000000000000`]);
      await editFirst(folder, name, Object.fromEntries(nowhere));
    }
    expect(await findingsIn(folder)).toEqual(
      references.map(([name, column, target]) => ({
        gate: "foreign_keys",
        where: name,
        found: `${column} leads to no row of ${target} in 1 rows`,
      })),
    );
  });

  test("ids that are retired and stand for a row, and survivors that are none", async () => {
    const [paper] = await rowsIn(folder, "papers");
    const retired = (known: PlainRow) => ({ surviving_id: null, reason: "merged", ...known });
    await editRows(folder, "retired_ids", ([first]) => [
      { ...first, ...retired({ retired_id: paper?.paper_id, table: "papers" }) },
      {
        ...first,
        ...retired({
          retired_id: "r_0000000000000000",
          table: "repositories",
          surviving_id: paper?.paper_id,
        }),
      },
    ]);
    const where = "retired_ids";
    expect(await findingsIn(folder)).toEqual([
      { gate: "foreign_keys", where, found: "retired_id stands for a row of papers in 1 rows" },
      { gate: "foreign_keys", where, found: "surviving_id leads to no row of repositories in 1 rows" },
    ]);
  });

  test("every reference to a row that has gone", async () => {
    await editRows(folder, "repositories", (rows) => rows.slice(0, -1));
    const found = await findingsIn(folder);
    expect(new Set(found.map(({ gate }) => gate))).toEqual(new Set(["foreign_keys"]));
    expect(found.map(({ where }) => where)).toEqual(["paper_repositories", "repository_observations"]);
  });
});

describe("the gate evidence, and no other, finds in every table that has evidence", () => {
  const tables = ["paper_repositories", "paper_links"] as const;
  const found = tables.map((where) => ({
    gate: "evidence",
    where,
    found: "the evidence does not stand at its offsets in 1 rows",
  }));
  type Evidence = Partial<
    Pick<RowOf<"paper_links">, "evidence_start" | "evidence_end" | "evidence" | "evidence_field">
  >;
  type Move = (start: number, end: number, words: string) => Evidence;

  /** Changes the evidence of the first row of each table. */
  async function move(by: Move): Promise<void> {
    for (const name of tables)
      await editRows(folder, name, ([first, ...others]) => [
        { ...first, ...by(first?.evidence_start ?? 0, first?.evidence_end ?? 0, first?.evidence ?? "") },
        ...others,
      ]);
  }

  test.each<readonly [string, Move]>([
    ["that it begins a place late", (start, end) => ({ evidence_start: start + 1, evidence_end: end + 1 })],
    ["that it begins a place early", (start, end) => ({ evidence_start: start - 1, evidence_end: end - 1 })],
    ["that it ends a place early", (_start, end) => ({ evidence_end: end - 1 })],
    ["that it ends before it begins", (start) => ({ evidence_end: start - 5 })],
    ["that its place is behind the text", () => ({ evidence_start: 100_000, evidence_end: 100_010 })],
    ["that its end is not known and its start is", () => ({ evidence_end: null })],
    ["that the words are others", (_start, _end, words) => ({ evidence: words.replace("t", "T") })],
    ["that the words stand in the other field", () => ({ evidence_field: "title" })],
  ])("%s", async (_what, by) => {
    await move(by);
    expect(await findingsIn(folder)).toEqual(found);
  });

  test("that its place is further on than any text is long", async () => {
    await move(() => ({ evidence_start: 2 ** 33, evidence_end: 2 ** 33 + 5 }));
    expect(await findingsIn(folder)).toEqual(found);
  });

  test("that its start is not known and its end is", async () => {
    await move(() => ({ evidence_start: null }));
    expect(await findingsIn(folder)).toEqual(found);
  });

  test("nothing where the place is not known at all", async () => {
    await move(() => ({ evidence_start: null, evidence_end: null }));
    expect(await findingsIn(folder)).toEqual([]);
  });
});

test("evidence behind an emoji is found at its place in code points", async () => {
  const rows = await Array.fromAsync(release.rows("paper_repositories"));
  const papers = await Array.fromAsync(release.rows("papers"));
  const behind = rows.filter(({ paper_id, evidence_start }) => {
    const abstract = papers.find((paper) => paper.paper_id === paper_id)?.abstract ?? "";
    return abstract.slice(0, evidence_start ?? 0).includes("🪨");
  });
  expect(behind.length).toBeGreaterThan(0);
  expect(await findingsIn(release.folder)).toEqual([]);
  await editRows(folder, "paper_repositories", (all) =>
    all.map((row) =>
      row.paper_id === behind[0]?.paper_id
        ? { ...row, evidence_start: (row.evidence_start ?? 0) + 1, evidence_end: (row.evidence_end ?? 0) + 1 }
        : row,
    ),
  );
  expect(await findingsIn(folder)).toMatchObject([{ gate: "evidence", where: "paper_repositories" }]);
});

test("every table of the schema is checked", () => {
  expect(EACH_TABLE.map(([name]) => name)).toEqual(Object.keys(TABLES));
});

describe("the gate dated, and no other, finds", () => {
  test.each(DATED.map((dated) => [dated.table, dated.column, dated.by, dated] as const))(
    "in %s that %s stands without %s",
    async (table, column, by, { codes }) => {
      const { type, example } = (TABLES[table] as Table).columns[column] ?? {};
      const value = codes?.[0] ?? (type === "string[]" ? [] : example);
      const others = Object.fromEntries(
        DATED.filter((other) => other.table === table && other.by !== by).map((other) => [other.by, WHEN]),
      );
      await editFirst(folder, table, { ...others, [column]: value, [by]: null });
      const found = (await findingsIn(folder)).filter(({ found: words }) =>
        words.startsWith(`${column} has no ${by} `),
      );
      expect(found).toEqual([{ gate: "dated", where: table, found: `${column} has no ${by} in 1 rows` }]);
    },
  );

  test("no status that needs no date", async () => {
    const cells = { status: "unchecked", checked_at: null, observed_at: null, first_missing_at: null };
    const figures = Object.fromEntries(
      DATED.filter(({ table, codes }) => table === "repositories" && codes === undefined).map(
        ({ column }) => [column, null],
      ),
    );
    await editFirst(folder, "repositories", { ...cells, ...figures });
    expect((await findingsIn(folder)).filter(({ gate }) => gate === "dated")).toEqual([]);
  });

  test("a date for every code of a status: the codes without one are no verdicts", () => {
    const undated = (table: TableName) => {
      const codes = DATED.filter((dated) => dated.table === table && dated.column === "status").flatMap(
        (dated) => (dated.by === "checked_at" ? (dated.codes ?? []) : []),
      );
      const { vocabulary = {} } = (TABLES[table] as Table).columns["status"] ?? {};
      return Object.keys(vocabulary).filter((code) => !codes.includes(code));
    };
    expect(undated("repositories")).toEqual(["invalid", "unchecked"]);
    expect(undated("paper_links")).toEqual(["unchecked"]);
  });
});
