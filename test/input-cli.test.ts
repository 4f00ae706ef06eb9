import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveConfig } from "../pipeline/config.ts";
import { runParse } from "../pipeline/pipeline.ts";
import { captureEffects } from "./1-parse/captures.ts";
import { runPaperset } from "./support/run-paperset.ts";

const SAMPLE = join(import.meta.dirname, "../samples/2024-03-14-listing.txt");
const ROWS = 'title,abstract\n"Counting River Stones","A drone counts stones. It sees most of them."\n';
const NAMED = "Counting River Stones";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "paperset-input-")));
  await mkdir(join(folder, "in"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...parts: readonly string[]) => join(folder, ...parts);
const put = (name: string | Buffer, content: string | Uint8Array = ROWS) =>
  writeFile(
    typeof name === "string" ? at("in", name) : Buffer.concat([Buffer.from(at("in/")), name]),
    content,
  );

interface Asked {
  readonly stdin?: string | Uint8Array;
  readonly out?: string;
  readonly more?: readonly string[];
}
/** Runs the first stage over the inputs. */
const parse = (inputs: readonly string[], { stdin = "", out = at("out"), more = [] }: Asked = {}) =>
  runPaperset(["parse", ...inputs.flatMap((input) => ["--input", input]), "--out", out, ...more], { stdin });

/** The mentions that the first stage wrote. */
async function mentions(out = at("out")): Promise<{ title: string; source_file: string }[]> {
  const text = await readFile(join(out, ".work/1-parse/records.jsonl"), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : JSON.parse(line)));
}
const oneSentence = /^paperset: [^\n]+\.\n$/u;

describe("standard input", () => {
  test("is read where - is named, and is called stdin", async () => {
    const { exitCode, stdout } = await parse(["-"], { stdin: ROWS });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^stdin +table_csv +1 +1 +0 +0$/mu);
    expect(await mentions()).toMatchObject([{ title: NAMED, source_file: "stdin" }]);
    expect(existsSync(at("out/.work/stdin"))).toBe(false);
  });

  test("may be packed, and stand beside files", async () => {
    await put("a.csv", ROWS.replace("River", "Lake"));
    await parse(["-", at("in")], { stdin: gzipSync(ROWS) });
    expect((await mentions()).map((mention) => mention.source_file)).toEqual(["a.csv", "stdin"]);
  });

  test("that is named twice is read once", async () => {
    const { stdout } = await parse(["-", "-"], { stdin: ROWS });
    expect(stdout).toMatch(/^1-parse +1 +1 +0 +0 +0$/mu);
  });

  test("that is empty stops the run with a sentence", async () => {
    const { exitCode, stderr } = await parse(["-"]);
    expect(stderr).toMatch(/^paperset: No paper could be read from -: file_empty 1 /u);
    expect(exitCode).toBe(1);
  });

  test("that is the same as before is not read again by the stage, other input is", async () => {
    await parse(["-"], { stdin: ROWS });
    expect((await parse(["-"], { stdin: ROWS })).stdout).toContain("up to date");
    expect((await parse(["-"], { stdin: ROWS.replace("River", "Lake") })).stdout).not.toContain("up to date");
  });

  test("is not waited for where nobody names it", async () => {
    await put("a.csv");
    const config = await resolveConfig({ input: [at("in")], out: at("out") }, {});
    expect((await runParse(config, captureEffects())).report.written).toBe(1);
  });
});

describe("the same input given twice", () => {
  test.each([
    ["a file", ["in/a.csv", "in/a.csv"]],
    ["a folder", ["in", "in"]],
    ["a file and its folder", ["in", "in/a.csv"]],
    ["a file and a pattern", ["in/*.csv", "in/a.csv"]],
  ])("is read once, and nothing is rejected: %s", async (_what, inputs) => {
    await put("a.csv");
    const { stdout } = await parse(inputs.map((input) => at(input)));
    expect(stdout).toMatch(/^1-parse +1 +1 +0 +0 +0$/mu);
  });

  test.each([
    ["a name with an accent", (): string[] => [at("in"), at("in/é.csv")]],
    ["another way to it", (): string[] => [at("in/é.csv"), `${at("in")}/../in/é.csv`]],
  ])("is read once, and nothing is rejected: %s", async (_what, inputs) => {
    await put("é.csv");
    expect((await parse(inputs())).stdout).toMatch(/^1-parse +1 +1 +0 +0 +0$/mu);
  });
});

describe("what lies beside captures", () => {
  test("and was not read is told in a sentence", async () => {
    await put("a.csv");
    await put(".b.csv");
    await put(".c.csv");
    await symlink(at("in/a.csv"), at("in/link.csv"));
    const { stderr } = await parse([at("in")]);
    expect(stderr).toContain("Passed over in the input's folders: 2 hidden, 1 symbolic link.");
  });

  test("is not spoken of where there is nothing, nor where it is the output", async () => {
    await put("a.csv");
    await parse([at("in")], { out: at("in/out") });
    expect((await parse([at("in")], { out: at("in/out") })).stderr).not.toContain("Passed over");
  });
});

