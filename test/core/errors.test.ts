import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode, PapersetError, systemCode } from "../../pipeline/core/errors.ts";

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

describe("an error that stops a run", () => {
  test.each<[ErrorCode, number]>([
    ["USAGE", 2],
    ["INPUT_MISSING", 1],
    ["INPUT_EMPTY", 1],
    ["OUTPUT_UNWRITABLE", 1],
    ["OUTPUT_IN_USE", 1],
    ["STAGE_MISSING", 1],
    ["TOKEN_REFUSED", 1],
    ["RELEASE_MISSING", 1],
    ["RELEASE_DAMAGED", 1],
    ["RELEASE_OUTDATED", 1],
    ["RELEASE_REFUSED", 3],
    ["DEFECT", 1],
  ])("%s ends the program with exit code %i", (code, exitCode) => {
    expect(new PapersetError(code, "Stones are missing.").exitCode).toBe(exitCode);
  });

  test("never ends the program as if all were well", () => {
    for (const code of codes) expect([1, 2, 3], code).toContain(new PapersetError(code, "No.").exitCode);
  });

  test("has a meaning for each of its codes", () => {
    for (const code of codes) expect(ERROR_CODES[code].means, code).toMatch(/^[A-Z].*\.$/u);
  });

  test("carries its sentence, its data and what caused it", () => {
    const cause = new Error("the disk is full");
    const error = new PapersetError("OUTPUT_UNWRITABLE", "Cannot write.", { path: "/stones" }, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "PapersetError",
      code: "OUTPUT_UNWRITABLE",
      message: "Cannot write.",
      details: { path: "/stones" },
      cause,
    });
  });

  test("has no data where none is given", () => {
    expect(new PapersetError("USAGE", "No.").details).toEqual({});
  });
});

describe("the operating system's code", () => {
  test("of a failed read is the one that the system gave", async () => {
    const error = await readFile("/no/such/file").catch((reason: unknown) => reason);
    expect(systemCode(error)).toBe("ENOENT");
  });

  test.each([
    new Error("plain"),
    Object.assign(new Error("odd"), { code: 7 }),
    "ENOENT",
    null,
    { code: "ENOENT" },
  ])("is not known of %s", (error) => {
    expect(systemCode(error)).toBeUndefined();
  });
});
