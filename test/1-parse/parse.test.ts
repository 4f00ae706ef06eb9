import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HEAD_LENGTH } from "../../pipeline/1-parse/detect.ts";
import { findSources } from "../../pipeline/1-parse/input/sources.ts";
import { sha256, stableId } from "../../pipeline/core/digest.ts";
import { captureEffects, parseAlone, rejectsIn } from "./captures.ts";
import { ABSTRACT, OTHER_ABSTRACT, OTHER_TITLE, TITLE } from "./layouts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-parse-"));
});
afterEach(() => rm(folder, { recursive: true }));

const LISTING = `new\n\nSubscribe\n\nMar 14\n\n${TITLE}\n\n${ABSTRACT}\n\n${OTHER_TITLE}\n\n${OTHER_ABSTRACT}\n`;

/** Writes captures to a folder and parses it. */
async function parseFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Parameters<typeof parseAlone>[2] = {},
) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "in", name)), { recursive: true });
    await writeFile(join(folder, "in", name), content);
  }
  const sources = await Array.fromAsync(
    (await findSources([join(folder, "in")], { out: join(folder, "out"), standardInput: null })).records(),
  );
  const result = await parseAlone(sources, join(folder, "out"), options);
  return { ...result, rejects: await rejectsIn(join(folder, "out")) };
}

describe("a mention", () => {
  test("says where it stands, what the capture says, and null for what it does not say", async () => {
    const { records } = await parseFiles({ "spring/2025-03-16.txt": LISTING });
    const digest = sha256(LISTING);
    expect(records[0]).toEqual({
      mention_id: stableId("m", digest, "1"),
      source_file: "spring/2025-03-16.txt",
      source_sha256: digest,
      source_format: "text_blank_lines",
      source_record_id: null,
      position: 1,
      line_start: 7,
      line_end: 9,
      captured_on: "2025-03-14",
      captured_label: "Mar 14",
      title_as_captured: TITLE,
      upvotes: null,
      comments: null,
      title: TITLE,
      abstract: ABSTRACT,
      authors: null,
      arxiv_id: null,
      doi: null,
      published_on: null,
      year: null,
      venue: null,
      volume: null,
      number: null,
      pages: null,
      url: null,
      links: [],
      issues: [],
    });
    expect(records[1]).toMatchObject({ position: 2, line_start: 11, line_end: 13, title: OTHER_TITLE });
  });

  test("has its links, those of the title before those of the abstract", async () => {
    const text = `Subscribe\n\nStones: https://ada.github.io here\n\n${ABSTRACT} Code: github.com/ada/stones.\n`;
    const [mention] = (await parseFiles({ "a.txt": text })).records;
    const links = mention?.links.map((link) => [link.evidence_field, link.url]);
    expect(links).toEqual([
      ["title", "https://ada.github.io/"],
      ["abstract", "https://github.com/ada/stones"],
    ]);
  });

  test("has clean text, while the title as captured keeps its white space", async () => {
    const text = `Subscribe\n\nCounting\u00a0 Cafe\u0301\tStones\u0007\n\n${ABSTRACT.replaceAll(". ", ".\n  ")}\n`;
    const [mention] = (await parseFiles({ "a.txt": text })).records;
    expect(mention).toMatchObject({ title: "Counting Caf\u00e9 Stones", abstract: ABSTRACT });
    expect(mention?.title_as_captured).toBe("Counting\u00a0 Caf\u00e9 Stones");
  });

  test("whose day has no year says so", async () => {
    const [mention] = (await parseFiles({ "a.txt": LISTING })).records;
    expect(mention).toMatchObject({ captured_on: null, captured_label: "Mar 14", issues: ["year_unknown"] });
  });

  test("takes the year that the configuration gives", async () => {
    const [mention] = (await parseFiles({ "a.txt": LISTING }, { capturedYear: 2024 })).records;
    expect(mention).toMatchObject({ captured_on: "2024-03-14", issues: [] });
  });

  test("of a page without a day is of the day in the file's name, and lacks nothing", async () => {
    const text = LISTING.replace("Mar 14\n\n", "");
    const [mention] = (await parseFiles({ "2025-03-16.txt": text })).records;
    expect(mention).toMatchObject({ captured_on: "2025-03-16", captured_label: null, issues: [] });
  });

  test("has its issues in order", async () => {
    const text = `Mar 14\nSubscribe${TITLE}\n${OTHER_TITLE}\n${ABSTRACT}\n`;
    const [mention] = (await parseFiles({ "a.txt": text })).records;
    expect(mention).toMatchObject({
      abstract: null,
      issues: ["abstract_missing", "title_cut_from_header", "year_unknown"],
    });
  });

  test("has an id of its own, the same wherever the capture lies", async () => {
    const here = (await parseFiles({ "a.txt": LISTING })).records.map((mention) => mention.mention_id);
    await rm(join(folder, "in"), { recursive: true });
    const there = (await parseFiles({ "other/b.txt": LISTING })).records.map((mention) => mention.mention_id);
    expect(there).toEqual(here);
    expect(new Set(here).size).toBe(2);
  });

  test("always has a title", async () => {
    const { records } = await parseFiles({
      "a.txt": `Subscribe\n\n\u0007\n\n${ABSTRACT}\n\n${TITLE}\n\n${ABSTRACT}\n`,
    });
    expect(records.map((mention) => mention.title)).not.toContain("");
  });
});

