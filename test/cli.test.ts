import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OPTIONS } from "../pipeline/options.ts";
import { runPaperset } from "./support/run-paperset.ts";

const SAMPLES = join(import.meta.dirname, "../samples");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...parts: string[]) => join(folder, ...parts);
/** One sentence: a single line that names the program, and nothing else. */
const oneSentence = /^paperset: [^\n]+\.\n$/;

describe("wrong usage ends with exit code 2 and says what is wrong", () => {
  test.each([
    ["an unknown option", ["run", "--inptu", "x"], "unknown option '--inptu'"],
    ["an unknown command", ["frobnicate"], "unknown command 'frobnicate'"],
    ["an option without its value", ["run", "--out"], "argument missing"],
    ["no input at all", ["run"], "name captures with --input"],
    [
      "a year of two digits",
      ["run", "--captured-year", "24"],
      "captured-year is 24; it takes a year of four digits",
    ],
    [
      "a negative number of days",
      ["run", "--max-age", "-1"],
      "max-age is -1; it takes a number of 0 or more",
    ],
    ["a packing that is not known", ["run", "--compress", "zip"], 'compress is "zip"; it takes gzip or zstd'],
    [
      "rows of a shard that are none",
      ["run", "--shard-rows", "0"],
      "shard-rows is 0; it takes a whole number of 1 or more",
    ],
    [
      "a number that is none",
      ["run", "--captured-year", "soon"],
      'captured-year is "soon"; it takes a year of four digits',
    ],
    [
      "a homepage that is no address on the web",
      ["run", "--homepage", "javascript:alert(1)"],
      'homepage is "javascript:alert(1)"; it takes an address such as https://',
    ],
    [
      "a configuration file that is not there",
      ["run", "--config", "/nowhere/c.json"],
      "Cannot read the configuration file /nowhere/c.json",
    ],
  ])("%s", async (_what, argv, words) => {
    const { exitCode, stderr } = await runPaperset(argv);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });

  test("a key of the configuration file that is no option is named with the file", async () => {
    await writeFile(at("c.json"), '{"inputs": ["samples"]}');
    const { exitCode, stderr } = await runPaperset(["run", "--config", at("c.json")]);
    expect(stderr).toBe(
      `paperset: ${at("c.json")}: there is no option inputs; there are ${Object.keys(OPTIONS).join(", ")}.\n`,
    );
    expect(exitCode).toBe(2);
  });

  test("--previous none over releases that are there", async () => {
    await runPaperset(["run", "--input", SAMPLES, "--out", at("out"), "--offline"]);
    const { exitCode, stderr } = await runPaperset([
      "run",
      "--input",
      SAMPLES,
      "--out",
      at("out"),
      "--previous",
      "none",
    ]);
    expect(stderr).toContain("holds release 1.0.0 already");
    expect(exitCode).toBe(2);
  });
});

describe("bad input ends with exit code 1, one sentence, and no release", () => {
  async function refused(input: string): Promise<string> {
    const { exitCode, stderr } = await runPaperset([
      "run",
      "--input",
      input,
      "--out",
      at("out"),
      "--offline",
    ]);
    expect(stderr).toMatch(oneSentence);
    expect(exitCode).toBe(1);
    expect(existsSync(at("out", "latest"))).toBe(false);
    return stderr;
  }

  test("a path that does not exist", async () => {
    expect(await refused(at("nowhere"))).toContain(
      `Cannot read the input ${at("nowhere")}: there is no such file`,
    );
  });

  test("an empty file", async () => {
    await writeFile(at("empty.txt"), "");
    expect(await refused(at("empty.txt"))).toContain("No paper could be read");
  });

  test("a folder without files", async () => {
    await mkdir(at("captures"));
    expect(await refused(at("captures"))).toContain("There is no file in");
  });

  test("a folder with nothing that is a capture says why, by reason, and where to look", async () => {
    await mkdir(at("captures"));
    await writeFile(at("captures", "notes.txt"), "Only a line.\n");
    await writeFile(at("captures", "data.bin"), "a\0b");
    const words = await refused(at("captures"));
    expect(words).toContain("layout_unknown 1");
    expect(words).toContain("file_not_text 1");
    expect(words).toContain(join("1-parse", "rejects.jsonl"));
  });

  test("an output that cannot be a folder", async () => {
    await writeFile(at("out"), "a file stands here");
    const { exitCode, stderr } = await runPaperset([
      "run",
      "--input",
      SAMPLES,
      "--out",
      at("out"),
      "--offline",
    ]);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain("choose a folder that you can write to");
    expect(exitCode).toBe(1);
    expect(await readFile(at("out"), "utf8")).toBe("a file stands here");
  });

  test("a stage whose input is not there yet names the stage to run first", async () => {
    const { exitCode, stderr } = await runPaperset(["dedupe", "--out", at("out")]);
    expect(stderr).toContain("run `parse` first");
    expect(exitCode).toBe(1);
  });

  test("verify on a folder that is no release", async () => {
    const { exitCode, stderr } = await runPaperset(["verify", folder]);
    expect(stderr).toContain("is no finished release");
    expect(exitCode).toBe(1);
  });
});

