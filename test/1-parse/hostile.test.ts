import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findSources } from "../../pipeline/1-parse/input/sources.ts";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import type { Reject } from "../../pipeline/core/stage.ts";
import { parseAlone, rejectsIn } from "./captures.ts";
import { manyLines, PACK, PACKED_EITHER_WAY } from "./input/packed.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, TITLE } from "./layouts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-hostile-"));
  await mkdir(join(folder, "in"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...path: readonly string[]) => join(folder, ...path);
/** Generous: other work may be going on. */
const LONGEST = 20_000;

const LISTING = `new\n\nSubscribe\n\nMar 14, 2025\n\n${TITLE}\n\n${ABSTRACT}\n\n${OTHER_TITLE}\n\n${OTHER_ABSTRACT}\n`;
const ROW = JSON.stringify({ title: TITLE, abstract: ABSTRACT });
const OTHER_ROW = JSON.stringify({ title: OTHER_TITLE, abstract: OTHER_ABSTRACT });

type Files = Readonly<Record<string, string | Uint8Array>>;

const find = () => findSources([at("in")], { out: at("out"), standardInput: null });

/** What the parse stage makes of the files that are there by now. */
async function parseThere(): Promise<{ records: readonly Mention[]; rejects: Reject[] }> {
  const sources = await Array.fromAsync((await find()).records());
  const start = performance.now();
  const { records } = await parseAlone(sources, at("out"));
  expect(performance.now() - start).toBeLessThan(LONGEST);
  return { records, rejects: await rejectsIn(at("out")) };
}

async function parseFiles(files: Files) {
  for (const [name, content] of Object.entries(files)) await writeFile(at("in", name), content);
  return parseThere();
}
const titles = (records: readonly Mention[]) => records.map((mention) => mention.title);
const reasons = (rejects: readonly Reject[]) => rejects.map((reject) => reject.reason);
const issuesOf = (records: readonly Mention[]) => records.map((mention) => mention.issues);

/** Writes a file of the beginning, then a megabyte of one letter over and over, then the end. */
async function writeLong(name: string, start: string, megabytes: number, end: string): Promise<void> {
  const file = await open(at("in", name), "w");
  const piece = Buffer.alloc(1 << 20, "a");
  await file.write(start);
  for (let written = 0; written < megabytes; written += 1) await file.write(piece);
  await file.write(end);
  await file.close();
}

/** How many files this process has open; 0 where the system does not show it. */
const countOpen = async () => (await readdir("/proc/self/fd").catch(() => [])).length;

describe("a file that is no text is rejected whole", () => {
  const random = Buffer.from(
    Array.from({ length: 200_000 }, (_, at) => Math.floor(Math.sin(at) * 1e6) & 255),
  );

  test.each<[string, Uint8Array, string]>([
    ["noise", random, "file_not_text"],
    ["zeros", new Uint8Array(1 << 20), "file_not_text"],
    [
      "a picture that begins like one",
      Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), random]),
      "file_not_text",
    ],
    ["packed twice", PACK.gzip(PACK.gzip(manyLines(5_000))), "file_not_text"],
    [
      "UTF-32",
      Buffer.concat([
        Buffer.of(0xff, 0xfe, 0, 0),
        Buffer.from([..."stones"].map((c) => `${c}\0\0\0`).join("")),
      ]),
      "file_not_text",
    ],
    ["letters that are none", Buffer.alloc(100_000, 0xff), "layout_unknown"],
    ["gzip's mark before noise", Buffer.concat([Buffer.of(0x1f, 0x8b, 8), random]), "file_unreadable"],
    [
      "Zstandard's mark before noise",
      Buffer.concat([Buffer.of(0x28, 0xb5, 0x2f, 0xfd), random]),
      "file_unreadable",
    ],
  ])("%s", async (_what, bytes, reason) => {
    const { records, rejects } = await parseFiles({ "a.txt": bytes, "b.txt": LISTING });
    expect(rejects).toMatchObject([{ reason, file: "a.txt" }]);
    expect(titles(records)).toEqual([TITLE, OTHER_TITLE]);
  });

  test.each(PACKED_EITHER_WAY)(
    "and its like leave no file open where they are packed by %s",
    async (_name, pack) => {
      const noise = randomBytes(2 << 20);
      const files = Array.from({ length: 10 }, (_, n) => [
        `${n}`,
        pack(Buffer.concat([Buffer.of(n, 0), noise])),
      ]);
      const before = await countOpen();
      expect((await parseFiles(Object.fromEntries(files))).rejects).toHaveLength(10);
      await vi.waitFor(async () => expect(await countOpen()).toBeLessThan(before + 5));
    },
  );

  test.skipIf(process.platform !== "linux")(
    "and its like leave no file open where they are large and not packed",
    async () => {
      const files = Array.from({ length: 20 }, (_, n) => [`${n}`, new Uint8Array((1 << 20) + n)]);
      const before = await countOpen();
      await parseFiles(Object.fromEntries(files));
      expect(await countOpen()).toBeLessThan(before + 10);
    },
  );

  test("while zeros behind a page's beginning become spaces, and lose no paper", async () => {
    const filler = `${TITLE} Again\n\n${ABSTRACT}\n\n`.repeat(400);
    const { records } = await parseFiles({
      "a.txt": `${LISTING}\n${filler}Counting\0Stones by Night\n\n${ABSTRACT}\n`,
    });
    expect(records).toHaveLength(403);
    expect(records.at(-1)?.title).toBe("Counting Stones by Night");
  });
});

