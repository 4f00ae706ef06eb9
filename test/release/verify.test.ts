import { rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROW_GROUP } from "../../pipeline/4-emit/parquet-encoder.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { GATES, type Gate } from "../../pipeline/release/gates.ts";
import { verify } from "../../pipeline/release/verify.ts";
import { TABLE_NAMES, TABLES, type TableName } from "../../schemas/index.ts";
import { FORMAT_NAMES, pathIn } from "../4-emit/read-back.ts";
import { makeRelease } from "../support/release.ts";
import { EACH_TABLE, hostileRows, idOf } from "../support/rows.ts";
import { runPaperset, TEST_NOW } from "../support/run-paperset.ts";
import * as damage from "./damage.ts";

const NOW = new Date(TEST_NOW);
let made: string;
let release: Release;
let folder: string;
damage.breakCopies((given) => {
  ({ made, release, folder } = given);
});
const found = () => damage.findingsIn(folder);

describe("a release passes", () => {
  test("as it was made, with rows in every table", async () => {
    for (const name of TABLE_NAMES) expect(release.manifest.counts[name], name).toBeGreaterThan(0);
    expect(await verify(release, NOW)).toEqual([]);
  });

  test("as it was made, with tables that have no rows", async () => {
    const first = await makeRelease(join(made, "first"));
    const { repository_observations, retired_ids } = first.manifest.counts;
    expect([repository_observations, retired_ids]).toEqual([0, 0]);
    expect(await verify(first, NOW)).toEqual([]);
  });

  test("from wherever it lies, also behind a quote or a space in the folder's name", async () => {
    expect(
      await verify(await openRelease(await damage.copyOf(release, join(made, "a stranger's copy"))), NOW),
    ).toEqual([]);
  });

  test("from a folder whose name another folder's would match, and reads nothing of that one", async () => {
    await damage.copyOf(release, join(made, "of 1"));
    for (const name of ["of ?", "of [1]", "o*1"]) {
      const copy = await openRelease(await damage.copyOf(release, join(made, name)));
      expect(await verify(copy, NOW), name).toEqual([]);
    }
  });

  test("with more rows in a table than one Parquet row group", async () => {
    await damage.editRows(folder, "mentions", ([first]) =>
      Array.from({ length: ROW_GROUP.rows + 1_000 }, (_, i) => ({
        ...first,
        mention_id: idOf("m", i),
        position: i + 1,
      })),
    );
    const later = (await found()).filter(({ gate }) => gate !== "foreign_keys");
    expect(later).toEqual([]);
  });
});

test("cells at the edges of what the schema allows are the same in every format, and break nothing of their own", async () => {
  const nowhere = { evidence_start: null, evidence_end: null };
  for (const [name, table] of EACH_TABLE) {
    const rows = hostileRows(table).map((row) =>
      "evidence" in row ? { ...row, ...nowhere, evidence: row["evidence"] ?? "words" } : row,
    );
    await damage.rewriteTable(folder, name, rows);
  }
  const gates = new Set((await found()).map(({ gate }) => gate));
  expect(gates.difference(new Set<Gate>(["foreign_keys", "dated", "future"]))).toEqual(new Set());
});

describe("exactly one gate finds it when", () => {
  /** For each gate, a breach that no other gate sees. */
  const BREACHES: Readonly<Record<Gate, () => Promise<unknown>>> = {
    files: () => writeFile(join(folder, "notes.txt"), "not for release\n"),
    sums: () => damage.editText(join(folder, "README.md"), (text) => text.replace("Papers", "papers")),
    schema: () =>
      damage
        .editText(join(folder, "csv/papers.csv"), (text) => text.replace("paper_id", "id"))
        .then(() => damage.sign(folder)),
    rows: () =>
      damage.editManifest(folder, (manifest) => ({
        ...manifest,
        counts: { ...manifest.counts, mentions: 7 },
      })),
    formats: () =>
      damage
        .editText(join(folder, "csv/papers.csv"), (text) => text.replace("Kites", "Kytes"))
        .then(() => damage.sign(folder)),
    keys: () => damage.editRows(folder, "mentions", (rows) => [...rows, ...rows.slice(-1)]),
    order: () => damage.editRows(folder, "mentions", (rows) => rows.toReversed()),
    foreign_keys: () => damage.editFirst(folder, "papers", { repository_id: idOf("r", 0) }),
    constraints: () => damage.editFirst(folder, "papers", { year: 1599 }),
    text: () => damage.editFirst(folder, "papers", { title: "E\u0301tude of a river" }),
    words: () => damage.editManifest(folder, (manifest) => ({ ...manifest, words_of_others: "withheld" })),
    evidence: () => damage.editFirst(folder, "paper_links", { evidence: "words that stand nowhere" }),
    dated: () => damage.editFirst(folder, "repositories", { checked_at: null }),
    difference: () =>
      damage.editDifference(folder, ({ tables }) =>
        Object.assign(tables["papers"]?.rows ?? {}, { after: 7 }),
      ),
    future: () => damage.editFirst(folder, "mentions", { captured_on: "2026-11-23" }),
    empty_columns: async () => {
      await damage.editRows(folder, "mentions", ([first]) =>
        Array.from({ length: 21 }, (_, i) => ({ ...first, mention_id: idOf("m", i), comments: null })),
      );
      await damage.editRows(folder, "paper_links", (rows) =>
        rows.map((row) => ({ ...row, mention_id: idOf("m", 0) })),
      );
      await damage.editRows(folder, "paper_repositories", (rows) =>
        rows.map((row) => ({ ...row, mention_id: idOf("m", 0) })),
      );
      await inDifference("mentions", "comments", { filled_before: 1 });
    },
    counts: () =>
      damage.editDifference(folder, ({ tables }) =>
        Object.assign(tables["papers"]?.rows ?? {}, { before: 100 }),
      ),
    fill: () => inDifference("papers", "title", { filled_before: 100, lost: 21 }),
  };

  const inDifference = (table: TableName, column: string, values: object) =>
    damage.editDifference(folder, ({ tables }) =>
      Object.assign(tables[table]?.columns[column] ?? {}, values),
    );

  test.each(Object.entries(GATES))("%s is broken: %s", async (gate) => {
    await BREACHES[gate as Gate]();
    expect(new Set((await found()).map((finding) => finding.gate))).toEqual(new Set([gate]));
  });
});

