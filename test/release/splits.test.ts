import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Release } from "../../pipeline/core/release.ts";
import { makeRelease } from "../support/release.ts";
import { runPaperset } from "../support/run-paperset.ts";

/** A paper of three mentions of which one turns out to be another work, and is put back later. */

const STONES =
  "Counting river stones with patient drones\n\nA drone that waits sees more stones than one that hurries. We fly over nine rivers at dawn.\n";
const days = [14, 20, 21];
const captures = Object.fromEntries(
  days.map((day) => [`2026-03-${day}-listing.txt`, `Mar ${day}\n\n${STONES}`]),
);

let made: string;
let first: Release;
let mentions: { mention_id: string; paper_id: string }[];
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "paperset-splits-"));
  first = await makeRelease(made, { captures });
  mentions = await Array.fromAsync(first.rows("mentions"));
});
afterAll(() => rm(made, { recursive: true }));

async function overridden(action: "split" | "merge"): Promise<Release> {
  const [a, b, c] = mentions.map(({ mention_id }) => mention_id);
  const file = join(made, `${action}.csv`);
  const lines = [`${action},${a},${b},a person looked`, `${action},${a},${c},a person looked`];
  await writeFile(file, `action,mention_a,mention_b,reason\n${lines.join("\n")}\n`);
  return makeRelease(made, { captures, options: ["--overrides", file] });
}
const idsOf = async (release: Release) =>
  (await Array.fromAsync(release.rows("papers"))).map(({ paper_id }) => paper_id);
const eventsOf = async ({ folder }: Release) =>
  JSON.parse(await readFile(join(folder, "diff.json"), "utf8")).papers;

test("what becomes of a paper that is split, and put together again, can be told from every release", async () => {
  const [old] = await idsOf(first);
  expect(mentions.map(({ paper_id }) => paper_id)).toEqual([old, old, old]);

  const apart = await overridden("split");
  const ids = await idsOf(apart);
  const [fresh] = ids.filter((id) => id !== old);
  expect([apart.version, ids.length, ids.includes(old ?? "")]).toEqual(["1.1.0", 2, true]);
  // the id stays with the greater part, though the other part has the first mention
  const parts = (await Array.fromAsync(apart.rows("mentions"))).map(({ paper_id }) => paper_id);
  expect(parts).toEqual([fresh, old, old]);
  expect(await Array.fromAsync(apart.rows("retired_ids"))).toEqual([]);
  expect((await eventsOf(apart)).split).toEqual({
    count: 1,
    first: [{ paper_id: old, into: [...ids].sort() }],
  });
  const changelog = await readFile(join(apart.folder, "CHANGELOG.md"), "utf8");
  expect(changelog).toContain("- Papers split: 1\n");

  const together = await overridden("merge");
  expect(await idsOf(together)).toEqual([old]);
  expect(await Array.fromAsync(together.rows("retired_ids"))).toMatchObject([
    { retired_id: fresh, surviving_id: old, reason: "merged", retired_in_version: "1.2.0" },
  ]);
  expect(await eventsOf(together)).toMatchObject({
    split: { count: 0 },
    merged: { count: 1, first: [{ paper_id: fresh, surviving_id: old }] },
  });
  expect((await runPaperset(["verify", together.folder])).exitCode).toBe(0);
});
