import type { Column, Table } from "../../schemas/index.ts";
import { FORMULA_MARK, MARKED_TEXT } from "../core/formulas.ts";
import type { FormatName } from "../core/table-files.ts";
import { isMistyped } from "./check-schema.ts";
import { type Database, FILE_COLUMN, READERS, sqlName, sqlText } from "./duckdb.ts";

/** A table as one format has it: a view of its files, in order. */
export interface View {
  readonly db: Database;
  readonly table: Table;
  readonly format: FormatName;
  /** Whether the table's CSV has texts marked against formulas; the cells of the other formats are compared as marked. */
  readonly isMarked: boolean;
  readonly name: string;
}

/** SQL for the rows of a view with their numbers, from 1; the order is that of the files and of the lines in them. */
export const numbered = ({ name }: View) => `(SELECT *, row_number() OVER () AS _row FROM ${sqlName(name)})`;

/** SQL that gives a cell's text in the form in which all formats must agree; null where the cell is null. */
export function textOf({ format, isMarked }: View, name: string, { type }: Column): string {
  const text = READERS[format].text[type](sqlName(name));
  return isMarked && format !== "csv" && type === "string"
    ? `CASE WHEN regexp_matches(${text}, ${sqlText(MARKED_TEXT)}) THEN concat(${sqlText(FORMULA_MARK)}, ${text}) ELSE ${text} END`
    : text;
}

/** What one pass over a file finds. */
export interface FileDigests {
  readonly rows: number;
  /** Columns that hold values of another type than their own. */
  readonly mistyped: readonly string[];
  /** Of each column, in the order of the schema, over the cells of this file. */
  readonly columns: readonly bigint[];
  readonly markedCells: number;
}

/**
 * Digests of a table in one format, by file, in one pass that streams. A column's digest takes each cell's text with the
 * number of its row in the table, so that order counts, and with a mark that tells null from text. Those of several
 * files give that of the table by exclusive or.
 */
export async function digests(view: View): Promise<Map<string, FileDigests>> {
  const columns = Object.entries(view.table.columns);
  const marks = columns.flatMap(([name, { type }]) =>
    type === "string" ? [`starts_with(${sqlName(name)}, ${sqlText(FORMULA_MARK)})::INT`] : [],
  );
  const isMarkedCsv = view.isMarked && view.format === "csv";
  const select = [
    `${FILE_COLUMN} AS file`,
    "count(*) AS rows",
    `${isMarkedCsv ? `sum(${marks.map((mark) => `coalesce(${mark}, 0)`).join(" + ")})::BIGINT` : "0"} AS marked`,
    ...columns.flatMap(([name, column], i) => [
      `count(*) FILTER (WHERE ${isMistyped(view.format, name, column)}) AS wrong${i}`,
      `bit_xor(hash(concat(_row, CASE WHEN ${sqlName(name)} IS NULL THEN '-' ELSE '=' END, TRY(${textOf(view, name, column)}))))::VARCHAR AS digest${i}`,
    ]),
  ];
  const found = await view.db.rows(`SELECT ${select.join(", ")} FROM ${numbered(view)} GROUP BY ALL`);
  return new Map(
    found.map((row) => [
      String(row["file"]),
      {
        rows: Number(row["rows"]),
        mistyped: columns.map(([name]) => name).filter((_name, i) => row[`wrong${i}`] !== 0),
        columns: columns.map((_column, i) => BigInt(String(row[`digest${i}`]))),
        markedCells: Number(row["marked"]),
      },
    ]),
  );
}
