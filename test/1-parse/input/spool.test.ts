import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withSpooledInput } from "../../../pipeline/1-parse/input/spool.ts";
import { testEffects } from "../../support/effects.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-spool-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...path: readonly string[]) => join(folder, ...path);

/** Effects whose standard input gives these pieces, and then fails if it is told to. */
const effectsWith = (pieces: readonly Uint8Array[], failure: Error | null = null) =>
  Object.assign(testEffects(), {
    async *standardInput() {
      yield* pieces;
      if (failure !== null) throw failure;
    },
  });

describe("standard input", () => {
  test("lies byte for byte in a file while it is worked with, and is gone after that", async () => {
    const pieces = [Buffer.from("stones"), Uint8Array.from([0, 255, 10]), Buffer.alloc(1 << 20, "a")];
    const seen = await withSpooledInput(effectsWith(pieces), at("work/deep"), async (path) => ({
      path,
      bytes: await readFile(path),
    }));
    expect(seen.bytes.equals(Buffer.concat(pieces))).toBe(true);
    expect(seen.path.startsWith(at("work/deep"))).toBe(true);
    expect(existsSync(seen.path)).toBe(false);
  });

  test("that is empty is an empty file", async () => {
    expect(await withSpooledInput(effectsWith([]), folder, (path) => readFile(path, "utf8"))).toBe("");
  });

  test("replaces what a run that was killed left there", async () => {
    const spool = (text: string) =>
      withSpooledInput(effectsWith([Buffer.from(text)]), folder, async (path) => path);
    const path = await spool("stones");
    await writeFile(path, "a long text of an earlier run");
    expect(
      await withSpooledInput(effectsWith([Buffer.from("owls")]), folder, (at) => readFile(at, "utf8")),
    ).toBe("owls");
  });

  test("is gone too where the work with it fails, and its error is told", async () => {
    let written = "";
    const work = withSpooledInput(effectsWith([Buffer.from("stones")]), folder, async (path) => {
      written = path;
      throw new Error("the work failed");
    });
    await expect(work).rejects.toThrow("the work failed");
    expect(written).not.toBe("");
    expect(existsSync(written)).toBe(false);
  });

  test("that cannot be written stops the run with a sentence", async () => {
    await writeFile(at("file"), "");
    const work = withSpooledInput(effectsWith([]), at("file/below"), async () => {});
    await expect(work).rejects.toMatchObject({
      code: "OUTPUT_UNWRITABLE",
      message: expect.stringContaining("--out"),
    });
  });

  test("that breaks off stops the run before anything works with it", async () => {
    let isUsed = false;
    const broken = Object.assign(new Error("broken"), { code: "EIO" });
    const work = withSpooledInput(effectsWith([Buffer.from("stones")], broken), folder, async () => {
      isUsed = true;
    });
    await expect(work).rejects.toMatchObject({ name: "PapersetError", cause: broken });
    expect(isUsed).toBe(false);
    expect(existsSync(at("stdin"))).toBe(false);
  });

  test("that breaks off is told as an input that cannot be read", async () => {
    const broken = Object.assign(new Error("broken"), { code: "EIO" });
    const work = withSpooledInput(effectsWith([], broken), folder, async () => {});
    await expect(work).rejects.toMatchObject({ code: "INPUT_MISSING" });
  });
});
