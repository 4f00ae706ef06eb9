import { type Column, type Row, TABLES, type Table, type TableName } from "../../schemas/index.ts";

/** The type of a table's rows, by the table's name. */
export type RowOf<N extends TableName> = Row<(typeof TABLES)[N]>;

/** A row as a test of any table sees it. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** An id of one kind that a schema accepts; greater numbers sort later. */
export const idOf = (kind: "p" | "r" | "m", number: number): string =>
  `${kind}_${String(number).padStart(16, "0")}`;

/** A valid row: every column holds its example, unless told otherwise. */
export function rowOf<N extends TableName>(name: N, known: Partial<RowOf<N>> = {}): RowOf<N> {
  const columns = Object.entries(TABLES[name].columns);
  const examples = Object.fromEntries(columns.map(([column, { example }]) => [column, example]));
  return { ...examples, ...known } as RowOf<N>;
}

/** A valid row that says as little as the schema allows: null wherever null may stand. */
export function bareRowOf<N extends TableName>(name: N, known: Partial<RowOf<N>> = {}): RowOf<N> {
  const columns: [string, Column][] = Object.entries(TABLES[name].columns);
  const optional = columns.filter(([, { required }]) => !required).map(([column]) => [column, null]);
  return { ...rowOf(name), ...Object.fromEntries(optional), ...known };
}

/** Texts that a careless writer or reader breaks. All are in normal form C and hold no control character. */
export const HOSTILE_TEXTS: readonly string[] = [
  'commas, "quotes", and, "all of ""it"" at once"',
  '"',
  ",",
  "' single '",
  "a line\u2028separator and a paragraph\u2029separator",
  "测量河流中的石头，并给出日期",
  "🪨🏞️ stones 👩🏽‍🔬 and a flag 🇨🇭",
  "עברית and العربية between Latin words",
  "=1+1 is no formula here",
  "@SUM(1;2) -3 +4",
  " a space before and behind ",
  "a byte order mark \ufeff within",
  "C:\\temp\\new \\u0041 %20 &amp; ; | \\",
  "null",
  "NULL",
  "[]",
  '["a", null]',
  "0",
  "false",
  "1969-12-31",
  "# no comment",
  "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 beyond the first plane \u{10ffff}",
  "é in one piece, ﬁ as a ligature",
  "soft\u00adhyphen, no\u00a0break, zero\u200bwidth",
];

const DATES = ["1969-12-31", "1970-01-01", "1600-02-29", "0001-01-01", "9999-12-31", "2024-02-29"];
const TIMES = [
  "1969-12-31T23:59:59Z",
  "1970-01-01T00:00:00Z",
  "1582-10-04T12:00:00Z",
  "9999-12-31T23:59:59Z",
  "2026-03-29T02:30:00Z",
];
const INTEGERS = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
const NUMBERS = [0, 1, 0.1, 1 / 3, Number.EPSILON, 5e-324, 0.30000000000000004];
const LISTS: readonly (readonly string[])[] = [
  [],
  ["one"],
  ["one", "one"],
  ["[]", '"', ",", "null"],
  HOSTILE_TEXTS,
  ["a, b", "c"],
];

/** The hostile values of a column that its own constraints allow; null among them where it may stand. */
function hostileValues({
  type,
  vocabulary,
  pattern,
  minimum,
  maximum,
  required,
  example,
}: Column): unknown[] {
  const codes = vocabulary === undefined ? null : Object.keys(vocabulary);
  const within = (value: number) => value >= (minimum ?? value) && value <= (maximum ?? value);
  const values = {
    string: () => codes ?? (pattern === undefined ? HOSTILE_TEXTS : [example]),
    "string[]": () => (codes === null ? LISTS : [[], codes, codes.slice(0, 1)]),
    integer: () => [...INTEGERS, ...(maximum === undefined ? [] : [maximum]), minimum ?? 0].filter(within),
    number: () => NUMBERS.filter(within),
    boolean: () => [true, false],
    date: () => DATES,
    datetime: () => TIMES,
  }[type]();
  return required ? [...values] : [...values, null];
}

const KINDS = { paper_id: "p", repository_id: "r", mention_id: "m", retired_id: "p" } as const;

/**
 * Rows of a table in the order of its key that hold, column by column, every hostile value which the schema allows.
 * Columns step through their values at different places, so that neighbours differ from row to row.
 */
export function hostileRows(table: Table): PlainRow[] {
  const columns = Object.entries(table.columns);
  const all = columns.map(([, column]) => hostileValues(column));
  const length = Math.max(...all.map((values) => values.length)) + 1;
  return Array.from({ length }, (_, number) => {
    const cells = columns.map(([name], i): [string, unknown] => {
      const values = all[i] ?? [];
      const isId = name in KINDS && name === table.key[0];
      const value = values[(number + i) % values.length];
      return [name, isId ? idOf(KINDS[name as keyof typeof KINDS], number) : value];
    });
    return Object.fromEntries(cells);
  });
}

/** Every table with its name, as `test.each` takes them. */
export const EACH_TABLE: readonly (readonly [TableName, Table & { readonly name: TableName }])[] =
  Object.values(TABLES).map((table) => [table.name, table] as const);
