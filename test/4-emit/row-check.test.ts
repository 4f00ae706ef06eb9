import { describe, expect, test } from "vitest";
import { rowCheck } from "../../pipeline/4-emit/row-check.ts";
import { PapersetError } from "../../pipeline/core/errors.ts";
import { TABLES } from "../../schemas/index.ts";
import { bareRowOf, EACH_TABLE, hostileRows, type RowOf, rowOf } from "../support/rows.ts";

const checkPaper = rowCheck(TABLES.papers);
const paperWith = (cells: object) => () => checkPaper({ ...rowOf("papers"), ...cells });

function defectOf(check: () => void): PapersetError {
  try {
    check();
  } catch (error) {
    if (error instanceof PapersetError) return error;
  }
  throw new Error("The check stopped nothing.");
}

describe.each(EACH_TABLE)("a row of %s passes", (name, table) => {
  test("with the examples of the schema, with null wherever that may stand, and with any text", () => {
    const check = rowCheck(table);
    for (const row of [rowOf(name), bareRowOf(name), ...hostileRows(table)])
      expect(() => check(row)).not.toThrow();
  });
});

describe.each(EACH_TABLE)("a row of %s stops the run with a defect", (name, table) => {
  const check = rowCheck(table);

  test.each(Object.keys(table.columns))("without %s: null is written out, nothing is left out", (column) => {
    const { [column]: _, ...others }: Record<string, unknown> = rowOf(name);
    const { code, message } = defectOf(() => check(others));
    expect([code, message.includes(`'${column}'`)]).toEqual(["DEFECT", true]);
  });

  test.each(
    Object.entries(table.columns)
      .filter(([, { required }]) => required)
      .map(([column]) => column),
  )("with null in %s, which is required", (column) => {
    expect(defectOf(() => check({ ...rowOf(name), [column]: null })).code).toBe("DEFECT");
  });

  test("with a column that the schema does not have", () => {
    expect(defectOf(() => check({ ...rowOf(name), note: "no column" })).message).toContain(
      "additional properties",
    );
  });
});

describe("a paper stops the run with a defect where", () => {
  const cases: readonly (readonly [string, Partial<Record<keyof RowOf<"papers">, unknown>>])[] = [
    ["a text is empty", { title: "" }],
    ["a text that may be null is empty", { abstract: "" }],
    ["an item of a list is empty", { authors: ["Ada Lark", ""] }],
    ["an item of a list is null", { authors: [null] }],
    ["a code is not in its vocabulary", { repository_status: "asleep" }],
    ["a code in a list is not in its vocabulary", { issues: ["abstract_missing", "too_short"] }],
    ["an id has another form", { paper_id: "p_1" }],
    ["an id is of another kind", { repository_id: "p_0000000000000001" }],
    ["a number is below its minimum", { mention_count: 0 }],
    ["a number is above its maximum", { year: 2201 }],
    ["a count is no integer", { stars: 1.5 }],
    ["a number is a text", { stars: "1" }],
    ["a text is a number", { title: 7 }],
    ["a list is a text", { authors: "Ada Lark" }],
    ["a day does not exist", { published_on: "2026-02-29" }],
    ["a day carries a time", { published_on: "2026-02-28T00:00:00Z" }],
    ["a moment carries parts of a second", { stars_observed_at: "2026-02-28T00:00:00.5Z" }],
    ["a moment is not in UTC", { stars_observed_at: "2026-02-28T00:00:00+01:00" }],
    ["a moment does not exist", { stars_observed_at: "2026-02-28T24:30:00Z" }],
  ];
  test.each(cases)("%s", (_rule, cells) => {
    const { code, exitCode, message } = defectOf(paperWith(cells));
    expect([code, exitCode]).toEqual(["DEFECT", 1]);
    expect(message).toContain(`papers/${Object.keys(cells)[0]}`);
  });
});

test("a leap second stops the run with a defect, because no writer can write that moment", () => {
  expect(paperWith({ stars_observed_at: "2016-12-31T23:59:60Z" })).toThrow("papers/stars_observed_at");
});

test("the defect carries the row that broke the schema, for whoever looks for its cause", () => {
  const row = { ...rowOf("papers"), title: "" };
  expect(defectOf(() => checkPaper(row)).details).toEqual({ row });
});

test("a row that is right passes after one that was wrong", () => {
  defectOf(paperWith({ title: "" }));
  expect(paperWith({})).not.toThrow();
});
