import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  exists,
  makeFolder,
  openLineWriter,
  readJson,
  readJsonLines,
  readLineBatches,
  renameFolder,
  writeFileAtomic,
} from "../../pipeline/core/files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const UNWRITABLE = { name: "PapersetError", code: "OUTPUT_UNWRITABLE" };

/** How much one read of a line reader brings, in bytes. */
const ONE_READ = 1 << 18;

describe("writing a file atomically", () => {
  test("puts the whole text there, over an old file and into a new folder", async () => {
    await writeFileAtomic(at("deep/er/file"), "old");
    await writeFileAtomic(at("deep/er/file"), "new ✓");
    expect(await readFile(at("deep/er/file"), "utf8")).toBe("new ✓");
    expect(await readdir(at("deep/er"))).toEqual(["file"]);
  });

  test("leaves the old file as it was when it fails", async () => {
    await writeFile(at("file"), "old");
    await mkdir(at("file.tmp")); // the temporary name is taken by a folder
    await expect(writeFileAtomic(at("file"), "new")).rejects.toThrow();
    expect(await readFile(at("file"), "utf8")).toBe("old");
  });

  test("never shows a reader a part of the new text", async () => {
    const [old, next] = ["a".repeat(1 << 20), "b".repeat(1 << 20)];
    await writeFileAtomic(at("file"), old);
    const writing = writeFileAtomic(at("file"), next);
    const seen: string[] = [];
    for (let look = 0; look < 20; look += 1) seen.push(await readFile(at("file"), "utf8"));
    await writing;
    expect(seen.every((text) => text === old || text === next)).toBe(true);
    expect(await readFile(at("file"), "utf8")).toBe(next);
  });

  test("leaves nothing behind when the last step fails, and says what to do", async () => {
    await mkdir(at("taken/by/a/folder"), { recursive: true });
    await expect(writeFileAtomic(at("taken"), "new")).rejects.toMatchObject({
      ...UNWRITABLE,
      message: expect.stringMatching(/^Cannot write to .*taken \(E[A-Z]+\): choose a folder .* --out\.$/u),
      details: { path: at("taken") },
    });
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  test("says what to do where a part of the path is a file", async () => {
    await writeFile(at("file"), "old");
    await expect(writeFileAtomic(at("file/below"), "new")).rejects.toMatchObject(UNWRITABLE);
  });
});

describe("making a folder", () => {
  test("makes those above it, and is content with one that is there", async () => {
    await makeFolder(at("a/b/c"));
    await makeFolder(at("a/b/c"));
    expect((await stat(at("a/b/c"))).isDirectory()).toBe(true);
  });

  test("says in a sentence that a file is in the way", async () => {
    await writeFile(at("file"), "");
    await expect(makeFolder(at("file/below"))).rejects.toMatchObject({
      ...UNWRITABLE,
      message: expect.stringContaining("ENOTDIR"),
    });
  });
});

describe("reading a JSON file", () => {
  test("gives its value, or undefined where there is no file", async () => {
    await writeFile(at("null.json"), "null");
    await writeFile(at("value.json"), '{"stones":[1,2]}\n');
    expect(await readJson(at("null.json"))).toBeNull();
    expect(await readJson(at("value.json"))).toEqual({ stones: [1, 2] });
    expect(await readJson(at("none.json"))).toBeUndefined();
  });

  test("fails loudly for a file that is there and is no JSON or cannot be read", async () => {
    await writeFile(at("torn.json"), '{"stones":');
    await expect(readJson(at("torn.json"))).rejects.toThrow(SyntaxError);
    await expect(readJson(folder)).rejects.toThrow(/EISDIR/u);
  });

  test("and asking whether it exists agree", async () => {
    await writeFile(at("value.json"), "1");
    expect([await exists(at("value.json")), await exists(at("none.json"))]).toEqual([true, false]);
  });
});

/** Writes lines and reads them back. */
async function roundTrip(lines: readonly string[]): Promise<string[]> {
  const writer = await openLineWriter(at("lines"));
  for (const line of lines) await writer.write(line);
  await writer.close();
  return (await Array.fromAsync(readLineBatches(at("lines")))).flat();
}

describe("lines", () => {
  test("come back as they were written, whatever else than a line feed they hold", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u2028", "\u2029", "\r", "\u0085", "😀"),
    );
    const line = fc.array(piece).map((pieces) => pieces.join("").replaceAll("\n", " "));
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        expect(await roundTrip(lines)).toEqual(lines);
      }),
      { numRuns: 50 },
    );
  });

  test("that are longer than a read and a write come back whole, in order", async () => {
    const lines = [
      "short",
      "é".repeat(ONE_READ),
      "",
      "😀".repeat(ONE_READ * 2),
      "x".repeat(ONE_READ - 1),
      "end",
    ];
    expect(await roundTrip(lines)).toEqual(lines);
  });

  test.each([-2, -1, 0, 1, 2])(
    "end where they end when a read ends %i bytes beside a line feed",
    async (off) => {
      const first = "x".repeat(ONE_READ - 1 + off);
      expect(await roundTrip([first, "second", "third"])).toEqual([first, "second", "third"]);
    },
  );

  test("of a file whose last line has no line feed are all there", async () => {
    await writeFile(at("lines"), "one\ntwo");
    expect((await Array.fromAsync(readLineBatches(at("lines")))).flat()).toEqual(["one", "two"]);
  });

  test("of an empty file are none", async () => {
    expect(await roundTrip([])).toEqual([]);
    expect(await readFile(at("lines"), "utf8")).toBe("");
  });

  test("each end in one line feed, the last one too", async () => {
    await roundTrip(["one", "two"]);
    expect(await readFile(at("lines"), "utf8")).toBe("one\ntwo\n");
  });

  test("replace what an earlier writer left", async () => {
    await roundTrip(["a long line of an earlier run", "and another"]);
    expect(await roundTrip(["new"])).toEqual(["new"]);
  });

  test("that cannot be written stop the run with a sentence", async () => {
    await expect(openLineWriter(at("no/such/folder/lines"))).rejects.toMatchObject(UNWRITABLE);
  });
});

