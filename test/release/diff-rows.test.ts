import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { MOST_CELLS, MOST_KEYS, rowsTally } from "../../pipeline/release/diff-rows.ts";
import { type Column, TABLES } from "../../schemas/index.ts";
import { idOf, type PlainRow } from "../support/rows.ts";

type Given = readonly [before: PlainRow | null, after: PlainRow | null];

const both = { inBefore: true, inAfter: true };
const COLUMNS = ["paper_id", "title", "year", "authors", "published_on"] as const;
const known = COLUMNS.map((name) => ({ name, column: TABLES.papers.columns[name], ...both }));

function tallyOf(pairs: readonly Given[], columns: Parameters<typeof rowsTally>[0] = known) {
  const tally = rowsTally(columns, ["paper_id"]);
  for (const [before, after] of pairs) tally.add({ before, after } as { before: AnyRow; after: AnyRow }); // one of the two may be null
  return { rows: tally.rows(), columns: tally.columns() };
}
const paper = (number: number, cells: PlainRow = {}): PlainRow => ({
  paper_id: idOf("p", number),
  title: "Stones",
  year: null,
  authors: null,
  published_on: null,
  ...cells,
});

describe("rows are counted", () => {
  test("as added, removed, changed or the same", () => {
    const { rows } = tallyOf([
      [paper(1), paper(1)],
      [paper(2), paper(2, { title: "Owls" })],
      [paper(3), null],
      [null, paper(4)],
      [null, paper(5)],
    ]);
    expect(rows).toEqual({
      before: 3,
      after: 4,
      added: 2,
      removed: 1,
      changed: 1,
      first_added: [[idOf("p", 4)], [idOf("p", 5)]],
      first_removed: [[idOf("p", 3)]],
    });
  });

  test("to the last, though only the first are named", () => {
    const { rows } = tallyOf(Array.from({ length: 50 }, (_, i) => [null, paper(i)]));
    expect([rows.added, rows.first_added.length]).toEqual([50, MOST_KEYS]);
  });
});

describe("cells are counted by column", () => {
  test("as changed, and among these as gained or lost", () => {
    const { columns, rows } = tallyOf([
      [paper(1, { year: 2020 }), paper(1, { year: 2021 })],
      [paper(2), paper(2, { year: 0 })],
      [paper(3, { year: 2020 }), paper(3)],
      [paper(4, { year: 2020 }), paper(4, { year: 2020 })],
    ]);
    expect(columns["year"]).toMatchObject({
      filled_before: 3,
      filled_after: 3,
      changed: 3,
      gained: 1,
      lost: 1,
    });
    expect(columns["title"]).toMatchObject({ filled_before: 4, filled_after: 4, changed: 0, examples: [] });
    expect(rows.changed).toBe(3);
  });

  test("with lists compared item by item, in order", () => {
    const lists: readonly [unknown, unknown, number][] = [
      [["a", "b"], ["a", "b"], 0],
      [["a", "b"], ["b", "a"], 1],
      [["a"], ["a", "b"], 1],
      [[], null, 1],
      [["a,b"], ["a", "b"], 1],
    ];
    for (const [before, after, changed] of lists)
      expect(
        tallyOf([[paper(1, { authors: before }), paper(1, { authors: after })]]).columns["authors"]?.changed,
        JSON.stringify([before, after]),
      ).toBe(changed);
  });

  test("with nulls told from zero, false and text", () => {
    for (const value of [0, false, "null", "0"])
      expect(tallyOf([[paper(1), paper(1, { year: value })]]).columns["year"]).toMatchObject({
        changed: 1,
        gained: 1,
      });
  });

  test("whatever the rows: each change is one of one column, and gains less losses are what filled cells grew by", () => {
    const cell = fc.constantFrom(null, 2020, 2021);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (years) => {
        const { rows, columns } = tallyOf(
          years.map(([before, after], i) => [paper(i, { year: before }), paper(i, { year: after })]),
        );
        const year = columns["year"];
        expect(rows.changed).toBe(years.filter(([before, after]) => before !== after).length);
        expect(year?.changed).toBe(rows.changed);
        expect((year?.filled_after ?? 0) - (year?.filled_before ?? 0)).toBe(
          (year?.gained ?? 0) - (year?.lost ?? 0),
        );
      }),
    );
  });
});

describe("a column that only one release has", () => {
  test("is counted there, is null in the other, and changes no row", () => {
    const columns = [
      { name: "paper_id", column: TABLES.papers.columns.paper_id, ...both },
      { name: "colour", column: undefined, inBefore: true, inAfter: false },
      { name: "year", column: TABLES.papers.columns.year, inBefore: false, inAfter: true },
    ];
    const { rows, columns: found } = tallyOf(
      [[{ paper_id: idOf("p", 1), colour: "red" }, paper(1, { year: 2020 })]],
      columns,
    );
    expect(rows.changed).toBe(0);
    expect(found["colour"]).toMatchObject({ filled_before: 1, filled_after: null, changed: 0 });
    expect(found["year"]).toMatchObject({ filled_before: null, filled_after: 1, changed: 0 });
  });
});

test("the latest date or year of the later release is told, and of no other column", () => {
  const { columns } = tallyOf([
    [paper(1, { published_on: "2029-01-01", year: 2029 }), paper(1, { published_on: "2024-02-29" })],
    [null, paper(2, { published_on: "2023-01-01", year: 1999 })],
  ]);
  expect([columns["published_on"]?.latest, columns["year"]?.latest, columns["title"]?.latest]).toEqual([
    "2024-02-29",
    1999,
    null,
  ]);
});

describe("examples of cells", () => {
  test("name the key and both values, and are few", () => {
    const { columns } = tallyOf(
      Array.from({ length: 9 }, (_, i) => [paper(i, { year: 1 }), paper(i, { year: 2 })]),
    );
    expect(columns["year"]?.examples).toHaveLength(MOST_CELLS);
    expect(columns["year"]?.examples[0]).toEqual({ key: [idOf("p", 0)], before: 1, after: 2 });
  });

  test("show long texts where they part, without cutting a character in two", () => {
    const [long, other] = [`${"🪨".repeat(500)}stone`, `${"🪨".repeat(500)}shore`];
    const cells = tallyOf([[paper(1, { title: long }), paper(1, { title: other })]]).columns["title"]
      ?.examples;
    expect(cells?.[0]).toMatchObject({
      before: expect.stringMatching(/^…🪨+stone$/u),
      after: expect.stringMatching(/^…🪨+shore$/u),
    });
    const texts = [cells?.[0]?.before, cells?.[0]?.after] as string[];
    for (const text of texts) expect(text.isWellFormed() && text.length < 200).toBe(true);
  });

  test("never quote a column of others' words", () => {
    const quoted: Column & { wordsOf: "authors" } = { ...TABLES.papers.columns.title, wordsOf: "authors" };
    const columns = known.map((sides) => (sides.name === "title" ? { ...sides, column: quoted } : sides));
    const cells = tallyOf([[paper(1), paper(1, { title: "Owls" })]], columns).columns["title"];
    expect(cells).toMatchObject({ changed: 1, examples: [{ key: [idOf("p", 1)] }] });
    expect(Object.keys(cells?.examples[0] ?? {})).toEqual(["key"]);
  });
});
