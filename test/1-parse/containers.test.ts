import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnyJsonReader } from "../../pipeline/1-parse/containers/any-json.ts";
import type { ContainerReader, Entry } from "../../pipeline/1-parse/containers/container.ts";
import { CsvRowsReader } from "../../pipeline/1-parse/containers/csv-rows.ts";

const readAll = (reader: ContainerReader, ...pieces: readonly string[]): Entry[] => [
  ...pieces.flatMap((piece) => [...reader.write(piece)]),
  ...reader.end(),
];
const valuesIn = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.kind === "value" ? [entry.value] : []));
const cutAt = (text: string, at: number) => [text.slice(0, at), text.slice(at)];

describe("JSON in either form", () => {
  const list = '[\n{"a":1},\n{"a":\n2}\n]';
  const lines = '{"a":1}\n{"a":2}\n';

  test.each([
    ["a list", list],
    ["lines", lines],
    ["an answer that wraps a list", '{"count":2,"results":[{"a":1},{"a":2}]}'],
  ])("%s gives its values, into whatever two pieces it is cut", (_what, text) => {
    for (let at = 0; at <= text.length; at += 1)
      expect(valuesIn(readAll(new AnyJsonReader(), ...cutAt(text, at))), String(at)).toEqual([
        { a: 1 },
        { a: 2 },
      ]);
  });

  test("one object is one value", () => {
    expect(valuesIn(readAll(new AnyJsonReader(), '{\n"id": "x",\n"authors": [{"name": "y"}]\n}'))).toEqual([
      { id: "x", authors: [{ name: "y" }] },
    ]);
  });

  test("values know their lines", () => {
    expect(readAll(new AnyJsonReader(), list).map(({ lineStart, lineEnd }) => [lineStart, lineEnd])).toEqual([
      [2, 2],
      [3, 4],
    ]);
  });

  test("a text that is cut off gives what was whole, and says where it ends", () => {
    const entries = readAll(new AnyJsonReader(), '[{"a":1},\n{"a":');
    expect(valuesIn(entries)).toEqual([{ a: 1 }]);
    expect(entries.at(-1)).toMatchObject({ kind: "damage", reason: "json_invalid", lineStart: 2 });
  });

  test("a line that is no JSON is damage, and the next is read all the same", () => {
    const entries = readAll(new AnyJsonReader(), '{"a":1}\noops\n{"a":3}\n');
    expect(entries.map(({ kind }) => kind)).toEqual(["value", "damage", "value"]);
  });

  test("any values come back as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2 }), (values) => {
        const written = values.map((value) => JSON.stringify(value));
        const meant = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(valuesIn(readAll(new AnyJsonReader(), `[${written.join(",")}]`))).toEqual(meant);
        expect(valuesIn(readAll(new AnyJsonReader(), written.join("\n")))).toEqual(meant);
      }),
    );
  });

  test("two hundred thousand brackets end in damage within a moment", () => {
    const start = performance.now();
    expect(readAll(new AnyJsonReader(), "[".repeat(200_000))).toMatchObject([{ kind: "damage" }]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("rows of CSV", () => {
  const text = 'title,authors\n"A, ""b""","x\ny"\nonly one\nC,d\n';

  test("are read by column name, into whatever two pieces the text is cut", () => {
    const whole = valuesIn(readAll(new CsvRowsReader(), text));
    expect(whole).toEqual([
      { title: 'A, "b"', authors: "x\ny" },
      { title: "C", authors: "d" },
    ]);
    for (let at = 20; at <= text.length; at += 1)
      expect(valuesIn(readAll(new CsvRowsReader(), ...cutAt(text, at)))).toEqual(whole);
  });

  test("with too few cells are damage with their line", () => {
    const damage = readAll(new CsvRowsReader(), text).filter(({ kind }) => kind === "damage");
    expect(damage).toMatchObject([{ reason: "row_invalid", lineStart: 4 }]);
  });

  test.each([";", "\t"])("may be parted by %j", (delimiter) => {
    expect(valuesIn(readAll(new CsvRowsReader(), `title${delimiter}year\nA, b${delimiter}2026\n`))).toEqual([
      { title: "A, b", year: "2026" },
    ]);
  });
});
