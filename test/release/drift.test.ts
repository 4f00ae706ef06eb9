import { describe, expect, test } from "vitest";
import type { Difference, TableDifference } from "../../pipeline/release/diff.ts";
import { type ColumnDifference, isQuote, type RowsDifference } from "../../pipeline/release/diff-rows.ts";
import { driftFindings } from "../../pipeline/release/drift.ts";
import * as expectations from "../../pipeline/release/expectations.ts";
import { TABLES, type Table } from "../../schemas/index.ts";

const NOW = new Date("2026-11-21T09:00:00Z");

interface Given {
  readonly state?: TableDifference["state"];
  readonly table?: string;
  readonly rows?: Partial<RowsDifference>;
  readonly columns?: Readonly<Record<string, Partial<ColumnDifference>>>;
  readonly created?: string;
}

/** What the gates find in a difference of one table, as `gate place`. */
function foundIn({
  state = "kept",
  table = "papers",
  rows,
  columns = {},
  created = "2026-11-21T08:00:00Z",
}: Given) {
  const same = { changed: 0, gained: 0, lost: 0, latest: null, examples: [] };
  const own: TableDifference = {
    state,
    schema: null,
    rows: {
      before: 1000,
      after: 1000,
      added: 0,
      removed: 0,
      changed: 0,
      first_added: [],
      first_removed: [],
      ...rows,
    },
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, known]) => [
        name,
        { filled_before: 1000, filled_after: 1000, ...same, ...known },
      ]),
    ),
  };
  const difference = {
    from: { version: "1.0.0" },
    to: { version: "1.1.0", created },
    step: "minor",
    tables: { [table]: own },
  } as unknown as Difference; // no gate reads the rest
  return driftFindings(difference, NOW).map(({ gate, where }) => `${gate} ${where}`);
}

test("a release that is like the one before is as expected", () => {
  expect(foundIn({ columns: { title: {}, venue: {} } })).toEqual([]);
});

describe("the number of rows", () => {
  test.each<readonly [string, number, number, boolean]>([
    ["a tenth fewer", 1000, 900, true],
    ["more than a tenth fewer", 1000, 899, false],
    ["none left", 1000, 0, false],
    ["a few fewer, whatever their share", 25, 5, true],
    ["more than a few fewer", 25, 4, false],
    ["ten times as many", 1000, 10_000, true],
    ["more than ten times as many", 1000, 10_001, false],
    ["many times as many, and not many", 6, 1006, true],
    ["many times as many, and many", 6, 1007, false],
    ["the first rows ever", 0, 1_000_000, true],
  ])("may be %s: from %i to %i, %s", (_words, before, after, mayBe) => {
    expect(foundIn({ rows: { before, after } })).toEqual(mayBe ? [] : ["counts papers"]);
  });

  test("of tables that grow with every check may grow to any number, and shrink no more than others", () => {
    for (const table of expectations.GROWING) {
      expect(foundIn({ table, rows: { before: 10, after: 1_000_000 } })).toEqual([]);
      expect(foundIn({ table, rows: { before: 1000, after: 500 } })).toEqual([`counts ${table}`]);
    }
  });
});

test("a table that has come or gone is a matter of the schema, not of counts", () => {
  expect(foundIn({ state: "removed", rows: { before: 1000, after: 0 } })).toEqual([]);
  expect(foundIn({ state: "added", rows: { before: 0, after: 1000 } })).toEqual([]);
});

describe("a column that is null in every row", () => {
  const emptied = { filled_before: 1, filled_after: 0, lost: 1 };
  test("may not be so where it had a single value before", () => {
    expect(foundIn({ columns: { venue: emptied } })).toEqual(["empty_columns papers.venue"]);
  });

  test("may be so in a table of few rows", () => {
    expect(foundIn({ rows: { before: 20, after: 20 }, columns: { venue: emptied } })).toEqual([]);
    expect(foundIn({ rows: { before: 20, after: 21 }, columns: { venue: emptied } })).toHaveLength(1);
  });

  test("may be so where it always was, where there are no rows, and where it speaks of what ends", () => {
    expect(foundIn({ columns: { venue: { filled_before: 0, filled_after: 0 } } })).toEqual([]);
    expect(foundIn({ rows: { before: 3, after: 0 }, columns: { venue: emptied } })).toEqual([]);
    expect(foundIn({ table: "repositories", columns: { first_missing_at: emptied } })).toEqual([]);
  });

  test("may be so where it has come or gone as a column", () => {
    expect(foundIn({ columns: { venue: { filled_before: null, filled_after: 0 } } })).toEqual([]);
    expect(foundIn({ columns: { venue: { filled_before: 9, filled_after: null } } })).toEqual([]);
  });
});