describe("records", () => {
  test("come back as they were written, one a line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ stringUnit: "binary" })), async (records) => {
        const lines = records.map((record) => JSON.stringify(record));
        await roundTrip(lines);
        expect(await Array.fromAsync(readJsonLines(at("lines")))).toEqual(
          lines.map((line) => JSON.parse(line)),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("with separators that other tools take for line ends stay one record", async () => {
    const record = { title: "one\u2028two\u2029three\u0085four\nfive" };
    await roundTrip([JSON.stringify(record), JSON.stringify("next")]);
    expect(await Array.fromAsync(readJsonLines(at("lines")))).toEqual([record, "next"]);
  });

  test("that are damaged fail loudly", async () => {
    await writeFile(at("lines"), '{"a":1}\n{"b":\n');
    await expect(Array.fromAsync(readJsonLines(at("lines")))).rejects.toThrow(SyntaxError);
  });
});

const FILES = new URL("../../pipeline/core/files.ts", import.meta.url).href;

/** The calls by which a program waits for the disk and renames, in order, each with the path as it is below the folder. */
function systemCalls(code: string): string[] {
  const script = `import { renameFolder, writeFileAtomic } from ${JSON.stringify(FILES)};
    const at = (name) => process.argv[1] + "/" + name;
    ${code}`;
  const node = [process.execPath, "--input-type=module", "--eval", script, folder];
  const { stderr } = spawnSync("strace", ["-f", "-y", "-e", "trace=fsync,/^rename", ...node], {
    encoding: "utf8",
  });
  const shown = stderr.replaceAll(`${folder}/`, "").replaceAll(`<${folder}>`, "<.>");
  return [
    ...shown.matchAll(
      /fsync\(\d+<([^>]*)>|rename\w*\((?:AT_FDCWD[^,]*, )?"([^"]*)", (?:AT_FDCWD[^,]*, )?"([^"]*)"/g,
    ),
  ].map(([, synced, from, to]) => (synced === undefined ? `${from} to ${to}` : synced));
}

/** Only a trace tells what would survive a loss of power. */
const canTrace = spawnSync("strace", ["-V"]).status === 0;

describe.skipIf(!canTrace)("on the disk before it has its name, and the name behind it, is", () => {
  test("a file that is written atomically", () => {
    const calls = systemCalls('await writeFileAtomic(at("file"), "text");');
    expect(calls).toEqual(["file.tmp", "file.tmp to file", "."]);
  });

  test("every file of a folder, and every name in it", async () => {
    await mkdir(at("aside/csv"), { recursive: true });
    for (const name of ["aside/manifest.json", "aside/csv/papers.csv"]) await writeFile(at(name), name);
    const calls = systemCalls('await renameFolder(at("aside"), at("1.0.0"));');
    expect(calls.slice(0, -2).sort()).toEqual([
      "aside",
      "aside/csv",
      "aside/csv/papers.csv",
      "aside/manifest.json",
    ]);
    expect(calls.slice(-2)).toEqual(["aside to 1.0.0", "."]);
  });
});

test("a folder takes no other's place, and the error says what to do", async () => {
  for (const name of ["aside", "taken"]) await mkdir(at(name));
  await writeFile(at("taken/file"), "kept");
  await expect(renameFolder(at("aside"), at("taken"))).rejects.toMatchObject(UNWRITABLE);
  expect(await readFile(at("taken/file"), "utf8")).toBe("kept");
});