describe("an output folder", () => {
  test.each([
    ["that is the input", "in", "in"],
    ["above the input", "in", "."],
  ])(
    "%s leaves nothing to read, which one sentence says, and the captures stay",
    async (_what, input, out) => {
      await put("a.csv");
      const { exitCode, stderr } = await parse([at(input)], { out: at(out) });
      expect(stderr).toMatch(oneSentence);
      expect(stderr).toContain("but the output folder, which is never input");
      expect(exitCode).toBe(1);
      expect(await readFile(at("in/a.csv"), "utf8")).toBe(ROWS);
    },
  );

  test("that a link leads to from its own folder is not read, by any name", async () => {
    await put("a.csv");
    await mkdir(at("releases"));
    await symlink(at("releases"), at("in/out"));
    await parse([at("in")], { out: at("in/out") });
    await writeFile(at("releases/b.csv"), ROWS.replace("River", "Lake"));
    for (const inputs of [
      ["in"],
      ["in", "in/out"],
      ["in", "releases"],
      ["in", "in/out/b.csv"],
      ["in/**/*.csv"],
    ]) {
      await parse(
        inputs.map((input) => at(input)),
        { out: at("in/out") },
      );
      expect(
        (await mentions(at("releases"))).map(({ source_file }) => source_file),
        inputs.join(),
      ).toEqual(["a.csv"]);
    }
  });
});

describe("a capture's name", () => {
  test.each([
    ["a line feed and an escape", Buffer.from("a\n\u001b[2Jb.csv"), "a [2Jb.csv"],
    ["255 letters", Buffer.from(`${"x".repeat(251)}.csv`), `${"x".repeat(251)}.csv`],
    ["a wildcard", Buffer.from("*.csv"), "*.csv"],
  ])("may have %s, and a release is made of it", async (_what, name, shown) => {
    await put(name);
    const { exitCode } = await runPaperset(["run", "--input", at("in"), "--out", at("out"), "--offline"]);
    expect(exitCode).toBe(0);
    expect(await mentions()).toMatchObject([{ title: NAMED, source_file: shown }]);
  });

  test.skipIf(process.platform !== "linux")("may be no UTF-8, and a release is made of it", async () => {
    await put(Buffer.of(0x61, 0xff));
    const { exitCode } = await runPaperset(["run", "--input", at("in"), "--out", at("out"), "--offline"]);
    expect(exitCode).toBe(0);
    expect(await mentions()).toMatchObject([{ source_file: "a\ufffd" }]);
  });

  test("may be a blank or a control character alone, and a release is made of it", async () => {
    await put(" ");
    const { exitCode } = await runPaperset(["run", "--input", at("in"), "--out", at("out"), "--offline"]);
    expect(exitCode).toBe(0);
  });
});

describe("a file that may not be read", () => {
  test.skipIf(process.getuid?.() === 0)("stops the run with a sentence that names it", async () => {
    await put("a.csv");
    await chmod(at("in/a.csv"), 0);
    const { exitCode, stderr } = await parse([at("in/a.csv")]);
    expect(stderr).toContain(`Cannot read the input ${at("in/a.csv")}: it cannot be read (EACCES)`);
    expect(exitCode).toBe(1);
  });

  // the sentence names the input that was given: which of its files it is, nobody can tell
  test.skipIf(process.getuid?.() === 0)(
    "stops the run with a sentence that names it in its folder",
    async () => {
      await put("a.csv");
      await chmod(at("in/a.csv"), 0);
      expect((await parse([at("in")])).stderr).toContain("a.csv");
    },
  );
});

describe("the share of rejects", () => {
  const damaged = `${ROWS}too few\nagain\n`;

  test("above a half stops the run, and what is allowed may be said", async () => {
    await put("a.csv", damaged);
    const { exitCode, stderr } = await parse([at("in")]);
    expect(stderr).toMatch(
      /^paperset: 2 of 3 pieces of the input were rejected, 66\.7 %, and at most 50\.0 % may be: row_invalid 2 /u,
    );
    expect(exitCode).toBe(1);
    expect((await parse([at("in")], { more: ["--max-reject-share", "0.7"] })).exitCode).toBe(0);
    expect((await parse([at("in")], { more: ["--max-reject-share", "0.6"] })).exitCode).toBe(1);
  });

  test("may be said in the configuration file", async () => {
    await put("a.csv", damaged);
    await writeFile(at("c.json"), '{"max-reject-share": 0.9}');
    expect((await parse([at("in")], { more: ["--config", at("c.json")] })).exitCode).toBe(0);
  });

  test("stops a run that is up to date too, and makes no release", async () => {
    await put("a.csv", damaged);
    for (const _ of [1, 2]) {
      const { exitCode } = await runPaperset(["run", "--input", at("in"), "--out", at("out"), "--offline"]);
      expect(exitCode).toBe(1);
    }
    expect(existsSync(at("out/latest"))).toBe(false);
  });

  test.each(["1.01", "-0.1", "half", "NaN", ""])("of %j is wrong usage", async (share) => {
    const { exitCode, stderr } = await parse([SAMPLE], { more: [`--max-reject-share=${share}`] });
    expect(stderr).toContain("it takes a number from 0 to 1");
    expect(exitCode).toBe(2);
  });

  test.each(["0", "1"])("may be %s", async (share) => {
    await put("a.csv");
    expect((await parse([at("in")], { more: ["--max-reject-share", share] })).exitCode).toBe(0);
  });
});

test("stages do not go on from input that was refused", async () => {
  await put("a.csv", `${ROWS}too few\nagain\n`);
  await parse([at("in")]);
  expect((await runPaperset(["dedupe", "--out", at("out")])).exitCode).toBe(1);
});
