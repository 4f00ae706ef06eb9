import { describe, expect, test } from "vitest";
import type { OutputFile } from "../../pipeline/4-emit/output-file.ts";
import { TextOutput } from "../../pipeline/4-emit/text-output.ts";
import { sha256 } from "../../pipeline/core/digest.ts";

/** A file that reads what it was given as late as it may: when the next piece comes, or at the end. */
function lateFile(): OutputFile & { readonly pieces: string[] } {
  const pieces: string[] = [];
  let writing: () => Promise<void> = async () => {};
  return {
    pieces,
    async write(bytes) {
      await writing();
      writing = async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        pieces.push(Buffer.from(bytes).toString());
      };
    },
    async close() {
      await writing();
      return { bytes: 0, sha256: "" };
    },
  };
}

async function through(texts: readonly string[]): Promise<string[]> {
  const file = lateFile();
  const output = new TextOutput(file);
  for (const text of texts) {
    const waiting = output.put(text);
    if (waiting !== undefined) await waiting;
  }
  await output.close();
  return file.pieces;
}

describe("text comes to the file whole and in order", () => {
  test.each([
    ["many short texts", Array.from({ length: 300_000 }, (_, i) => `${i} 石,`)],
    ["texts longer than what is gathered", [1, 2, 3, 4].map((i) => `${i}🪨`.repeat(400_000 * i))],
    [
      "short and long texts by turns",
      Array.from({ length: 60 }, (_, i) => `${i};`.repeat(i % 3 === 0 ? 300_000 : 5)),
    ],
    ["nothing", []],
  ])("%s", async (_what, texts) => {
    expect(sha256((await through(texts)).join(""))).toBe(sha256(texts.join("")));
  });
});

test("the file is given large pieces, however short the texts are", async () => {
  const pieces = await through(Array.from({ length: 300_000 }, () => "a stone\n"));
  expect(pieces.length).toBeLessThan(5);
});
