import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Manifest } from "../../pipeline/core/manifest.ts";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { type Difference, diffReleases } from "../../pipeline/release/diff.ts";
import { TABLE_NAMES } from "../../schemas/index.ts";
import { idOf } from "../support/rows.ts";
import { runPaperset } from "../support/run-paperset.ts";
import { sharedReleases } from "../support/shared-release.ts";
import * as damage from "./damage.ts";

let made: string;
let first: Release;
let second: Release;
let folder: string;
damage.breakCopies((given) => {
  ({ made, release: second, folder } = given);
});
beforeAll(async () => {
  ({ first } = await sharedReleases());
});
const fromCopy = async (): Promise<Difference> => diffReleases(await openRelease(folder), second);

describe("two releases that follow each other", () => {
  test("differ by rows of each table, by cells of each column, and call for the version that the later one has", async () => {
    const difference = await diffReleases(first, second);
    expect(difference).toMatchObject({
      from: { version: "1.0.0", manifest_sha256: first.digest },
      to: { version: "1.1.0", created: second.manifest.created },
      step: "minor",
      papers: {
        added: { count: 0 },
        removed: { count: 1, first: [{ title: expect.stringMatching(/withdrawn/) }] },
      },
      repositories: { went_missing: { count: 0 } },
    });
    expect(Object.keys(difference.tables)).toEqual([...TABLE_NAMES]);
    for (const name of TABLE_NAMES) {
      const { state, schema, rows } = difference.tables[name] ?? {};
      const counts = [first.manifest.counts[name], second.manifest.counts[name]];
      expect({ state, schema, counts: [rows?.before, rows?.after] }, name).toEqual({
        state: "kept",
        schema: null,
        counts,
      });
      expect((rows?.after ?? 0) - (rows?.before ?? 0)).toBe((rows?.added ?? 0) - (rows?.removed ?? 0));
    }
    expect(difference.tables["retired_ids"]?.rows.added).toBe(2);
    expect(difference.tables["repositories"]?.columns["checked_at"]).toMatchObject({
      changed: 1,
      latest: "2026-11-21T09:00:00Z",
    });
  });

  test("differ by nothing from themselves", async () => {
    const difference = await diffReleases(second, await openRelease(folder));
    expect(difference.step).toBe("none");
    for (const { rows, columns } of Object.values(difference.tables)) {
      expect([rows.added, rows.removed, rows.changed]).toEqual([0, 0, 0]);
      for (const { changed } of Object.values(columns)) expect(changed).toBe(0);
    }
  });

  test("differ by the opposite the other way round", async () => {
    const [there, back] = [await diffReleases(first, second), await diffReleases(second, first)];
    for (const name of TABLE_NAMES) {
      const [a, b] = [there.tables[name]?.rows, back.tables[name]?.rows];
      expect([a?.added, a?.removed, a?.changed], name).toEqual([b?.removed, b?.added, b?.changed]);
    }
  });
});

describe("a release of another schema", () => {
  const editSchema = (table: string, edit: (text: string) => string) =>
    damage.editText(join(folder, `schemas/${table}.schema.json`), edit);

  test("is compared by the columns that both have, and the others are told", async () => {
    await editSchema("papers", (text) => text.replace('"venue":', '"journal":'));
    await damage.editText(join(folder, "jsonl/papers.jsonl"), (text) =>
      text.replaceAll('"venue":null', '"journal":"River Letters"'),
    );
    const { step, tables } = await fromCopy();
    const { papers } = tables;
    expect(step).toBe("major");
    expect(papers?.schema).toMatchObject({ columns_added: ["venue"], columns_removed: ["journal"] });
    expect(papers?.rows).toMatchObject({ added: 0, removed: 0, changed: 0 });
    expect(papers?.columns["journal"]).toMatchObject({
      filled_before: papers?.rows.before,
      filled_after: null,
    });
  });

  test("is compared where a table has come since", async () => {
    await damage.editManifest(folder, ({ counts: { paper_links: _, ...counts }, ...rest }) => ({
      ...rest,
      counts,
    }));
    const { step, tables } = await fromCopy();
    expect(step).toBe("major");
    expect(tables["paper_links"]).toMatchObject({
      state: "added",
      rows: { before: 0, added: second.manifest.counts.paper_links },
    });
  });

  test("is compared where a table has gone that this program does not know", async () => {
    await damage.editManifest(folder, (manifest) => ({
      ...manifest,
      counts: { ...manifest.counts, rivers: 9 },
    }));
    const { step, tables } = await fromCopy();
    expect(step).toBe("major");
    expect(tables["rivers"]).toMatchObject({ state: "removed", rows: { before: 9, removed: 9 } });
  });

  test("is compared by counts alone where both have a table that this program does not know", async () => {
    const withRivers = (rivers: number) => (manifest: Manifest) => ({
      ...manifest,
      counts: { ...manifest.counts, rivers },
    });
    await damage.editManifest(folder, withRivers(9));
    const other = await damage.copyOf(second, join(made, "with rivers"));
    await damage.editManifest(other, withRivers(7));
    const { tables } = await diffReleases(await openRelease(folder), await openRelease(other));
    expect(tables["rivers"]).toMatchObject({ state: "unread", rows: { before: 9, after: 7, changed: 0 } });
  });

  test("has none of its rows matched where a column of the key is new", async () => {
    await editSchema("paper_links", (text) => text.replace('"url":', '"address":'));
    const { tables } = await fromCopy();
    const count = second.manifest.counts.paper_links;
    expect(tables["paper_links"]?.rows).toMatchObject({ added: count, removed: count, changed: 0 });
  });

  test("is compared where there is no schema of a table at all", async () => {
    await rm(join(folder, "schemas/mentions.schema.json"));
    expect((await fromCopy()).step).toBe("major");
  });
});

