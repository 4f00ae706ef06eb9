/**
 * What a column and a table are. Everything about the data's shape is a value of these types, stated once;
 * row types, JSON Schema, Arrow schema, CSV headers and every document derive from it.
 */

/** A closed list of codes, each with its meaning; the meaning is what documents print. */
export type Vocabulary = Readonly<Record<string, string>>;

/**
 * Logical types. `date` is YYYY-MM-DD; `datetime` is UTC to the second, YYYY-MM-DDTHH:MM:SSZ; `integer` fits
 * 53 bits; `string[]` is a native list in Parquet and JSONL and a JSON array in one CSV cell.
 */
export type ColumnType = "string" | "integer" | "number" | "boolean" | "date" | "datetime" | "string[]";

/** Whose words a column quotes: they belong to them and are covered by no licence of ours. */
export const WORDS_OF = {
  authors: "The words are those of the papers' authors.",
  owners: "The words are those of the repositories' owners.",
} as const;
export type WordsOf = keyof typeof WORDS_OF;

export interface Column {
  readonly type: ColumnType;
  /** False: the value may be null, and `nullMeans` says what that stands for. */
  readonly required: boolean;
  readonly description: string;
  readonly example: unknown;
  readonly nullMeans?: string;
  readonly unit?: string;
  readonly vocabulary?: Vocabulary;
  /** A regular expression in the common subset of ECMAScript and RE2. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /**
   * The column quotes what somebody else wrote. Licence texts name it, and it is null in every row of a release made
   * with --no-abstracts. Titles and names are facts and carry no such mark.
   */
  readonly wordsOf?: WordsOf;
}

export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly references: string;
}

export interface Table {
  readonly name: string;
  readonly title: string;
  /** What one row is. */
  readonly row: string;
  readonly key: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly columns: Readonly<Record<string, Column>>;
}

type Plain = {
  string: string;
  integer: number;
  number: number;
  boolean: boolean;
  date: string;
  datetime: string;
  "string[]": readonly string[];
};

type Value<C extends Column> = C extends { readonly vocabulary: infer V }
  ? C["type"] extends "string[]"
    ? readonly (keyof V & string)[]
    : keyof V & string
  : Plain[C["type"]];

/** The TypeScript type of a table's rows: codes become unions, optional columns may be null. */
export type Row<T extends Table> = {
  readonly [N in keyof T["columns"]]: T["columns"][N]["required"] extends true
    ? Value<T["columns"][N]>
    : Value<T["columns"][N]> | null;
};

type Nullable = { readonly required: false; readonly nullMeans: string };
type NotNull = { readonly required: true; readonly wordsOf?: never };

/**
 * Declares a table. What does not compile: a key that is no column, an optional column without `nullMeans`, and words
 * of others in a column that may not be null.
 */
export function defineTable<
  const C extends Readonly<Record<string, Column & (Nullable | NotNull)>>,
  const N extends string,
>(table: {
  readonly name: N;
  readonly title: string;
  readonly row: string;
  readonly key: readonly (keyof C & string)[];
  readonly foreignKeys: readonly (ForeignKey & { readonly column: keyof C & string })[];
  readonly columns: C;
}) {
  return table;
}