describe("a line of a hundred megabytes", () => {
  test("in a page is rejected alone, in little memory", async () => {
    await writeLong("a.txt", `${LISTING}\n`, 100, `\n\n${TITLE}\n\n${ABSTRACT}\n`);
    const before = process.memoryUsage.rss();
    const { records, rejects } = await parseThere();
    expect(process.memoryUsage.rss() - before).toBeLessThan(512 << 20);
    expect(titles(records)).toEqual([TITLE, OTHER_TITLE, TITLE]);
    expect(rejects).toEqual([{ reason: "line_too_long", file: "a.txt", line: 15, found: "a".repeat(80) }]);
  });

  test("in JSON Lines is rejected alone", async () => {
    await writeLong("a.jsonl", `${ROW}\n{"title":"`, 100, `"}\n${OTHER_ROW}\n`);
    const { records, rejects } = await parseThere();
    expect(titles(records)).toEqual([TITLE, OTHER_TITLE]);
    expect(rejects).toMatchObject([{ reason: "line_too_long", line: 2 }]);
  });

  test.each([
    ["of nothing else", "", ""],
    ["of one JSON text", `[{"title":"`, `"}]`],
  ])("%s is a file that no layout fits", async (_what, start, end) => {
    await writeLong("a.txt", start, 100, end);
    expect(reasons((await parseThere()).rejects)).toEqual(["layout_unknown"]);
  });
});

describe("a page of very many lines", () => {
  test("of which each is furniture loses none and keeps its papers", async () => {
    const { records } = await parseFiles({
      "a.txt": `${LISTING.replaceAll("\n\n", "\n")}${"·\n".repeat(300_000)}`,
    });
    expect(titles(records)).toEqual([TITLE, OTHER_TITLE]);
  });

  test("that stand together without a blank one keeps its papers", async () => {
    const { records } = await parseFiles({
      "a.txt": `${LISTING}\n${"Stones lie here. Owls fly there\n".repeat(300_000)}`,
    });
    expect(titles(records)).toContain(TITLE);
  });

  test("that stand together takes memory that is bounded by some hundred megabytes", async () => {
    await writeFile(at("in/a.txt"), `${LISTING}\n${"a\n".repeat(4 << 20)}`);
    const before = process.memoryUsage.rss();
    await parseThere();
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 << 20);
  });
});

