import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isArchiveEntry } from "../../pipeline/3-enrich/archives/archive.ts";
import { openJournal } from "../../pipeline/3-enrich/journal.ts";
import { isLinkEntry, NO_FACTS } from "../../pipeline/3-enrich/links/link.ts";
import type { Answer, DatedAnswer } from "../../pipeline/3-enrich/repository.ts";
import { ABSENT, askOf, BLOCKED, FAILED, found } from "../support/repositories.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-journal-"));
  path = join(folder, "journal.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const dated = (fullName: string, answer: Answer): DatedAnswer => ({
  repository_id: askOf(fullName).repository_id,
  at: "2026-02-01T00:00:00Z",
  answer,
});
const FIRST = [dated("ada/a", found({ description: 'Größe "Ω"\u2028 🚁' })), dated("ada/b", ABSENT)];
const SECOND = [dated("ada/c", BLOCKED), dated("ada/d", FAILED)];

const read = () => Array.fromAsync(openJournal(path).entries());

describe("a journal", () => {
  test("that is not there yet holds no answer, and opening it makes no file", async () => {
    expect(await read()).toEqual([]);
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  });

  test("that is empty holds no answer", async () => {
    await writeFile(path, "");
    expect(await read()).toEqual([]);
  });

  test("gives back every answer of every kind as it was, oldest first", async () => {
    const journal = openJournal(path);
    await journal.append(FIRST);
    await journal.append(SECOND);
    expect(await read()).toEqual([...FIRST, ...SECOND]);
  });

  test("is on the disk when append returns", async () => {
    const journal = openJournal(path);
    await journal.append(FIRST);
    expect((await readFile(path, "utf8")).split("\n")).toHaveLength(FIRST.length + 1);
  });

  test("keeps what an earlier run wrote", async () => {
    await openJournal(path).append(FIRST);
    await openJournal(path).append(SECOND);
    expect(await read()).toEqual([...FIRST, ...SECOND]);
  });

  test("shows what was appended since it was opened", async () => {
    const journal = openJournal(path);
    await journal.append(FIRST);
    expect(await Array.fromAsync(journal.entries())).toEqual(FIRST);
  });
});