describe("a run", () => {
  const run = (...more: string[]) => runPaperset(["run", "--input", SAMPLES, "--out", at("out"), ...more]);

  test("without a token says in one sentence what to set, and calls nothing missing where nobody answers", async () => {
    const { exitCode, stdout, stderr } = await run();
    expect(stderr).toMatch(/^21 repositories are due, .* set GITHUB_TOKEN/m);
    expect(stderr).toMatch(/^GitHub does not answer any more;/m);
    expect(stdout).toMatch(/^unknown +12 {2}asking failed: run again/m);
    expect(stdout).toMatch(/^unchecked +9 {2}never asked: run again without --offline/m);
    expect(stdout).not.toMatch(/^(missing|gone)/m);
    expect(exitCode).toBe(0);
  });

  test("offline says nothing of tokens", async () => {
    const { stderr } = await run("--offline");
    expect(stderr).not.toContain("GITHUB_TOKEN");
  });

  test("ends with a table of counts and where the release lies", async () => {
    const { stdout } = await run("--offline");
    expect(stdout).toMatch(/^1-parse +47 +34 +0 +13 +0$/m);
    expect(stdout).toMatch(/^papers +26$/m);
    expect(stdout).toContain("Release 1.0.0 is in ");
    expect(await readlink(at("out", "latest"))).toBe("1.0.0");
  });

  test("over the same input again makes no new release and runs no stage that is up to date", async () => {
    await run("--offline");
    const { stdout } = await run("--offline");
    expect(stdout).toMatch(/^1-parse .* up to date$/m);
    expect(stdout).toContain("no new release");
  });

  test("stage by stage makes the same release as in one go", async () => {
    await run("--offline");
    const staged = ["--out", at("staged")];
    for (const argv of [["parse", "--input", SAMPLES], ["dedupe"], ["enrich", "--offline"], ["emit"]])
      expect((await runPaperset([...argv, ...staged])).exitCode).toBe(0);
    const manifest = (out: string) => readFile(at(out, "latest", "manifest.json"), "utf8");
    expect(await manifest("staged")).toBe(await manifest("out"));
  });

  test("takes its options from a configuration file, and flags win over it", async () => {
    await writeFile(at("c.json"), JSON.stringify({ input: [SAMPLES], out: at("from-file"), offline: true }));
    await runPaperset(["run", "--config", at("c.json")]);
    await runPaperset(["run", "--config", at("c.json"), "--out", at("from-flag")]);
    expect(existsSync(at("from-file", "latest"))).toBe(true);
    expect(existsSync(at("from-flag", "latest"))).toBe(true);
  });

  test("with --json prints one JSON object a line and the result last", async () => {
    const { stdout, stderr } = await run("--offline", "--json");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.at(-1)).toMatchObject({ event: "result", version: "1.0.0", isNew: true });
    expect(stderr).toBe("");
  });

  test("never reads its own output as input", async () => {
    await mkdir(at("here"));
    await writeFile(at("here", "capture.txt"), await readFile(join(SAMPLES, "2024-03-14-listing.txt")));
    const inside = ["run", "--input", at("here"), "--out", at("here", "out"), "--offline"];
    await runPaperset(inside);
    const { stdout } = await runPaperset(inside);
    expect(stdout).toContain("no new release");
  });

  test("stage by stage stops where a stage is older than the one before it", async () => {
    await run("--offline");
    await mkdir(at("one"));
    await writeFile(at("one", "a.txt"), await readFile(join(SAMPLES, "2024-03-14-listing.txt")));
    await runPaperset(["parse", "--input", at("one"), "--out", at("out")]);
    const { exitCode, stderr } = await runPaperset(["emit", "--out", at("out")]);
    expect(stderr).toBe(
      "paperset: 1-parse was run again after 2-dedupe: run `dedupe` again before `emit`.\n",
    );
    expect(exitCode).toBe(1);
  });

  test("goes on after a crash between a release and `latest`", async () => {
    await run("--offline");
    await rm(at("out", "latest"));
    const { exitCode, stdout } = await run("--offline");
    expect(stdout).toContain("no new release");
    expect(exitCode).toBe(0);
    expect(await readlink(at("out", "latest"))).toBe("1.0.0");
  });

  test("keeps the name of a capture in normal form, whatever the file system has", async () => {
    await mkdir(at("captures"));
    await writeFile(
      at("captures", "e\u0301te\u0301\n1.txt"),
      await readFile(join(SAMPLES, "2024-03-14-listing.txt")),
    );
    const { exitCode, stderr } = await runPaperset([
      "run",
      "--input",
      at("captures"),
      "--out",
      at("out"),
      "--offline",
    ]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    const [row] = (await readFile(at("out", "latest/jsonl/mentions.jsonl"), "utf8")).split("\n");
    expect(JSON.parse(row ?? "")).toMatchObject({ source_file: "\u00e9t\u00e9 1.txt" });
  });

  test("verify marks the gates that it could not try", async () => {
    await run("--offline");
    await rm(at("out", "latest", "parquet", "papers.parquet"));
    const { exitCode, stdout } = await runPaperset(["verify", at("out", "latest")]);
    expect(stdout).toMatch(/^NO +files /m);
    expect(stdout).toMatch(/^-- +formats +not tried$/m);
    expect(exitCode).toBe(3);
  });
});

test("every command explains itself with --help", async () => {
  const { stdout } = await runPaperset(["--help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) \[/gm)].map((match) => match[1] ?? "");
  expect(commands).toEqual(expect.arrayContaining(["run", "parse", "dedupe", "enrich", "emit", "verify"]));
  for (const command of commands.filter((name) => name !== "help")) {
    const help = await runPaperset([command, "--help"]);
    expect(help.stdout, command).toContain(`Usage: paperset ${command}`);
    expect(help.exitCode).toBe(0);
  }
});

test("an error with --debug shows where it came from", async () => {
  const { stderr } = await runPaperset(["run", "--input", at("nowhere"), "--debug"]);
  expect(stderr).toMatch(/sources\.ts:\d+/);
});
