import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeTables } from "../../pipeline/4-emit/write-tables.ts";
import { TABLE_NAMES, TABLES } from "../../schemas/index.ts";
import { idOf } from "../support/rows.ts";
import { checkedOf, findingsOf, linkTo, mentionOf, paperOf, tablesIn } from "./findings.ts";
import { FORMAT_NAMES, pathIn, READ_BACK } from "./read-back.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-write-tables-"));
});
afterEach(() => rm(folder, { recursive: true }));

const silent = () => {};
const tablesOf = (...made: Parameters<typeof findingsOf>) => tablesIn(folder, findingsOf(...made));
const WRITTEN = TABLE_NAMES.filter((name) => name !== "retired_ids");

test("every table but the retired ids is written in every format, also where it has no rows", async () => {
  const { files } = await writeTables(await tablesOf([paperOf(1)]), folder, silent);
  const paths = WRITTEN.flatMap((name) => FORMAT_NAMES.map((format) => `${format}/${name}.${format}`));
  expect(files.map(({ path }) => path).sort()).toEqual(paths.sort());
  const rows = Object.fromEntries(files.map((file) => [file.table, file.rows]));
  expect(rows).toEqual({ ...Object.fromEntries(WRITTEN.map((name) => [name, 0])), papers: 1, mentions: 1 });
});

test("the files hold the rows that the findings make", async () => {
  const paper = paperOf(1, { repositories: [linkTo(1, "ada/stones")] });
  await writeTables(await tablesOf([paper], [checkedOf(3, "ada/stones", { stars: 0 })]), folder, silent);
  for (const format of FORMAT_NAMES) {
    const [row] = await READ_BACK[format](TABLES.papers, pathIn(folder, format, "papers"));
    expect(row).toMatchObject({ paper_id: idOf("p", 1), repository_id: idOf("r", 3), stars: 0 });
  }
});

test("repositories are counted by status; a status that none has is not named", async () => {
  const repositories = (["alive", "gone", "alive"] as const).map((status, i) =>
    checkedOf(i, `ada/r${i}`, { status }),
  );
  const { statuses } = await writeTables(await tablesOf([], repositories), folder, silent);
  expect(statuses).toEqual({ alive: 2, gone: 1 });
});

test("captures are counted by their content, each with how many mentions it gave", async () => {
  const [one, two] = ["a".repeat(64), "b".repeat(64)];
  const from = (number: number, source_file: string, source_sha256: string) =>
    mentionOf(number, { paper_id: idOf("p", 1), source_file, source_sha256 });
  const mentions = [from(1, "b.txt", two), from(2, "a.txt", one), from(3, "b.txt", two)];
  const { inputs } = await writeTables(await tablesOf([paperOf(1, { mentions })]), folder, silent);
  expect(inputs.values().toArray()).toEqual([
    { file: "b.txt", sha256: two, format: "text_blank_lines", mentions: 2 },
    { file: "a.txt", sha256: one, format: "text_blank_lines", mentions: 1 },
  ]);
});

test("the days that captures show come once each, in order, without the unknown", async () => {
  const days = ["2026-03-20", null, "1969-12-31", "2026-03-20"];
  const mentions = days.map((captured_on, i) => mentionOf(i, { paper_id: idOf("p", 1), captured_on }));
  const { days: seen } = await writeTables(await tablesOf([paperOf(1, { mentions })]), folder, silent);
  expect(seen).toEqual(["1969-12-31", "2026-03-20"]);
});

test("progress is told after each table, and leaves a step for what follows", async () => {
  const told: [number, number][] = [];
  await writeTables(await tablesOf([]), folder, (done, total) => told.push([done, total]));
  expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 7]));
});
