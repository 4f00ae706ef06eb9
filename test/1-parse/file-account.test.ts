import { describe, expect, test } from "vitest";
import { FileTally } from "../../pipeline/1-parse/file-account.ts";
import { CaptureText } from "../../pipeline/1-parse/input/capture-text.ts";
import { total } from "../../pipeline/core/counts.ts";
import { PACK, Pieces } from "./input/packed.ts";

const SOURCE = { path: "/somewhere/a.txt", name: "deep/a.txt", size: 1, sha256: "0" };

/** A capture's text, read to its end. */
async function readText(bytes: Uint8Array): Promise<CaptureText> {
  const text = new CaptureText(new Pieces(bytes), bytes.length);
  await Array.fromAsync(text.pieces());
  return text;
}

describe("the account of a file", () => {
  test("says by the file's name what became of each of its pieces", async () => {
    const tally = new FileTally();
    for (let piece = 0; piece < 6; piece += 1) tally.countRead();
    tally.countWritten();
    tally.countFurniture("day");
    tally.countFurniture("votes");
    tally.countFurniture("votes");
    tally.countRejected("title_missing");
    tally.countRejected("title_missing");
    expect(tally.account(SOURCE, "table_csv", await readText(PACK.zstd("stones")))).toEqual({
      file: "deep/a.txt",
      format: "table_csv",
      packing: "zstd",
      encoding: "utf-8",
      read: 6,
      written: 1,
      furniture: { day: 1, votes: 2 },
      rejected: { title_missing: 2 },
    });
  });

  test("of a file that no layout fits names no encoding, but what it was packed by", async () => {
    const text = await readText(PACK.gzip("stones"));
    expect(new FileTally().account(SOURCE, null, text)).toMatchObject({ packing: "gzip", encoding: null });
  });

  test("of a file that was not opened names neither", () => {
    expect(new FileTally().account(SOURCE, null, null)).toMatchObject({
      packing: null,
      encoding: null,
      read: 0,
    });
  });

  test.each([
    ["more read than became anything", (tally: FileTally) => tally.countRead()],
    ["written and never read", (tally: FileTally) => tally.countWritten()],
    ["furniture and never read", (tally: FileTally) => tally.countFurniture("day")],
    ["rejected and never read", (tally: FileTally) => tally.countRejected("file_empty")],
  ])("that does not balance is a defect of the program: %s", (_what, count) => {
    const tally = new FileTally();
    count(tally);
    expect(() => tally.account(SOURCE, null, null)).toThrow(
      expect.objectContaining({ code: "DEFECT", message: expect.stringContaining("deep/a.txt: ") }),
    );
  });
});

test("a total is the sum of its counts, 0 without any", () => {
  expect(total({ a: 2, b: 3 })).toBe(5);
  expect(total({})).toBe(0);
});
