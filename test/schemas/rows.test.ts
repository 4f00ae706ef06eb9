import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findSources } from "../../pipeline/1-parse/input/sources.ts";
import { parse } from "../../pipeline/1-parse/parse.ts";
import { dedupe } from "../../pipeline/2-dedupe/dedupe.ts";
import { enrich } from "../../pipeline/3-enrich/enrich.ts";
import { checkLinks } from "../../pipeline/3-enrich/links/check-links.ts";
import { retiredIds } from "../../pipeline/4-emit/retired.ts";
import { rowCheck } from "../../pipeline/4-emit/row-check.ts";
import type { Findings } from "../../pipeline/4-emit/tables.ts";
import { runStage } from "../../pipeline/core/run-stage.ts";
import { TABLE_NAMES, TABLES } from "../../schemas/index.ts";
import { captureEffects } from "../1-parse/captures.ts";
import { tablesIn } from "../4-emit/findings.ts";
import { releaseOf } from "../support/releases.ts";
import { askOf, checkedRow, found } from "../support/repositories.ts";
import { asking } from "../support/services.ts";

const CAPTURE = `Subscribe

Mar 14, 2026

Counting River Stones With Patient Drones

A drone that hovers over a river bed sees every stone on it. We let four drones hover for a year and count what
they see, one photograph after the other. Most stones stay where they are. Our code is available at
https://github.com/ada/stones, the photographs are at https://zenodo.org/records/1234567.
`;

let folder: string;
let findings: Findings;

/** What the stages find in the capture; the repository's check comes from the journal, so that nobody is asked. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-rows-"));
  const input = join(folder, "captures");
  const workFolder = join(folder, "out", ".work");
  await Promise.all([mkdir(input), mkdir(workFolder, { recursive: true })]);
  await writeFile(join(input, "list.txt"), CAPTURE);
  const journalPath = join(workFolder, "journal.jsonl");
  const { repository_id } = askOf("ada/stones");
  const check = { repository_id, at: "2026-11-20T09:00:00Z", answer: found() };
  await writeFile(journalPath, `${JSON.stringify(check)}\n`);

  const effects = captureEffects();
  const options = { workFolder, projectFolder: join(import.meta.dirname, "../.."), reuse: false };
  const sources = await findSources([input], { out: join(folder, "out"), standardInput: null });
  const mentions = await runStage(parse, sources, { capturedYear: null }, effects, options);
  const papers = await runStage(dedupe, mentions, { previous: null, overrides: [] }, effects, options);
  const nobody = "https://github.invalid";
  const github = { apiUrl: nobody, graphqlUrl: nobody, tokens: [], leaveShare: 0, maxWaitMs: 0 };
  const config = { ...asking(), offline: true, github, starHistory: false, journalPath };
  const checked = await runStage(enrich, papers, config, effects, options);
  const visiting = { ...config, journalPath: join(workFolder, "links.jsonl") };
  const visited = await runStage(checkLinks, papers, visiting, effects, options);
  const links = new Map((await Array.fromAsync(visited.records())).map((link) => [link.url, link]));
  findings = { papers, repositories: await Array.fromAsync(checked.records()), links, ids: new Map() };
});
afterAll(() => rm(folder, { recursive: true }));

/** The rows of every table; of the retired ids those that a release with one more repository leaves behind. */
async function rowsOf(name: (typeof TABLE_NAMES)[number]): Promise<readonly object[]> {
  if (name !== "retired_ids") return Array.fromAsync<object>((await tablesIn(folder, findings))[name]());
  const previous = releaseOf({ repositories: [checkedRow({ repository_id: "r_0000000000000000" })] });
  const retired = await retiredIds(findings, previous);
  return retired.map((row) => ({ ...row, retired_in_version: "1.1.0" }));
}

describe.each(TABLE_NAMES)("the pipeline's rows of %s", (name) => {
  test("have every column of the schema and no other", async () => {
    const rows = await rowsOf(name);
    expect(rows.length).toBeGreaterThan(0);
    const columns = Object.keys(TABLES[name].columns).sort();
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(columns);
  });

  test("hold what the schema says", async () => {
    const check = rowCheck(TABLES[name]);
    for (const row of await rowsOf(name)) expect(() => check(row)).not.toThrow();
  });
});

test("a row with a cell that the schema does not allow is a defect that names table and column", () => {
  const row = { ...checkedRow(), stars: -1 };
  expect(() => rowCheck(TABLES.repositories)(row)).toThrow(
    expect.objectContaining({
      code: "DEFECT",
      message: expect.stringMatching(/repositories.*stars must be >= 0/u),
    }),
  );
});