describe("the account", () => {
  test("of a listing counts mentions, furniture by kind, and rejects", async () => {
    const { report } = await parseFiles({ "a.txt": `Subscribe\n\n${ABSTRACT} ${ABSTRACT}\n\n${LISTING}` });
    expect(report).toMatchObject({
      read: 7,
      written: 2,
      furniture: { badge: 1, subscribe_button: 2, day: 1 },
      rejected: { title_missing: 1 },
    });
  });
});

describe("a file that is no capture is rejected whole, once, with a reason:", () => {
  test.each<[string, string, string | Uint8Array, object]>([
    ["an empty one", "file_empty", "", { line: null, found: "" }],
    ["one of white space", "file_empty", " \n\n\t\r\n", { line: null, found: "" }],
    ["a byte order mark alone", "file_empty", "\ufeff", { line: null }],
    ["binary data", "file_not_text", Uint8Array.from([137, 80, 78, 71, 0, 0, 13]), { line: null, found: "" }],
    ["notes", "layout_unknown", "Buy milk.\n\nCall Ada.\n", { line: 1, found: "Buy milk. Call Ada." }],
    [
      "JSON",
      "layout_unknown",
      `{"heading":"${TITLE}"}`,
      { line: 1, found: expect.stringMatching(/^\{"heading"/u) },
    ],
  ])("%s", async (_what, reason, content, more) => {
    const { report, records, rejects } = await parseFiles({ "a.txt": content });
    expect(records).toEqual([]);
    expect(rejects).toEqual([expect.objectContaining({ reason, file: "a.txt", ...more })]);
    expect(report).toMatchObject({ read: 1, written: 0, furniture: {}, rejected: { [reason]: 1 } });
  });

  test("the same bytes under another name, of which the first is read", async () => {
    const { report, records, rejects } = await parseFiles({ "b.txt": LISTING, "a.txt": LISTING });
    expect(records.map((mention) => mention.source_file)).toEqual(["a.txt", "a.txt"]);
    expect(rejects).toEqual([{ reason: "file_repeated", file: "b.txt", line: null, found: "same as a.txt" }]);
    expect(report).toMatchObject({ written: 2, rejected: { file_repeated: 1 } });
  });

  test("one that is gone when it is to be read, while the others are read", async () => {
    await parseFiles({ "a.txt": LISTING, "b.txt": LISTING.replace("Mar 14", "Mar 15") });
    const found = await findSources([join(folder, "in")], { out: join(folder, "out"), standardInput: null });
    const sources = await Array.fromAsync(found.records());
    await rm(join(folder, "in", "a.txt"));
    const { report, records } = await parseAlone(sources, join(folder, "out"));
    expect(await rejectsIn(join(folder, "out"))).toEqual([
      { reason: "file_unreadable", file: "a.txt", line: null, found: "ENOENT" },
    ]);
    expect(records.map((mention) => mention.source_file)).toEqual(["b.txt", "b.txt"]);
    expect(report.rejected).toEqual({ file_unreadable: 1 });
  });
});

describe("a rejected block", () => {
  test("is told with its line and its first eighty characters, cleaned", async () => {
    const lost = `Words\u0007 without\ta title.  ${ABSTRACT} ${OTHER_ABSTRACT}`;
    const { rejects } = await parseFiles({ "a.txt": `Subscribe\n\n${lost}\n\n${TITLE}\n\n${ABSTRACT}\n` });
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ reason: "title_missing", file: "a.txt", line: 3 });
    expect(rejects[0]?.found).toMatch(/^Words without a title\. A drone that hovers/u);
    expect(rejects[0]?.found.length).toBeLessThanOrEqual(80);
  });
});

