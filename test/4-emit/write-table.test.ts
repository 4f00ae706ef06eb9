import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { ROW_GROUP } from "../../pipeline/4-emit/parquet-encoder.ts";
import { writeTable } from "../../pipeline/4-emit/write-table.ts";
import { sha256 } from "../../pipeline/core/digest.ts";
import type { FileEntry } from "../../pipeline/core/manifest.ts";
import { tablePath } from "../../pipeline/core/table-files.ts";
import { cleanText } from "../../pipeline/core/text.ts";
import { TABLES, type Table, type TableName } from "../../schemas/index.ts";
import {
  bareRowOf,
  EACH_TABLE,
  hostileRows,
  idOf,
  type PlainRow,
  type RowOf,
  rowOf,
} from "../support/rows.ts";
import { FORMAT_NAMES, type FormatName, footer, pathIn, READ_BACK } from "./read-back.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-write-table-"));
});
afterAll(() => rm(folder, { recursive: true }));

let folders = 0;
const ownFolder = () => {
  folders += 1;
  return join(folder, String(folders));
};

const write = (name: TableName, rows: readonly PlainRow[], to: string): Promise<FileEntry[]> =>
  writeTable(TABLES[name], rows as AnyRow[], to);

/** Writes rows in a folder of their own, and what each format then holds, by its name. */
async function throughEveryFormat(name: TableName, rows: readonly PlainRow[]) {
  const own = ownFolder();
  await write(name, rows, own);
  const read = async (format: FormatName) => [
    format,
    await READ_BACK[format](TABLES[name], pathIn(own, format, name)),
  ];
  return Object.fromEntries(await Promise.all(FORMAT_NAMES.map(read))) as Record<FormatName, PlainRow[]>;
}
const everyFormat = <T>(rows: T) => ({ csv: rows, jsonl: rows, parquet: rows });

const paper = (number: number, known: Partial<RowOf<"papers">> = {}) =>
  bareRowOf("papers", { paper_id: idOf("p", number), ...known });

describe.each(EACH_TABLE)("another reader finds in %s", (name, table: Table) => {
  test("every hostile cell as it was written, in the order of rows and columns, in every format", async () => {
    const rows = hostileRows(table);
    const found = await throughEveryFormat(name, rows);
    expect(found).toStrictEqual(everyFormat(rows));
    for (const [first] of Object.values(found))
      expect(Object.keys(first ?? {})).toEqual(Object.keys(table.columns));
  });

  test("nothing in any format when it was written without rows", async () => {
    expect(await throughEveryFormat(name, [])).toStrictEqual(everyFormat([]));
  });

  test("bytes that do not depend on the day, the place, or what was written before", async () => {
    const [one, two] = [ownFolder(), ownFolder()];
    const rows = hostileRows(table);
    const first = await write(name, rows, one);
    await write("papers", [paper(1)], two);
    expect(await write(name, rows, two)).toEqual(first);
    for (const { path } of first)
      expect((await readFile(join(two, path))).equals(await readFile(join(one, path))), path).toBe(true);
  });
});

describe("every format keeps apart", () => {
  test("a list that is not known, an empty list, and lists with items", async () => {
    const lists = [null, [], ["Ada Lark"], ["Ada Lark", "Otto Fenn"]];
    const found = await throughEveryFormat(
      "papers",
      lists.map((authors, i) => paper(i, { authors })),
    );
    const authors = (rows: PlainRow[]) => rows.map((row) => row["authors"]);
    expect(FORMAT_NAMES.map((format) => authors(found[format]))).toEqual([lists, lists, lists]);
  });

  test("a measured zero and a figure that is not known", async () => {
    const rows = [paper(1, { stars: 0 }), paper(2, { stars: null }), paper(3, { stars: 1 })];
    const found = await throughEveryFormat("papers", rows);
    const stars = (format: FormatName) => found[format].map((row) => row["stars"]);
    expect(FORMAT_NAMES.map(stars)).toEqual([
      [0, null, 1],
      [0, null, 1],
      [0, null, 1],
    ]);
  });

  test("what is false and what is not known", async () => {
    const known = [false, null, true];
    const rows = known.map((is_fork, i) =>
      bareRowOf("repositories", { repository_id: idOf("r", i), is_fork }),
    );
    const found = await throughEveryFormat("repositories", rows);
    const forks = (format: FormatName) => found[format].map((row) => row["is_fork"]);
    expect(FORMAT_NAMES.map(forks)).toEqual([known, known, known]);
  });

  test("the text null, a text of brackets, and nothing", async () => {
    const titles = ["null", "[]", "NULL"];
    const rows = titles.map((title, i) => paper(i, { title, abstract: i === 0 ? null : title }));
    expect(await throughEveryFormat("papers", rows)).toStrictEqual(everyFormat(rows));
  });
});

