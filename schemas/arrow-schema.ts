import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  List,
  Schema,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import { describe } from "./json-schema.ts";
import type { ColumnType, Table } from "./table.ts";

/** Arrow types by logical type. Seconds lose their logical type in Parquet, so time stamps are milliseconds. */
const ARROW_TYPES = {
  string: () => new Utf8(),
  integer: () => new Int64(),
  number: () => new Float64(),
  boolean: () => new Bool(),
  date: () => new DateDay(),
  datetime: () => new TimestampMillisecond("UTC"),
  "string[]": () => new List(new Field("element", new Utf8(), false)),
} as const satisfies Record<ColumnType, () => DataType>;

/** The Arrow schema of a table: required columns not nullable, descriptions in each field's metadata. */
export function arrowSchema(table: Table): Schema {
  const fields = Object.entries(table.columns).map(
    ([name, column]) =>
      new Field(
        name,
        ARROW_TYPES[column.type](),
        !column.required,
        new Map([["description", describe(column)]]),
      ),
  );
  return new Schema(fields, new Map([["description", table.row]]));
}
