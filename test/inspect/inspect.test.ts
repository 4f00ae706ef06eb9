import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MentionRow, PaperRow } from "../../schemas/index.ts";
import { runPaperset } from "../support/run-paperset.ts";

const STONES = "Counting River Stones With Patient Drones";
const ROWS = [
  `{"id":"1","title":"${STONES}","authors":["Ada Quill"],"arxiv_id":"2401.00001","abstract":"We count stones. Our code is at https://github.com/ada/stones."}`,
  `{"id":"2","title":"${STONES}","authors":["Ada Quill"],"year":2024,"venue":"River Letters"}`,
  `{"id":"3","title":"Listening for Owls in Old Orchards","authors":["Jan Reed"],"doi":"10.1234/owls"}`,
  `{"id":"4","title":"Listening for Bats in Old Orchards","authors":["Eve Stein"],"doi":"10.1234/bats"}`,
  ...[5, 6, 7, 8, 9].map((id) => `{"id":"${id}","title":"Weighing Swans at Dusk","authors":["Ida Moor"]}`),
];

let folder: string;
const at = (...path: readonly string[]) => join(folder, ...path);
const inspect = (...argv: readonly string[]) => runPaperset(["inspect", ...argv, "--out", at("out")]);
async function rowsOf<T>(table: string): Promise<T[]> {
  const text = await readFile(at("out/latest/jsonl", `${table}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}
async function mentionOf(id: string): Promise<string> {
  const mentions = await rowsOf<MentionRow>("mentions");
  return mentions.find(({ source_record_id }) => source_record_id === id)?.mention_id ?? "";
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-inspect-"));
  await writeFile(at("list.jsonl"), `${ROWS.join("\n")}\n`);
  const { exitCode, stderr } = await runPaperset([
    "run",
    "-i",
    at("list.jsonl"),
    "-o",
    at("out"),
    "--offline",
  ]);
  expect(exitCode, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

describe("a paper", () => {
  test("is shown with its mentions, why they are one, its repository and the words around the link", async () => {
    const { stdout, exitCode } = await inspect("river stones");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(STONES);
    expect(stdout.match(/list\.jsonl, lines/gu)).toHaveLength(2);
    expect(stdout).toMatch(/same_title \(1\.00\): Same title/u);
    expect(stdout).toContain("https://github.com/ada/stones  unchecked");
    expect(stdout).toContain("“Our code is at https://github.com/ada/stones.”");
  });

  test("shows its mentions in the order of the file that they stand in", async () => {
    const { stdout } = await inspect("weighing swans");
    expect(stdout.match(/(?<=list\.jsonl, lines )\d+/gu)).toEqual(["5", "6", "7", "8", "9"]);
  });

  test.each(["2401.00001", "arXiv:2401.00001v2", `${STONES}!`])("is found by %s", async (asked) => {
    expect((await inspect(asked)).stdout).toContain(STONES);
  });

  test("is found by its id and by that of a mention", async () => {
    const [paper] = (await rowsOf<PaperRow>("papers")).filter(({ title }) => title === STONES);
    expect((await inspect(paper?.paper_id ?? "")).stdout).toContain(STONES);
    expect((await inspect(await mentionOf("2"))).stdout).toContain(STONES);
  });

  test("among several that fit is named by its id", async () => {
    const { stdout } = await inspect("in old orchards");
    expect(stdout).toMatch(/^2 papers fit; name one by its id:\n {2}p_/u);
  });

  test("that is not there is wrong usage, told in a sentence", async () => {
    const { exitCode, stderr } = await inspect("no such paper");
    expect(stderr).toBe(
      'paperset: Release 1.0.0 has no paper "no such paper": try fewer words of its title.\n',
    );
    expect(exitCode).toBe(2);
  });

  test("comes as plain data for programs", async () => {
    const { stdout } = await inspect("river stones", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ event: "result", paper: { title: STONES } });
  });
});

describe("two mentions", () => {
  test("are told to be one work by a rule", async () => {
    const { stdout } = await inspect(await mentionOf("1"), await mentionOf("2"));
    expect(stdout).toMatch(/^One work, by same_title \(1\.00\): Same title/mu);
  });

  test("are told to be two for a reason, with what was compared", async () => {
    const { stdout } = await inspect(await mentionOf("3"), await mentionOf("4"));
    expect(stdout).toMatch(
      /^Not taken for one work: different_doi: They have the DOIs of two published forms\.$/mu,
    );
    expect(stdout).toMatch(/^ {2}title +0\.\d\d$/mu);
    expect(stdout).toMatch(/^ {2}yearsApart +not known$/mu);
  });

  test("of which one is not there are wrong usage", async () => {
    const { exitCode, stderr } = await inspect(await mentionOf("3"), "m_0000000000000000");
    expect(stderr).toContain("There is no mention m_0000000000000000");
    expect(exitCode).toBe(2);
  });
});