describe("the bytes of a capture", () => {
  test("may begin with a byte order mark, which is no part of the text", async () => {
    const { records, report } = await parseFiles({ "a.txt": `\ufeff${LISTING}` });
    expect(records).toHaveLength(2);
    expect(report.furniture).toMatchObject({ badge: 1 });
  });

  test.each([
    ["UTF-16 with a mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without one", (text: string) => Buffer.from(text, "utf16le")],
    ["UTF-16 of the other order", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["UTF-8 with a mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-8", (text: string) => Buffer.from(text)],
  ])("may be %s", async (_what, encode) => {
    const text = LISTING.replace("Owls", "Öwls");
    const { records } = await parseFiles({ "a.txt": encode(text) }, { capturedYear: 2025 });
    expect(records.map((mention) => [mention.title, mention.issues])).toEqual([
      [TITLE, []],
      [OTHER_TITLE.replace("Owls", "Öwls"), []],
    ]);
  });

  test("may be windows-1252, which is guessed: letters with accents are in doubt, and others are not", async () => {
    const text = LISTING.replace("Owls", "\u00d6wls");
    const { records, report } = await parseFiles(
      { "a.txt": Buffer.from(text, "latin1") },
      { capturedYear: 2025 },
    );
    expect(records.map((mention) => [mention.title, mention.issues])).toEqual([
      [TITLE, []],
      [OTHER_TITLE.replace("Owls", "Öwls"), ["encoding_guessed"]],
    ]);
    expect(report.notes["files"]).toMatchObject([{ encoding: "windows-1252" }]);
  });

  test("that are no UTF-8 among many that are, are replaced and lose no paper", async () => {
    const bytes = Buffer.from(LISTING.replace("Owls", "Öwl#").replace("Old", "Öld"));
    bytes[bytes.indexOf("#")] = 0xff;
    const { records } = await parseFiles({ "a.txt": bytes }, { capturedYear: 2025 });
    expect(records.map((mention) => [mention.title, mention.issues])).toEqual([
      [TITLE, []],
      [OTHER_TITLE.replace("Owls", "Öwl\ufffd").replace("Old", "Öld"), ["characters_lost"]],
    ]);
  });

  /** Effects that hand a file's bytes on in pieces of the given sizes, over and over. */
  function inPieces(bytes: Uint8Array, sizes: readonly number[]) {
    async function* open() {
      for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
        const to = from + (sizes[turn % sizes.length] ?? 1);
        yield bytes.subarray(from, to);
        from = to;
      }
    }
    return Object.assign(captureEffects(), { open });
  }

  test("may arrive in pieces of any size", async () => {
    const text = LISTING.replaceAll("stone", "石😀é").replaceAll("\n", "\r\n");
    const expected = (await parseFiles({ "a.txt": text })).records;
    const sources = [{ path: "", name: "a.txt", size: text.length, sha256: sha256(text) }];
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(sizes, async (all) => {
        const effects = inPieces(Buffer.from(text), all);
        expect((await parseAlone(sources, join(folder, "pieces"), { effects })).records).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("decide on its layout by its head alone, whatever the size of a read", async () => {
    const papers = Math.ceil(HEAD_LENGTH / (TITLE.length + ABSTRACT.length));
    const text = `Subscribe\n${`${TITLE}\n${ABSTRACT}\n`.repeat(papers)}\n${OTHER_TITLE}\n${OTHER_ABSTRACT}\n`;
    const sources = [{ path: "", name: "a.txt", size: text.length, sha256: sha256(text) }];
    const read = async (size: number) => {
      const effects = inPieces(Buffer.from(text), [size]);
      return (await parseAlone(sources, join(folder, "pieces"), { effects })).records;
    };
    expect(await read(1 << 20)).toEqual(await read(4096));
  });
});