describe("after a crash", () => {
  const torn = JSON.stringify(SECOND[0]);

  test.each([1, 20, torn.length - 1, torn.length])(
    "the %i bytes behind the last whole line are cut off, and nothing else",
    async (bytes) => {
      await openJournal(path).append(FIRST);
      await appendFile(path, torn.slice(0, bytes));
      const journal = openJournal(path);
      expect(await Array.fromAsync(journal.entries())).toEqual(FIRST);
      await journal.append(SECOND);
      expect(await read()).toEqual([...FIRST, ...SECOND]);
    },
  );

  test("a journal that is one torn line is empty", async () => {
    await writeFile(path, torn.slice(0, 30));
    expect(await read()).toEqual([]);
    await openJournal(path).append(FIRST);
    expect(await read()).toEqual(FIRST);
  });

  test("a line torn within a letter is cut off", async () => {
    await openJournal(path).append(SECOND);
    const line = Buffer.from(JSON.stringify(FIRST[0]));
    await appendFile(path, line.subarray(0, line.indexOf("ö") + 1));
    expect(await read()).toEqual(SECOND);
  });

  test("a torn line of any length is cut off", async () => {
    await openJournal(path).append(FIRST);
    await appendFile(path, torn.padEnd(200_000, " "));
    await openJournal(path).append(SECOND);
    expect(await read()).toEqual([...FIRST, ...SECOND]);
    expect(await readFile(path, "utf8")).not.toContain("   ");
  });

  test("a line in pieces amid whole ones is passed over, and costs no other", async () => {
    await openJournal(path).append(FIRST);
    await appendFile(path, `${"\0".repeat(40)}${torn.slice(0, 30)}\nnull\n{"at":7}\n`);
    await openJournal(path).append(SECOND);
    expect(await read()).toEqual([...FIRST, ...SECOND]);
  });

  const { repository_id, at } = FIRST[0] as DatedAnswer;
  test.each<[string, object]>([
    ["no answer", {}],
    ["an answer of a kind that is not known here", { answer: { kind: "suspended", http_status: 200 } }],
    ["a repository without figures", { answer: { kind: "found", http_status: 200 } }],
    [
      "fewer figures than a row has",
      { answer: { kind: "found", figures: { full_name: "ada/a", host_id: 1 }, http_status: 200 } },
    ],
    ["a past that is no list", { history: 7 }],
    ["a past of something else than stars", { history: [{ at, forks: 1 }] }],
  ])("a line with %s, as another version may have written it, is passed over", async (_what, rest) => {
    await openJournal(path).append(FIRST);
    await appendFile(path, `${JSON.stringify({ repository_id, at, ...rest })}\n`);
    await openJournal(path).append(SECOND);
    expect(await read()).toEqual([...FIRST, ...SECOND]);
  });

  test("each entry stands where its line is said to be", async () => {
    await openJournal(path).append(FIRST);
    await appendFile(path, Buffer.concat([Buffer.from([0xc3, 0x0a]), Buffer.from('{"at":7}\n')]));
    await openJournal(path).append(SECOND);
    const file = await readFile(path);
    const lines = await Array.fromAsync(openJournal(path).lines());
    expect(lines.map(({ entry }) => entry)).toEqual([...FIRST, ...SECOND]);
    for (const { entry, place, bytes } of lines)
      expect(JSON.parse(file.subarray(place, place + bytes).toString())).toEqual(entry);
  });

  test("reading repairs nothing: a dry run leaves the file as it is", async () => {
    await openJournal(path).append(FIRST);
    await appendFile(path, torn.slice(0, 20));
    const before = await readFile(path);
    expect(await read()).toEqual(FIRST);
    expect(await readFile(path)).toEqual(before);
  });

  test("a long journal loses no whole line", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => dated(`ada/stones-${i}`, found()));
    await openJournal(path).append(many);
    await appendFile(path, torn.slice(0, 10));
    expect(await read()).toEqual(many);
  });
});

test("the journals of links and of archives know their entries as well", () => {
  const [url, repository_id, at] = ["https://ada.example/x", "r_1", "2026-02-01T00:00:00Z"];
  const link = { status: "alive", http_status: 200, source: "web", facts: NO_FACTS };
  expect(isLinkEntry({ url, at, answer: link })).toBe(true);
  expect(isLinkEntry({ url, at, answer: { ...link, status: "missing", facts: null } })).toBe(true);
  for (const answer of [undefined, null, {}, { ...link, status: "lost" }, { ...link, facts: { title: "x" } }])
    expect(isLinkEntry({ url, at, answer })).toBe(false);
  expect(isLinkEntry({ at, answer: link })).toBe(false);
  for (const answer of [{ kind: "archived", swhid: "swh:1:snp:0" }, { kind: "not_archived" }])
    expect(isArchiveEntry({ repository_id, at, answer })).toBe(true);
  for (const answer of [undefined, {}, { kind: "archived" }, { kind: "seen" }])
    expect(isArchiveEntry({ repository_id, at, answer })).toBe(false);
  expect(isArchiveEntry({ repository_id, answer: { kind: "not_archived" } })).toBe(false);
});

test("a journal that cannot be written stops the run with a sentence that names it", async () => {
  const away = join(folder, "nowhere", "journal.jsonl");
  const journal = openJournal(away);
  await expect(journal.append(FIRST)).rejects.toMatchObject({
    code: "OUTPUT_UNWRITABLE",
    message: expect.stringContaining(away),
  });
});

test("a journal that cannot be read is not taken for an empty one", async () => {
  await expect(Array.fromAsync(openJournal(folder).entries())).rejects.toThrow("EISDIR");
});
