import { describe, expect, test } from "vitest";
import { acceptInput } from "../../pipeline/1-parse/accept.ts";
import { REJECT_REASONS } from "../../pipeline/1-parse/rejects.ts";
import type { StageReport } from "../../pipeline/core/run-stage.ts";

const ASKED = { input: ["captures", "more"], workFolder: "/work", maxRejectShare: 0.5 };

/** Whether a run with these counts goes on. */
function accept(written: number, rejected: StageReport["rejected"], maxRejectShare = ASKED.maxRejectShare) {
  const digests = { inputDigest: "", codeDigest: "", configDigest: "", outputDigest: "" };
  const counts = { read: 0, written, merged: 0, furniture: { day: 1_000 }, rejected };
  acceptInput({ stage: "1-parse", ...digests, ...counts, notes: {} }, { ...ASKED, maxRejectShare });
}
const refusing = (...parts: Parameters<typeof accept>) => expect(() => accept(...parts));

describe("an input is accepted", () => {
  test("when no greater share of what is no furniture is rejected than is allowed", () => {
    accept(1, {});
    accept(5, { title_missing: 3, block_unplaced: 2 });
    refusing(5, { title_missing: 3, block_unplaced: 3 }).toThrow();
  });

  test.each([
    [0, 1_000, 0],
    [0.25, 3, 1],
    [0.999, 1, 999],
    [1, 1, 1_000_000],
  ])("up to the share %d itself and no further", (share, written, rejected) => {
    accept(written, { title_missing: rejected }, share);
    if (share < 1) refusing(written, { title_missing: rejected + 1 }, share).toThrow();
  });

  test("whatever the number of files that were there twice", () => {
    accept(1, { file_repeated: 1_000 }, 0);
    refusing(1, { file_repeated: 1_000, file_empty: 1 }, 0).toThrow();
  });
});

describe("an input of which nothing could be read", () => {
  test("stops the run, whatever share may be rejected", () => {
    for (const rejected of [{}, { file_repeated: 1 }, { file_empty: 1 }])
      refusing(0, rejected, 1).toThrow(expect.objectContaining({ code: "INPUT_EMPTY" }));
  });

  test("is named with the reasons, their meaning, and where to look", () => {
    refusing(0, { file_empty: 2 }).toThrow(
      "No paper could be read from captures, more: file_empty 2 (The file holds nothing.) See /work/1-parse/rejects.jsonl.",
    );
  });

  test("and nothing was rejected of it holds none", () => {
    refusing(0, {}).toThrow(
      "No paper could be read from captures, more: it holds none. See /work/1-parse/rejects.jsonl.",
    );
  });
});

describe("an input of which too much was rejected", () => {
  test("is told in one sentence: how much, what is allowed, why, where to look and what to do", () => {
    refusing(1, { file_empty: 2 }).toThrow(
      expect.objectContaining({
        code: "INPUT_DOUBTFUL",
        message:
          "2 of 3 pieces of the input were rejected, 66.7 %, and at most 50.0 % may be: " +
          "file_empty 2 (The file holds nothing.) See /work/1-parse/rejects.jsonl; then mend the input, or allow it with --max-reject-share.",
        details: { written: 1, rejected: { file_empty: 2 }, share: 2 / 3 },
      }),
    );
  });

  test("is told with its three commonest reasons, equal ones in the order of their names", () => {
    const rejected = { row_invalid: 1, json_invalid: 7, title_missing: 3, file_empty: 3 };
    const words = ["json_invalid 7", "file_empty 3", "title_missing 3"].map((reason) => {
      const meaning = REJECT_REASONS[reason.split(" ")[0] as keyof typeof REJECT_REASONS];
      return `${reason} (${meaning})`;
    });
    refusing(1, rejected).toThrow(`: ${words.join(" ")} See `);
  });

  test("is not told with what is no reason for it", () => {
    refusing(1, { file_repeated: 9, file_empty: 2 }).toThrow(/may be: file_empty 2 /u);
  });
});
