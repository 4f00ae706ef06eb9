import { type Data, type DataType, makeData, RecordBatch, type Schema, Struct } from "apache-arrow";
import type { Column, ColumnType, Table } from "../../schemas/index.ts";
import { PapersetError } from "../core/errors.ts";
import type { AnyRow } from "./format.ts";

/**
 * Builds Arrow columns from typed arrays and offsets, because builders and inference are slower and turn what they
 * do not expect into something else (null into "null", a day number into a time).
 */

const DAY_MS = 86_400_000;

interface Validity {
  readonly nullBitmap: Uint8Array;
  readonly nullCount: number;
}

/** One bit a value, 1 where it is known (Arrow columnar format, "Validity bitmaps"). */
function validity(values: readonly unknown[]): Validity {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < values.length; i += 1)
    if (values[i] === null) nullCount += 1;
    else nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7));
  return { nullBitmap, nullCount };
}

function utf8(values: readonly (string | null)[]): { valueOffsets: Int32Array; data: Buffer } {
  const valueOffsets = new Int32Array(values.length + 1);
  let size = 0;
  for (let i = 0; i < values.length; i += 1) {
    size += Buffer.byteLength(values[i] ?? "");
    valueOffsets[i + 1] = size;
  }
  const data = Buffer.allocUnsafe(size);
  for (let i = 0; i < values.length; i += 1) data.write(values[i] ?? "", valueOffsets[i] ?? 0, "utf8");
  return { valueOffsets, data };
}

function strings(type: DataType, values: readonly (string | null)[]): Data {
  return makeData({
    type: type as never,
    length: values.length,
    ...validity(values),
    ...utf8(values),
  }) as Data;
}

function integers(values: readonly (number | null)[]): BigInt64Array {
  return BigInt64Array.from(values, (value) => {
    if (value !== null && !Number.isSafeInteger(value))
      throw new PapersetError("DEFECT", `${value} is no integer.`);
    return BigInt(value ?? 0);
  });
}

function bits(values: readonly (boolean | null)[]): Uint8Array {
  const data = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i += 1)
    if (values[i] === true) data[i >> 3] = (data[i >> 3] ?? 0) | (1 << (i & 7));
  return data;
}

function lists(type: DataType, values: readonly (readonly string[] | null)[]): Data {
  const valueOffsets = new Int32Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1)
    valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + (values[i]?.length ?? 0);
  const [item] = type.children;
  const child = strings(
    item?.type as DataType,
    values.flatMap((value) => value ?? []),
  );
  return makeData({
    type: type as never,
    length: values.length,
    ...validity(values),
    valueOffsets,
    child,
  }) as Data;
}

type Build = (type: DataType, values: readonly never[]) => Data;

const primitive =
  <T>(data: (values: readonly (T | null)[]) => ArrayBufferView) =>
  (type: DataType, values: readonly (T | null)[]): Data =>
    makeData({
      type: type as never,
      length: values.length,
      ...validity(values),
      data: data(values) as never,
    }) as Data;

/** One builder for each logical type: a new type does not compile until it can be written. */
const BUILDERS = {
  string: strings,
  "string[]": lists,
  integer: primitive<number>(integers),
  number: primitive<number>((values) => Float64Array.from(values, (value) => value ?? 0)),
  boolean: primitive<boolean>(bits),
  date: primitive<string>((values) =>
    Int32Array.from(values, (value) => (value === null ? 0 : Date.parse(value) / DAY_MS)),
  ),
  datetime: primitive<string>((values) =>
    BigInt64Array.from(values, (value) => BigInt(value === null ? 0 : Date.parse(value))),
  ),
} as const satisfies Record<ColumnType, Build>;

/** A record batch of the rows. A required value that is null is a defect and stops the run. */
export function recordBatch(table: Table, schema: Schema, rows: readonly AnyRow[]): RecordBatch {
  const children = Object.entries(table.columns).map(([name, column]: [string, Column], i) => {
    const values = rows.map((row) => row[name] ?? null);
    if (column.required && values.includes(null))
      throw new PapersetError("DEFECT", `${table.name}.${name} is null.`);
    const build: Build = BUILDERS[column.type];
    return build(schema.fields[i]?.type as DataType, values as never[]);
  });
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows.length, children }),
  );
}
