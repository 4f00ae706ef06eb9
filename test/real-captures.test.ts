import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAPTURES, capturesAreThere } from "./support/real-captures.ts";
import { runPaperset } from "./support/run-paperset.ts";

const EXPECTED = { mentions: 537, papers: 453, repositories: 109, paper_repositories: 109 };

describe.skipIf(!capturesAreThere)("the five real captures", () => {
  let out: string;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "paperset-real-"));
    const { exitCode, stderr } = await runPaperset(["run", "--input", CAPTURES, "--out", out, "--offline"]);
    expect(exitCode, stderr).toBe(0);
  });
  afterAll(() => rm(out, { recursive: true }));

  async function count(from: string): Promise<number> {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const [row] = (
      await connection.runAndReadAll(`SELECT count(*)::INTEGER AS n FROM ${from}`)
    ).getRowObjects();
    return Number(row?.["n"]);
  }
  const reader = (format: string) =>
    ({ csv: "read_csv_auto", jsonl: "read_json_auto", parquet: "read_parquet" })[format];

  describe.each(["csv", "jsonl", "parquet"])("as %s", (format) => {
    test.each(Object.entries(EXPECTED))("hold the known number of %s", async (table, rows) => {
      expect(await count(`${reader(format)}('${out}/latest/${format}/${table}.${format}')`)).toBe(rows);
    });

    test("name code on GitHub in the known number of papers", async () => {
      const links = `${reader(format)}('${out}/latest/${format}/paper_repositories.${format}')`;
      expect(await count(`(SELECT DISTINCT paper_id FROM ${links})`)).toBe(107);
    });
  });

  test("lose no block: nothing is rejected and no paper is without its abstract", async () => {
    const papers = `read_json_auto('${out}/latest/jsonl/papers.jsonl')`;
    expect(await count(`${papers} WHERE abstract IS NULL OR list_contains(issues, 'abstract_joined')`)).toBe(
      0,
    );
    expect(await count(`read_text('${out}/.work/1-parse/rejects.jsonl') WHERE size > 0`)).toBe(0);
  });

  test("pass every gate", async () => {
    const { exitCode, stdout } = await runPaperset(["verify", join(out, "latest")]);
    expect(stdout).toContain("Release 1.0.0 passes.");
    expect(exitCode).toBe(0);
  });
});
