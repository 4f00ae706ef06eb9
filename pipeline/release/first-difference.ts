import { differAt } from "../core/text.ts";
import { numbered, textOf, type View } from "./digests.ts";
import { sqlName } from "./duckdb.ts";

/** A cell that two formats hold differently. */
interface Cell {
  readonly row: number;
  readonly column: string;
}

/** The first cell that differs, by the hashes of texts alone, so that no text is held for the comparison. */
async function firstCell(a: View, b: View, columns: readonly string[]): Promise<Cell | null> {
  let first: Cell | null = null;
  for (const column of columns) {
    const of = (view: View) => {
      const type = view.table.columns[column];
      const text = type === undefined ? "NULL" : textOf(view, column, type);
      return `(SELECT _row, hash(CASE WHEN ${sqlName(column)} IS NULL THEN '-' ELSE concat('=', ${text}) END) AS cell FROM ${numbered(view)})`;
    };
    const [found] = await a.db.rows(
      `SELECT min(coalesce(a._row, b._row)) AS row FROM ${of(a)} AS a FULL JOIN ${of(b)} AS b USING (_row) WHERE a.cell IS DISTINCT FROM b.cell`,
    );
    const row = found?.["row"];
    if (typeof row === "number" && (first === null || row < first.row)) first = { row, column };
  }
  return first;
}

/** Characters of a cell that are shown, around the place where it begins to differ. */
const SHOWN = { before: 20, behind: 40 } as const;

function shown(text: string | null | undefined, at: number): string {
  if (text === undefined) return "no such row";
  if (text === null) return "null";
  const [from, to] = [Math.max(0, at - SHOWN.before), at + SHOWN.behind];
  return `${from === 0 ? "" : "…"}${JSON.stringify(text.slice(from, to))}${to < text.length ? "…" : ""}`;
}

async function textAt(view: View, { row, column }: Cell): Promise<string | null | undefined> {
  const type = view.table.columns[column];
  if (type === undefined) return undefined;
  const [found] = await view.db.rows(
    `SELECT ${textOf(view, column, type)} AS text FROM ${numbered(view)} WHERE _row = ${row}`,
  );
  return found === undefined ? undefined : (found["text"] as string | null);
}

/** The first cell in which two formats of a table differ, in words, with what each holds there. */
export async function firstDifference(a: View, b: View, columns: readonly string[]): Promise<string> {
  const cell = await firstCell(a, b, columns);
  if (cell === null) return "";
  const [one, other] = [await textAt(a, cell), await textAt(b, cell)];
  const at = typeof one === "string" && typeof other === "string" ? differAt(one, other) : 0;
  return `: first in row ${cell.row}, ${cell.column} is ${shown(one, at)} in ${a.format} and ${shown(other, at)} in ${b.format}`;
}
