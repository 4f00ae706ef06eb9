import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Miss } from "../../pipeline/evaluate/misses.ts";
import { runPaperset } from "../support/run-paperset.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-evaluated-"));
});
afterEach(() => rm(folder, { recursive: true }));
const at = (...parts: string[]) => join(folder, ...parts);

const FIRST = `id,title,authors,venue,year
f1,Counting river stones with patient drones,Ada Quill,Journal of Rivers,2020
f2,Listening for owls in orchards after midnight,Jan Stein,Journal of Birds,2021
f3,A slow atlas of northern harbour lights,Eve Reed,Journal of Ports,2019
`;
const SECOND = `id,title,authors,venue,year
s1,Counting River Stones with Patient Drones,A. Quill,Journal of Rivers,2020
s2,Listening for owls in orchards after midnight,Max Other,Journal of Birds,2021
s3,Harbours and their lamps,Eve Reed,Journal of Ports,2019
`;

async function evaluate(pairs: string, ...more: string[]) {
  await writeFile(at("first.csv"), FIRST);
  await writeFile(at("second.csv"), SECOND);
  await writeFile(at("pairs.tsv"), pairs);
  const input = ["--input", at("first.csv"), at("second.csv")];
  return runPaperset([...["evaluate", ...input, "--pairs", at("pairs.tsv"), "--out", at("out"), ...more]]);
}
const misses = async (): Promise<Miss[]> =>
  (await readFile(at("out/.work/evaluate/misses.jsonl"), "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Miss);

describe("records", () => {
  test("are clustered and measured, in one frame and across files", async () => {
    const { exitCode, stdout, stderr } = await evaluate("left\tright\nf1\ts1\nf2\ts2\nf3\ts3\nf3\tnone\n");
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^pairs, in one frame +1 +1 +3 +1\.0000 +0\.3333 +0\.5000$/m);
    expect(stdout).toMatch(/^pairs across files +1 +1 +3 /m);
    expect(stdout).toContain("left and right, is taken for a heading");
    expect(stdout).toContain("NOT COUNTED: 1 pairs with 1 unknown ids (none).");
    expect(existsSync(at("out/.work/1-parse"))).toBe(false);
  });

  test("of wrong pairs are written with what is known of both and why", async () => {
    await evaluate("f2\ts2\nf3\ts3\nf1\tf2\n");
    const found = (await misses()).map(({ a, b, ...decision }) => ({
      ...decision,
      ids: [a.id, b.id].sort(),
    }));
    expect(found).toContainEqual(
      expect.objectContaining({ miss: "false", decision: "tied", rule: "same_title", ids: ["f1", "s1"] }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        miss: "missed",
        decision: "different",
        difference: "different_authors",
        why: "Nobody is an author of both.",
        ids: ["f2", "s2"],
      }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ miss: "missed", decision: "never_candidate", ids: ["f1", "f2"] }),
    );
    const [{ a } = { a: null }] = await misses();
    expect(a).toMatchObject({ authors: [expect.any(String)], year: 2020, venue: "Journal of Rivers" });
    expect(a?.file).toMatch(/^(?:first|second)\.csv$/);
  });

  test("are measured as plain data with --json", async () => {
    const { stdout } = await evaluate("f1,s1\n", "--json");
    const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
    expect(result).toMatchObject({
      event: "result",
      records: 6,
      clusters: 5,
      pairs: { found: 1, right: 1, labelled: 1, precision: 1, recall: 1, f1: 1 },
      labels: { heading: null, unknownIds: [], setAside: 0 },
      misses: 0,
    });
  });

  test("with a DOI that forbids it between other members are said to be kept apart", async () => {
    await writeFile(
      at("in.csv"),
      `id,title,authors,doi
a,Counting river stones with patient drones,Ada Quill,10.5555/one
b,Counting river stones with patient drones,Ada Quill,
c,Counting river stones with patient drones,Ada Quill,10.5555/two
`,
    );
    await writeFile(at("pairs.csv"), "a,b\nb,c\n");
    const argv = ["evaluate", "--input", at("in.csv"), "--pairs", at("pairs.csv"), "--out", at("out")];
    const { stderr } = await runPaperset(argv);
    expect(stderr).toBe("");
    const [missed, ...others] = await misses();
    expect(others).toEqual([]);
    expect(missed).toMatchObject({ miss: "missed", decision: "kept_apart", rule: "same_title" });
    expect(missed?.why).toContain("forbid it (different_doi): They have the DOIs of two published forms.");
  });
});

test("the papers of a release are measured as they are, and why is said as far as it is known", async () => {
  await evaluate("f1\ts1\n");
  const input = ["--input", at("first.csv"), at("second.csv")];
  const run = await runPaperset(["run", ...input, "--out", at("release"), "--offline"]);
  expect(run.exitCode, run.stderr).toBe(0);
  await writeFile(at("pairs.tsv"), "f2\ts2\n");
  const argv = ["--release", at("release/latest"), "--pairs", at("pairs.tsv"), "--out", at("out")];
  const { exitCode, stdout, stderr } = await runPaperset(["evaluate", ...argv]);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/^pairs across files +1 +0 +1 +0\.0000 +0\.0000 +0\.0000$/m);
  expect((await misses()).map(({ decision, why }) => [decision, why])).toEqual([
    ["in_release", expect.stringMatching(/both in p_\w+: by same_title/)],
    ["in_release", expect.stringMatching(/has them in p_\w+ and p_\w+; only the captures/)],
  ]);
  // a release in the output folder changes nothing of an evaluation of records
  const beside = await runPaperset([
    "evaluate",
    ...input,
    "--pairs",
    at("pairs.tsv"),
    "--out",
    at("release"),
  ]);
  expect(beside.exitCode, beside.stderr).toBe(0);
});

describe("wrong usage is said in a sentence", () => {
  test.each([
    ["no pairs", ["--input", "x"], "name a file with two ids a line with --pairs"],
    ["nothing to evaluate", ["--pairs", "x"], "either records with --input or a release with --release"],
    ["both", ["--pairs", "x", "--input", "x", "--release", "y"], "either records with --input"],
  ])("%s", async (_what, argv, words) => {
    const { exitCode, stderr } = await runPaperset(["evaluate", ...argv]);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });

  test("pairs that cannot be read", async () => {
    await writeFile(at("first.csv"), FIRST);
    const argv = ["evaluate", "--input", at("first.csv"), "--pairs", at("none"), "--out", at("out")];
    const { exitCode, stderr } = await runPaperset(argv);
    expect(stderr).toContain("Cannot read the labelled pairs");
    expect(exitCode).toBe(1);
  });

  test("ids that two records have", async () => {
    await writeFile(at("copy.csv"), FIRST.replace("2020", "2021"));
    const { exitCode, stderr } = await evaluate("f1\ts1\n", "--input", at("copy.csv"), at("first.csv"));
    expect(stderr).toMatch(/Two records have the id "f\d" \(in \w+\.csv and in \w+\.csv\)/);
    expect(exitCode).toBe(2);
  });

  test("records without ids", async () => {
    await writeFile(at("in.csv"), "title,year\nCounting river stones,2020\n");
    await writeFile(at("pairs.tsv"), "a\tb\n");
    const argv = ["evaluate", "--input", at("in.csv"), "--pairs", at("pairs.tsv"), "--out", at("out")];
    const { exitCode, stderr } = await runPaperset(argv);
    expect(stderr).toContain("None of 1 records has an id of its own");
    expect(exitCode).toBe(2);
  });
});
