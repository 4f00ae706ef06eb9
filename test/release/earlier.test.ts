import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { inTodaysShape, requireIntact } from "../../pipeline/release/earlier.ts";
import { CAPTURES, makeRelease, REPOSITORIES } from "../support/release.ts";
import { runPaperset } from "../support/run-paperset.ts";
import * as damage from "./damage.ts";

let made: string;
let release: Release;
let folder: string;
damage.breakCopies(
  (given) => {
    ({ made, release, folder } = given);
  },
  (own) => makeRelease(own, { repositories: REPOSITORIES }),
);
const opened = () => openRelease(folder);

/** A run that goes on from the copy, over a listing more. */
async function goOn() {
  const input = join(made, "more");
  await mkdir(input, { recursive: true });
  for (const [name, text] of Object.entries(CAPTURES)) await writeFile(join(input, name), text);
  await writeFile(
    join(input, "2026-03-22-listing.txt"),
    "Mar 22\n\nOf beds and banks\n\nA bed is a bank that lies.\n",
  );
  const out = `${folder}-goes-on`;
  return {
    out,
    ...(await runPaperset(["run", "--input", input, "--out", out, "--previous", folder, "--offline"])),
  };
}

describe("nothing goes on from a release that is not as it was made", () => {
  test.each<readonly [string, () => Promise<unknown>, RegExp]>([
    [
      "since a row was edited",
      () => damage.editText(join(folder, "jsonl/papers.jsonl"), (text) => text.replace("Kites", "Kytes")),
      /the content of jsonl\/papers\.jsonl has changed/,
    ],
    [
      "since a file is shorter",
      () => damage.editText(join(folder, "jsonl/mentions.jsonl"), (text) => text.slice(0, -5)),
      /jsonl\/mentions\.jsonl has \d+ bytes instead of \d+/,
    ],
    [
      "since a file is missing",
      () => rm(join(folder, "jsonl/repositories.jsonl")),
      /jsonl\/repositories\.jsonl cannot be read \(ENOENT/,
    ],
    [
      "since a schema was edited",
      () =>
        damage.editText(join(folder, "schemas/papers.schema.json"), (text) => text.replace("venue", "place")),
      /schemas\/papers\.schema\.json has/,
    ],
    [
      "since the changelog was edited",
      () => damage.editText(join(folder, "CHANGELOG.md"), (text) => text.replace("first", "First")),
      /the content of CHANGELOG\.md has changed/,
    ],
  ])("%s", async (_rule, edit, words) => {
    await edit();
    await expect(requireIntact(await opened())).rejects.toMatchObject({ code: "RELEASE_DAMAGED" });
    const { exitCode, stderr } = await goOn();
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(
      /^paperset: Release 1\.0\.0 in .* is not as it was made: .* or name another release with --previous\.$/m,
    );
    expect(exitCode).toBe(1);
  });

  test("but what nothing is carried on from may be changed, and nothing has to be there at first", async () => {
    await writeFile(join(folder, "README.md"), "A word of mine.\n");
    await rm(join(folder, "csv"), { recursive: true });
    await requireIntact(await opened());
    await requireIntact(null);
  });
});

/** Renames a column of a table in its rows and its schema, as if it had been called so when the release was made. */
async function renameColumn(table: string, from: string, to: string): Promise<void> {
  await damage.editText(join(folder, `jsonl/${table}.jsonl`), (text) =>
    text.replaceAll(`"${from}":`, `"${to}":`),
  );
  await damage.editText(join(folder, `schemas/${table}.schema.json`), (text) =>
    text.replace(`"${from}":`, `"${to}":`),
  );
  await damage.sign(folder);
}

describe("a release of an earlier schema", () => {
  test("of today's shape is itself", async () => {
    const same = await opened();
    expect(await inTodaysShape(same)).toBe(same);
  });

  test("has null in a column that came since, and nothing of one that went, and a new release goes on from it", async () => {
    await renameColumn("repositories", "primary_language", "tongue");
    const [row] = await Array.fromAsync((await inTodaysShape(await opened())).rows("repositories"));
    const [now] = await Array.fromAsync(release.rows("repositories"));
    expect(row).toEqual({ ...now, primary_language: null });
    const { out, exitCode, stderr } = await goOn();
    expect([exitCode, stderr]).toEqual([0, ""]);
    const next = await openRelease(join(out, "latest"));
    expect([next.version, next.manifest.previous_version]).toEqual(["2.0.0", "1.0.0"]);
    const [carried] = await Array.fromAsync(next.rows("repositories"));
    expect(carried).toMatchObject({
      repository_id: now?.repository_id,
      stars: now?.stars,
      primary_language: null,
    });
    expect((await runPaperset(["verify", next.folder])).exitCode).toBe(0);
    const difference = await runPaperset(["diff", folder, next.folder]);
    expect(difference.stdout).toContain(
      "column added: repositories.primary_language\ncolumn removed: repositories.tongue\n",
    );
  });

  test("has null in a column of every table that a later run reads", async () => {
    await renameColumn("paper_links", "http_status", "answer");
    const rows = await Array.fromAsync((await inTodaysShape(await opened())).rows("paper_links"));
    const now = await Array.fromAsync(release.rows("paper_links"));
    expect(rows).toEqual(now.map((row) => ({ ...row, http_status: null })));
    const { out, exitCode, stderr } = await goOn();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect((await openRelease(join(out, "latest"))).version).toBe("2.0.0");
  });

  test("without a column that must hold a value cannot be carried on, and the error says what to do", async () => {
    await renameColumn("papers", "first_released_in", "since");
    const { exitCode, stderr } = await goOn();
    expect(stderr).toMatch(
      /^paperset: Release 1\.0\.0 in .* was made with schema 1\.0\.0: its table papers has no column first_released_in, so that nothing can be carried on from it\. Start anew in another --out with --previous none\.$/m,
    );
    expect(exitCode).toBe(1);
  });

  test("without a table that is carried on cannot be carried on", async () => {
    await damage.editManifest(folder, ({ counts: { retired_ids: _, ...counts }, ...rest }) => ({
      ...rest,
      counts,
    }));
    await expect(inTodaysShape(await opened())).rejects.toMatchObject({
      code: "RELEASE_OUTDATED",
      message: expect.stringContaining("it has no table retired_ids"),
    });
  });

  test("with values that may not stand today cannot be carried on, and the row is told", async () => {
    await damage.editText(join(folder, "schemas/repositories.schema.json"), (text) =>
      text.replace('"moved",', '"away",'),
    );
    await damage.editText(join(folder, "jsonl/repositories.jsonl"), (text) =>
      text.replaceAll('"moved"', '"away"'),
    );
    await damage.sign(folder);
    const { exitCode, stderr } = await goOn();
    expect(stderr).toMatch(
      /a row of repositories does not fit today's \(.*must be equal to one of the allowed values/,
    );
    expect([exitCode, stderr.includes("a defect of Paperset")]).toEqual([1, false]);
  });
});
