import { describe, expect, test } from "vitest";
import type { FileAccount } from "../pipeline/1-parse/file-account.ts";
import { filesTable } from "../pipeline/report.ts";

const account = (file: string, more: Partial<FileAccount> = {}): FileAccount => ({
  file,
  format: "table_csv",
  packing: null,
  encoding: "utf-8",
  read: 1,
  written: 1,
  furniture: {},
  rejected: {},
  ...more,
});

function tableOf(notes: Readonly<Record<string, unknown>>): string | null {
  const digests = { inputDigest: "", codeDigest: "", configDigest: "", outputDigest: "" };
  const counts = { read: 0, written: 0, merged: 0, furniture: {}, rejected: {} };
  return filesTable({ report: { stage: "1-parse", ...digests, ...counts, notes }, reused: false });
}
const lines = (...files: readonly FileAccount[]) => (tableOf({ files }) ?? "").split("\n");
/** The first column of each row. */
const firsts = (...files: readonly FileAccount[]) =>
  lines(...files)
    .slice(1)
    .map((line) => line.split(/ {2,}/u)[0]);

describe("the table of files", () => {
  test("has a row a file: its layout, how it was packed, and what became of its pieces", () => {
    const whole = account("a.txt", {
      format: "text_bare_lines",
      read: 12,
      written: 8,
      furniture: { day: 1, votes: 3 },
    });
    const packed = account("b.csv.gz", { packing: "gzip", rejected: { row_invalid: 1, title_missing: 1 } });
    const none = account("c.bin", { format: null, written: 0 });
    expect(lines(whole, packed, none)).toEqual([
      "file               layout  read  written  furniture  rejected",
      "b.csv.gz  table_csv, gzip     1        1          0         2",
      "a.txt     text_bare_lines    12        8          4         0",
      "c.bin                   -     1        0          0         0",
    ]);
  });

  test("has the files with most rejects first, and others in the order in which they were read", () => {
    const rejecting = (file: string, count: number) => account(file, { rejected: { row_invalid: count } });
    const files = [account("a"), rejecting("b", 2), account("c"), rejecting("d", 10), rejecting("e", 2)];
    expect(firsts(...files)).toEqual(["d", "b", "e", "a", "c"]);
  });

  test("has twelve rows, and says how many files more there are", () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => account(`file ${at}`));
    expect(lines(...many(12))).toHaveLength(13);
    expect(lines(...many(13)).slice(13)).toEqual(["… and 1 more: see report.json"]);
    expect(lines(...many(2_000)).slice(13)).toEqual(["… and 1988 more: see report.json"]);
  });

  test("has the end of a name that is too long", () => {
    expect(firsts(account("a".repeat(48)))).toEqual(["a".repeat(48)]);
    expect(firsts(account(`${"a".repeat(40)}/capture.txt`))).toEqual([`…${"a".repeat(35)}/capture.txt`]);
  });

  test("is none for a stage that reads no files", () => {
    expect(tableOf({})).toBeNull();
  });

  test("has one row for a name with control characters, and none of them", () => {
    const rows = lines(account("a\nb\u001b[2Jc.txt"));
    expect(rows).toHaveLength(2);
    expect(rows.join("")).not.toMatch(/\p{Cc}/u);
  });

  test("cuts a long name between letters", () => {
    expect(lines(account("😀".repeat(30)))[1]?.isWellFormed()).toBe(true);
  });
});