test("an abstract of a megabyte comes back whole from every format", async () => {
  const sentence = 'A river, a "drone", and 石頭 by the thousand 🪨.\u2028';
  const abstract = sentence.repeat(Math.ceil((1 << 20) / sentence.length)).trim();
  const rows = [paper(1), paper(2, { abstract }), paper(3)];
  const found = await throughEveryFormat("papers", rows);
  for (const format of FORMAT_NAMES)
    expect(
      found[format].map((row) => row["abstract"] === abstract),
      format,
    ).toEqual([false, true, false]);
});

test("any text that is fit for a table comes back from every format, alone and in a list", async () => {
  const anyText = fc
    .string({ unit: "grapheme-composite", minLength: 1, maxLength: 20 })
    .map(cleanText)
    .filter((text) => text !== "");
  const anyRows = fc.array(
    fc.record({ title: anyText, abstract: fc.option(anyText), authors: fc.option(fc.array(anyText)) }),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(anyRows, async (known) => {
      const rows = known.map((cells, i) => paper(i, cells));
      expect(await throughEveryFormat("papers", rows)).toStrictEqual(everyFormat(rows));
    }),
    { numRuns: 20 },
  );
});

describe("a table of more rows than a batch", () => {
  const COUNT = 20_000;
  const version = (i: number) => `1.${i % 7}.${i}`;
  async function* rows() {
    for (let i = 0; i < COUNT; i += 1)
      yield bareRowOf("retired_ids", { retired_id: idOf("p", i), retired_in_version: version(i) });
  }
  let own: string;
  let entries: FileEntry[];
  beforeAll(async () => {
    own = ownFolder();
    entries = await writeTable(TABLES.retired_ids, rows(), own);
  });

  test.each(FORMAT_NAMES)("has every row in order in %s", async (format) => {
    const found = await READ_BACK[format](TABLES.retired_ids, pathIn(own, format, "retired_ids"));
    expect(found.map((row) => row["retired_in_version"])).toEqual(
      Array.from({ length: COUNT }, (_, i) => version(i)),
    );
    expect(found.at(-1)).toStrictEqual(
      bareRowOf("retired_ids", {
        retired_id: idOf("p", COUNT - 1),
        retired_in_version: version(COUNT - 1),
      }),
    );
  });

  test("has Parquet row groups of a fixed number of rows, and one of what is left", async () => {
    const groups = await footer(pathIn(own, "parquet", "retired_ids"));
    const sizes = new Map(
      groups.map((group) => [Number(group["row_group_id"]), Number(group["row_group_num_rows"])]),
    );
    expect([...sizes.values()]).toEqual([ROW_GROUP.rows, COUNT - ROW_GROUP.rows]);
  });

  test("is said to have as many rows as were given, in the entry of every file", () => {
    expect(entries.map((entry) => entry.rows)).toEqual([COUNT, COUNT, COUNT]);
  });
});

test("a table that fills one row group has no empty one behind it", async () => {
  const own = ownFolder();
  const rows = Array.from({ length: ROW_GROUP.rows }, (_, i) =>
    rowOf("retired_ids", { retired_id: idOf("p", i) }),
  );
  await write("retired_ids", rows, own);
  const groups = await footer(pathIn(own, "parquet", "retired_ids"));
  expect(new Set(groups.map((group) => Number(group["row_group_num_rows"])))).toEqual(
    new Set([ROW_GROUP.rows]),
  );
  expect(groups).toHaveLength(Object.keys(TABLES.retired_ids.columns).length);
});

test("each file's entry names its path below the release, its table, and its size and digest on disk", async () => {
  const own = ownFolder();
  const entries = await write("mentions", [rowOf("mentions")], own);
  expect(entries.map((entry) => entry.path)).toEqual(
    FORMAT_NAMES.map((format) => `${format}/mentions.${format}`),
  );
  for (const { path, bytes, sha256: digest, table, rows } of entries) {
    expect([bytes, digest]).toEqual([
      (await stat(join(own, path))).size,
      sha256(await readFile(join(own, path))),
    ]);
    expect([table, rows]).toEqual(["mentions", 1]);
  }
});

test("a table's path is the same in every release: a folder and an ending for each format", () => {
  expect(FORMAT_NAMES.map((format) => tablePath(format, "papers"))).toEqual([
    "csv/papers.csv",
    "jsonl/papers.jsonl",
    "parquet/papers.parquet",
  ]);
});

describe("writing stops", () => {
  test("with a defect at the first row that breaks the schema, wherever it stands", async () => {
    const rows = [paper(1), paper(2, { title: "" }), paper(3)];
    await expect(write("papers", rows, ownFolder())).rejects.toMatchObject({
      code: "DEFECT",
      message: expect.stringContaining("papers/title"),
    });
  });

  test("with the error of the rows' own source", async () => {
    async function* broken() {
      yield paper(1);
      throw new Error("The river is dry.");
    }
    await expect(writeTable(TABLES.papers, broken(), ownFolder())).rejects.toThrow("The river is dry.");
  });
});