test("the gate words finds a link without evidence in a release that holds the words of others", async () => {
  await damage.editFirst(folder, "paper_repositories", { evidence: null });
  expect(await found()).toEqual([
    { gate: "words", where: "paper_repositories", found: "evidence is null in 1 rows" },
  ]);
});

describe("every breach is told at once", () => {
  test("in different gates and tables", async () => {
    await damage.editFirst(folder, "papers", { year: 1599, title: "a\u0007b" });
    await damage.editRows(folder, "mentions", (rows) => rows.toReversed());
    await damage.editFirst(folder, "retired_ids", { reason: "lost" });
    await writeFile(join(folder, "notes.txt"), "not for release\n");
    const told = (await found()).map(({ gate, where }) => `${gate} ${where}`);
    expect(told.sort()).toEqual([
      "constraints papers",
      "constraints retired_ids",
      "files notes.txt",
      "order mentions",
      "text papers",
    ]);
  });

  test("except that tables are left alone where files are missing, and rows where columns are wrong", async () => {
    await damage.editFirst(folder, "papers", { year: 1599 });
    await damage.editText(join(folder, "csv/mentions.csv"), (text) => text.replace("paper_id", "id"));
    await damage.sign(folder);
    expect(await found()).toMatchObject([{ gate: "schema", where: "csv/mentions.csv" }]);
    await rm(join(folder, "csv/mentions.csv"));
    expect(await found()).toEqual([{ gate: "files", where: "csv/mentions.csv", found: "it is missing" }]);
  });
});

test("a Parquet file that is cut off is a finding, not a crash, whichever table it holds", async () => {
  for (const name of TABLE_NAMES) {
    const path = pathIn(folder, "parquet", name);
    await truncate(path, (await stat(path)).size >> 1);
  }
  const findings = await found();
  expect(new Set(findings.filter(({ gate }) => gate === "sums").map(({ where }) => where))).toEqual(
    new Set(TABLE_NAMES.map((name) => `parquet/${name}.parquet`)),
  );
  expect(findings.filter(({ gate }) => gate !== "sums")).toEqual(
    TABLE_NAMES.map((where) => ({
      gate: "schema",
      where,
      found: expect.stringMatching(/^it cannot be read: .*parquet/),
    })),
  );
});

test("a file without a byte is a finding, not a crash, whichever format it has", async () => {
  const names = { csv: "papers", jsonl: "mentions", parquet: "retired_ids" } as const;
  for (const format of FORMAT_NAMES) await truncate(pathIn(folder, format, names[format]), 0);
  await damage.sign(folder);
  const places = (await found()).map(({ where }) => where);
  for (const name of Object.values(names)) expect(places.join()).toContain(name);
});

test("no finding names the folder in which the release happens to lie as its place", async () => {
  await damage.editText(join(folder, "csv/papers.csv"), (text) => text.replace("paper_id", "id"));
  for (const { where } of await found()) expect(where).not.toContain(made);
});

describe("the command verify", () => {
  const command = (...more: string[]) => runPaperset(["verify", folder, ...more]);

  test("says that every gate is passed, and ends with 0", async () => {
    const { exitCode, stdout } = await command();
    for (const gate of Object.keys(GATES)) expect(stdout).toMatch(new RegExp(`^ok {3,}${gate} `, "m"));
    expect([exitCode, stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "Release 1.1.0 passes."]);
  });

  test("says which gate is not, and what is wrong, and ends with 3", async () => {
    await damage.editFirst(folder, "papers", { year: 1599 });
    const { exitCode, stdout } = await command();
    expect(stdout).toMatch(/^NO +constraints .*\n +papers: year is below 1600 in 1 rows$/m);
    expect(stdout.match(/^NO /gm)).toHaveLength(1);
    expect([exitCode, stdout.trimEnd().split("\n").at(-1)]).toEqual([3, "Release 1.1.0 does not pass."]);
  });

  test("gives the findings to programs", async () => {
    await damage.editFirst(folder, "papers", { year: 1599 });
    const { exitCode, stdout } = await command("--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: "1.1.0",
      passed: false,
      findings: [{ gate: "constraints", where: "papers" }],
    });
    expect(exitCode).toBe(3);
  });

  test.each(["", "{}", "null", '{"name": "paperset", "version": '])(
    "calls a manifest of %j no defect of Paperset: the release is damaged",
    async (text) => {
      await writeFile(join(folder, "manifest.json"), text);
      const { exitCode, stderr } = await command();
      expect(stderr).not.toContain("defect of Paperset");
      expect(exitCode).toBeGreaterThan(0);
    },
  );
});

test("the schema's tables are the ones that a release's manifest counts", () => {
  expect(Object.keys(release.manifest.counts).sort()).toEqual(Object.keys(TABLES).sort());
});
