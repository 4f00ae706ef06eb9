import { type Data, type DataType, makeData, RecordBatch, type Schema, Struct } from "apache-arrow";
import type { Column, ColumnType, Table } from "../../schemas/index.ts";
import { DAY_MS } from "../core/days.ts";
import { PapersetError } from "../core/errors.ts";
import type { AnyRow } from "./format.ts";

/**
 * Builds Arrow columns from typed arrays and offsets, because builders and inference are slower and turn what they
 * do not expect into something else (null into "null", a day number into a time).
 */

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

/** At most as many bytes of UTF-8 as this for one UTF-16 unit. */
const BYTES_A_UNIT = 3;

/**
 * Memory for the text of one column, taken again for each batch: new memory comes filled with zeros, which costs more
 * than writing the text.
 */
interface Scratch {
  bytes: Buffer;
}

function room(scratch: Scratch, size: number): Buffer {
  if (scratch.bytes.length < size) scratch.bytes = Buffer.allocUnsafeSlow(size);
  return scratch.bytes;
}

/** Texts one after the other as UTF-8, and where each ends; null takes no room. */
function utf8(
  values: readonly (string | null)[],
  scratch: Scratch,
): { valueOffsets: Int32Array; data: Buffer } {
  const valueOffsets = new Int32Array(values.length + 1);
  const most = BYTES_A_UNIT * values.reduce((length, value) => length + (value?.length ?? 0), 0);
  const data = room(scratch, most);
  let size = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (typeof value === "string") size += data.write(value, size, "utf8");
    valueOffsets[i + 1] = size;
  }
  return { valueOffsets, data: data.subarray(0, size) };
}

function strings(type: DataType, values: readonly (string | null)[], scratch: Scratch): Data {
  return makeData({
    type: type as never,
    length: values.length,
    ...validity(values),
    ...utf8(values, scratch),
  }) as Data;
}

const WORD = 2 ** 32;

/** Integers of 64 bits as two words each, the low one first, which is faster than making a BigInt of each. */
function int64(values: readonly (number | null)[]): BigInt64Array {
  const words = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (!Number.isSafeInteger(value)) throw new PapersetError("DEFECT", `${value} is no integer.`);
    words.setUint32(8 * i, value % WORD, true);
    words.setInt32(8 * i + 4, Math.floor(value / WORD), true);
  }
  return new BigInt64Array(words.buffer);
}

function bits(values: readonly (boolean | null)[]): Uint8Array {
  const data = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i += 1)
    if (values[i] === true) data[i >> 3] = (data[i >> 3] ?? 0) | (1 << (i & 7));
  return data;
}

function lists(type: DataType, values: readonly (readonly string[] | null)[], scratch: Scratch): Data {
  const valueOffsets = new Int32Array(values.length + 1);
  const items: string[] = [];
  for (let i = 0; i < values.length; i += 1) {
    for (const item of values[i] ?? []) items.push(item);
    valueOffsets[i + 1] = items.length;
  }
  return makeData({
    type: type as never,
    length: values.length,
    ...validity(values),
    valueOffsets,
    child: strings(type.children[0]?.type as DataType, items, scratch),
  }) as Data;
}

type Build = (type: DataType, values: readonly never[], scratch: Scratch) => Data;

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
  integer: primitive<number>(int64),
  number: primitive<number>((values) => Float64Array.from(values, (value) => value ?? 0)),
  boolean: primitive<boolean>(bits),
  date: primitive<string>((values) =>
    Int32Array.from(values, (value) => (value === null ? 0 : Date.parse(value) / DAY_MS)),
  ),
  datetime: primitive<string>((values) =>
    int64(values.map((value) => (value === null ? null : Date.parse(value)))),
  ),
} as const satisfies Record<ColumnType, Build>;

/**
 * Makes record batches of a table's rows, each good until the next one is made. A required value that is null is a
 * defect and stops the run.
 */
export function batchMaker(table: Table, schema: Schema): (rows: readonly AnyRow[]) => RecordBatch {
  const columns = Object.entries(table.columns).map(([name, column]: [string, Column], i) => {
    const build: Build = BUILDERS[column.type];
    const scratch: Scratch = { bytes: Buffer.alloc(0) };
    return (rows: readonly AnyRow[]) => {
      const values = rows.map((row) => row[name] ?? null);
      if (column.required && values.includes(null))
        throw new PapersetError("DEFECT", `${table.name}.${name} is null.`);
      return build(schema.fields[i]?.type as DataType, values as never[], scratch);
    };
  });
  return (rows) => {
    const children = columns.map((columnOf) => columnOf(rows));
    const type = new Struct(schema.fields);
    return new RecordBatch(schema, makeData({ type, length: rows.length, children }));
  };
}