describe("where the difference cannot be made, the error names the folder and what to do", () => {
  const refused = async (what: RegExp) => {
    await expect(fromCopy()).rejects.toMatchObject({
      code: "RELEASE_DAMAGED",
      message: expect.stringMatching(what),
    });
    await expect(fromCopy()).rejects.toThrow(/Run verify on it, and take another copy of it\./);
  };

  test("since a line is no JSON", async () => {
    await damage.editText(join(folder, "jsonl/papers.jsonl"), (text) => text.slice(0, -20));
    await refused(/^A row of papers of the release in .*copy-\d+ cannot be read \(/);
  });

  test("since a file is missing", async () => {
    await rm(join(folder, "jsonl/mentions.jsonl"));
    await refused(/^A row of mentions .* cannot be read \(ENOENT/);
  });

  test("since a schema is no JSON", async () => {
    await writeFile(join(folder, "schemas/papers.schema.json"), "{");
    await refused(/^The schema of papers .* cannot be read \(/);
  });

  test("since rows are out of order", async () => {
    await damage.editText(join(folder, "jsonl/mentions.jsonl"), (text) =>
      text.split("\n").reverse().slice(1).join("\n"),
    );
    await refused(/^Rows of mentions in release 1\.1\.0 are not in the order/);
  });
});

describe("the command diff", () => {
  const diff = (...more: string[]) => runPaperset(["diff", first.folder, ...more]);

  test("prints what differs, table by table, and the version that follows, and ends with 0", async () => {
    const { exitCode, stdout, stderr } = await diff(second.folder);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("From 1.0.0 (2026-11-01T09:00:00Z) to 1.1.0 (2026-11-21T09:00:00Z)");
    expect(stdout).toMatch(/^table +before +after +added +removed +changed$/m);
    expect(stdout).toMatch(/^papers +6 +5 +0 +1 +1$/m);
    expect(stdout).toMatch(/^repositories\.checked_at: 1 changed, 0 of them gained a value, 0 lost it$/m);
    expect(stdout).toMatch(/^ {4}r_\w+: "2026-11-01T09:00:00Z" -> "2026-11-21T09:00:00Z"$/m);
    expect(stdout).toMatch(
      /^Papers retired: 1\n {4}A paper that is shown once and then withdrawn \(p_\w+\)$/m,
    );
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("What differs calls for 1.1.0 after 1.0.0 (minor).");
  });

  test("compares with the newest release unless another is named", async () => {
    const named = await diff(second.folder, "--json");
    const [out, config] = [dirname(first.folder), join(made, "config.json")];
    await writeFile(config, JSON.stringify({ out }));
    expect(await diff("--out", out, "--json")).toEqual(named);
    expect(await diff("--config", config, "--json")).toEqual(named);
  });

  test("gives the same to programs", async () => {
    const { stdout } = await diff(second.folder, "--json");
    expect(JSON.parse(stdout)).toEqual({ event: "result", ...(await diffReleases(first, second)) });
  });

  test("says that releases hold the same, and ends with 0", async () => {
    const { exitCode, stdout } = await runPaperset(["diff", second.folder, folder]);
    expect([exitCode, stdout]).toEqual([0, "Releases 1.1.0 and 1.1.0 hold the same.\n"]);
  });

  test("tells new and old columns, and splits of papers", async () => {
    const [one, two] = await damage.rowsIn(folder, "papers");
    await damage.editText(join(folder, "schemas/papers.schema.json"), (text) =>
      text.replace('"venue":', '"journal":').replace('"minimum": 1600', '"minimum": 1500'),
    );
    await damage.editText(join(folder, "jsonl/mentions.jsonl"), (text) =>
      text.replaceAll(one?.paper_id ?? idOf("p", 1), two?.paper_id ?? idOf("p", 2)),
    );
    const { stdout } = await runPaperset(["diff", folder, second.folder]);
    expect(stdout).toContain("column added: papers.venue\ncolumn removed: papers.journal\n");
    expect(stdout).toMatch(/^column changed: papers\.year from .*"minimum":1500.* to .*"minimum":1600/m);
    expect(stdout).toMatch(new RegExp(`^Papers split: 1\n {4}${two?.paper_id} into p_\\w+, p_\\w+$`, "m"));
    expect(stdout).toMatch(/ after 1\.1\.0 \(major\)\.\n$/);
  });

  test("says what a folder lacks that is no release, and ends with 1", async () => {
    const { exitCode, stderr } = await diff(made);
    expect([exitCode, stderr]).toEqual([
      1,
      `paperset: ${made} is no finished release: it has no manifest.json. Name a release folder, such as out/latest.\n`,
    ]);
  });
});