describe("JSON", () => {
  const DEEP = "[".repeat(100_000) + "]".repeat(100_000);

  test.each([
    ["two hundred thousand opening brackets", "[".repeat(200_000)],
    ["two hundred thousand opening braces", '{"a":'.repeat(200_000)],
    ["lists within lists", DEEP],
    ["a text that ends in the middle of its first value", ROW.slice(0, 40)],
    ["a text that is none at all", '{"title": oops}'],
  ])("of %s is a file that no layout fits", async (_what, text) => {
    const { records, rejects } = await parseFiles({ "a.json": text });
    expect([titles(records), reasons(rejects)]).toEqual([[], ["layout_unknown"]]);
  });

  test("that is cut off gives what was whole, and one reject", async () => {
    const { records, rejects } = await parseFiles({ "a.json": `[${ROW},${OTHER_ROW},{"title":"Ow` });
    expect([titles(records), reasons(rejects)]).toEqual([[TITLE, OTHER_TITLE], ["json_invalid"]]);
  });

  test("with a field of lists within lists is read as if it had none", async () => {
    const { records } = await parseFiles({
      "a.jsonl": `${ROW}\n${OTHER_ROW.replace("{", `{"x":${DEEP},`)}\n`,
    });
    expect(titles(records)).toEqual([TITLE, OTHER_TITLE]);
  });

  test.each([
    ["in a list", `[${ROW},${DEEP},${OTHER_ROW}]`],
    ["in lines", `${ROW}\n${DEEP}\n${OTHER_ROW}\n`],
  ])("with a value of lists within lists rejects it and reads on: %s", async (_what, text) => {
    const { records, rejects } = await parseFiles({ "a.json": text });
    expect([titles(records), reasons(rejects)]).toEqual([[TITLE, OTHER_TITLE], ["record_invalid"]]);
  });
});

describe("a packed file that breaks off", () => {
  const many = (count: number) =>
    manyLines(count)
      .split("\n")
      .map((line) => `A Study of How ${line}\n\n${ABSTRACT}`)
      .join("\n\n");

  test.each(PACKED_EITHER_WAY)(
    "keeps the papers before the break, the last of them in doubt, and is one reject: %s",
    async (_name, pack) => {
      const packed = pack(`new\n\n${many(5_000)}\n`);
      const { records, rejects } = await parseFiles({ "a.txt": packed.subarray(0, packed.length * 0.6) });
      expect(rejects).toEqual([
        { reason: "file_unreadable", file: "a.txt", line: null, found: "Z_BUF_ERROR" },
      ]);
      expect(records.length).toBeGreaterThan(1_000);
      expect(records.at(-1)?.issues).toContain("capture_cut");
      expect(issuesOf(records.slice(0, -2))).toEqual(records.slice(0, -2).map(() => []));
    },
  );

  test("within a title leaves the paper before it without a doubt", async () => {
    const packed = PACK.gzip(`new\n\n${TITLE}\n\n${ABSTRACT}\n\nListening for Owls in`);
    const { records } = await parseFiles({ "a.txt": packed.subarray(0, -8) });
    expect(issuesOf(records)).toEqual([[], ["abstract_missing", "capture_cut"]]);
  });

  test("because it grows without end keeps the papers before, and is rejected from there on", async () => {
    const bomb = PACK.zstd(Buffer.concat([Buffer.from(`${LISTING}\n`), Buffer.alloc(320 << 20, "a")]));
    const { rejects, records } = await parseFiles({ "a.txt": bomb });
    expect(reasons(rejects)).toEqual(["line_too_long", "file_unpacks_too_large"]);
    expect(issuesOf(records)).toEqual([[], ["capture_cut"]]);
  });
});

describe("a table", () => {
  test("with a quotation mark that is never closed is one reject more, however long it goes on", async () => {
    await writeLong("a.csv", `title,abstract\n"${TITLE}","${ABSTRACT}"\n"`, 40, "\n");
    const { records, rejects } = await parseThere();
    expect([titles(records), reasons(rejects)]).toEqual([[TITLE], ["row_invalid"]]);
  });
});

describe("a file that is there twice", () => {
  test("is read where its first copy is gone by then", async () => {
    await writeFile(at("in/a.txt"), LISTING);
    await writeFile(at("in/b.txt"), LISTING);
    const sources = await Array.fromAsync((await find()).records());
    await rm(at("in/a.txt"));
    expect(titles((await parseAlone(sources, at("out"))).records)).toEqual([TITLE, OTHER_TITLE]);
  });
});

test("a file that begins with very many blank lines is not empty", async () => {
  expect(titles((await parseFiles({ "a.txt": "\n".repeat(70_000) + LISTING })).records)).toEqual([
    TITLE,
    OTHER_TITLE,
  ]);
});