describe("the values of a column", () => {
  test.each<readonly [string, Partial<ColumnDifference>, boolean]>([
    ["a tenth of all rows fewer", { filled_after: 900 }, true],
    ["more than a tenth of all rows fewer", { filled_after: 899 }, false],
    ["a fiftieth lost in rows that stay", { lost: 20 }, true],
    ["more than a fiftieth lost in rows that stay", { lost: 21 }, false],
  ])("may be %s", (_words, values, mayBe) => {
    expect(foundIn({ columns: { abstract: values } })).toEqual(mayBe ? [] : ["fill papers.abstract"]);
  });

  test("are told from rows: fewer rows with as many values each are no fall", () => {
    const rows = { before: 1000, after: 950 };
    expect(foundIn({ rows, columns: { abstract: { filled_after: 950 } } })).toEqual([]);
  });

  test("of few rows may fall by any share", () => {
    const rows = { before: 10, after: 20 };
    expect(foundIn({ rows, columns: { abstract: { filled_before: 10, filled_after: 1, lost: 9 } } })).toEqual(
      [],
    );
  });

  test("that a check fills may fall in share, since new repositories wait for theirs, but may not be lost", () => {
    for (const place of expectations.FILLED_BY_CHECKS.difference(expectations.PASSING)) {
      const [table = "", column = ""] = place.split(".");
      expect(foundIn({ table, columns: { [column]: { filled_after: 500 } } }), place).toEqual([]);
      expect(foundIn({ table, columns: { [column]: { lost: 21 } } })).toEqual([`fill ${place}`]);
    }
  });
});

describe("columns of others' words", () => {
  const all = Object.values(TABLES).flatMap((table: Table) =>
    Object.entries(table.columns).map(([name, column]) => ({ table: table.name, name, column })),
  );
  const quotes = all.filter(({ column }) => isQuote(column));
  const emptied = { filled_before: 1000, filled_after: 0, lost: 1000 };

  test("may all be null together, as in a release without them", () => {
    for (const { table } of quotes) {
      const own = quotes.filter((quote) => quote.table === table).map(({ name }) => [name, emptied] as const);
      expect(foundIn({ table, columns: Object.fromEntries(own) }), table).toEqual([]);
    }
  });

  test("may not be null alone: one that is lost while others are kept is lost", () => {
    for (const { table, name } of quotes) {
      const kept = quotes.filter((quote) => quote.table === table && quote.name !== name);
      const columns = { ...Object.fromEntries(kept.map((quote) => [quote.name, {}])), [name]: emptied };
      if (kept.length > 0) expect(foundIn({ table, columns })).toEqual([`empty_columns ${table}.${name}`]);
    }
    expect(foundIn({ columns: { title: emptied } })).toEqual(["empty_columns papers.title"]);
  });
});

describe("dates", () => {
  test.each<readonly [string, string, string | number, boolean]>([
    ["mentions", "captured_on", "2026-11-22", true],
    ["mentions", "captured_on", "2026-11-23", false],
    ["repositories", "observed_at", "2026-11-22T09:00:00Z", true],
    ["repositories", "observed_at", "2026-11-22T09:00:01Z", false],
    ["papers", "published_on", "2027-11-22", true],
    ["papers", "published_on", "2027-11-23", false],
    ["papers", "year", 2027, true],
    ["papers", "year", 2028, false],
  ])("of %s.%s may reach %s: %s", (table, column, latest, mayBe) => {
    expect(foundIn({ table, columns: { [column]: { latest } } })).toEqual(
      mayBe ? [] : [`future ${table}.${column}`],
    );
  });

  test("are not in the future where the release was made later than the clock says it is", () => {
    const columns = { captured_on: { latest: "2027-06-01" } };
    expect(foundIn({ table: "mentions", columns, created: "2027-06-01T00:00:00Z" })).toEqual([]);
    expect(foundIn({ table: "mentions", columns, created: "1970-01-01T00:00:00Z" })).toHaveLength(1);
  });
});

test("expectations name tables and columns that are there", () => {
  const places = [...expectations.STATED, ...expectations.PASSING, ...expectations.FILLED_BY_CHECKS];
  const tables: Readonly<Record<string, Table>> = TABLES;
  for (const place of places) {
    const [table = "", column = ""] = place.split(".");
    expect(Object.keys(tables[table]?.columns ?? {}), place).toContain(column);
  }
});
