import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelease, type Release } from "../../pipeline/core/release.ts";
import { diffReleases } from "../../pipeline/release/diff.ts";
import { changelog } from "../../pipeline/release/notes.ts";
import { CAPTURES, MORE_CAPTURES, makeRelease, REPOSITORIES } from "../support/release.ts";
import * as damage from "./damage.ts";

let made: string;
let releases: readonly [Release, Release, Release];
const read = (release: Release, path: string) => readFile(join(release.folder, path), "utf8");

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "paperset-notes-"));
  const { "toll-books/bridges": _, ...others } = REPOSITORIES;
  const figures = { full_name: "ada-lark/pebbles", id: 7, stars: 12, archived: true };
  const moved = { found: figures };
  const first = await makeRelease(made, {
    captures: MORE_CAPTURES,
    repositories: {
      ...others,
      "toll-books/bridges": { found: { full_name: "toll-books/bridges", id: 4, stars: 3 } },
    },
    now: "2026-10-01T09:00:00Z",
  });
  const second = await makeRelease(made, {
    repositories: { ...REPOSITORIES, "ada-lark/stones": moved, "ada-lark/pebbles": moved },
  });
  const third = await makeRelease(made, {
    captures: {
      ...CAPTURES,
      "2026-03-22-listing.txt": "Mar 22\n\nOf <b>beds</b> & *banks*\n\nA bed is a bank that lies.\n",
    },
  });
  // what was the latest when it was made stands under its version
  const reopened = ({ version }: Release) => openRelease(join(made, "out", version));
  releases = [await reopened(first), await reopened(second), await reopened(third)];
});
afterAll(() => rm(made, { recursive: true }));

describe("diff.json", () => {
  test("of a release is what the command says of the one before and it", async () => {
    for (const [i, version] of ["1.1.0", "1.2.0"].entries()) {
      const [before, after] = [releases[i] as Release, releases[i + 1] as Release];
      expect(after.version).toBe(version);
      expect(JSON.parse(await read(after, "diff.json"))).toEqual(await diffReleases(before, after));
    }
  });

  test("of a first release starts from nothing: every row has been added", async () => {
    const [first] = releases;
    const difference = JSON.parse(await read(first, "diff.json"));
    expect(difference).toMatchObject({ from: null, to: { version: "1.0.0" }, step: null });
    for (const [name, table] of Object.entries(difference.tables)) {
      const rows = first.manifest.counts[name as keyof typeof first.manifest.counts];
      expect(table, name).toMatchObject({ state: "added", rows: { before: 0, after: rows, added: rows } });
    }
  });

  test("names the very release that it starts from", async () => {
    const [first, second] = releases;
    expect(JSON.parse(await read(second, "diff.json")).from).toMatchObject({
      version: "1.0.0",
      manifest_sha256: first.digest,
    });
  });
});

describe("CHANGELOG.md", () => {
  test("of a first release says how much it holds", async () => {
    expect(await read(releases[0], "CHANGELOG.md")).toMatch(
      /^# Changelog of paperset\n\n## 1\.0\.0 \(2026-10-01\)\n\nThe first release\.\n\n\| table \| rows \|\n\| --- \| ---: \|\n\| papers \| 6 \|\n/,
    );
  });

  test("tells what came, went and became of papers and repositories", async () => {
    const text = await read(releases[1], "CHANGELOG.md");
    const [entry = ""] = text.split("\n## 1.0.0");
    expect(entry).toContain(
      "## 1.1.0 (2026-11-21)\n\nSince 1.0.0:\n\n| table | before | after | added | removed | changed |",
    );
    expect(entry).toMatch(/^\| papers \| 6 \| 5 \| 0 \| 1 \| \d \|$/m);
    expect(entry).toMatch(
      /^- Papers retired: 1\n {2}- A paper that is shown once and then withdrawn \(`p_\w+`\)$/m,
    );
    expect(entry).toContain(
      "- Repositories that moved: 1\n  - `ada-lark/stones` is `ada-lark/pebbles` now\n",
    );
    expect(entry).toContain("- Repositories that went missing: 1\n  - `toll-books/bridges` (missing)\n");
    expect(entry).toContain("- Repositories that were archived: 1\n  - `ada-lark/pebbles`\n");
    expect(entry).toContain(
      "- Repositories with another number of stars: 1\n  - `ada-lark/pebbles`: 0 to 12 (+12)\n",
    );
    expect(entry).not.toMatch(/merged|split|came back/);
  });

  test("carries the entries of all earlier releases on, newest first", async () => {
    const [first, second, third] = await Promise.all(
      releases.map((release) => read(release, "CHANGELOG.md")),
    );
    const entries = (text = "") => text.slice(text.indexOf("\n## "));
    expect([...(third ?? "").matchAll(/^## (\S+)/gm)].map(([, version]) => version)).toEqual([
      "1.2.0",
      "1.1.0",
      "1.0.0",
    ]);
    expect(third?.endsWith(entries(second))).toBe(true);
    expect(second?.endsWith(entries(first))).toBe(true);
  });

  test("shows titles as they are, whatever they hold", async () => {
    expect(await read(releases[2], "CHANGELOG.md")).toContain(
      "- Papers added: 1\n  - Of \\<b\\>beds\\</b\\> \\& \\*banks\\* (`p_",
    );
  });

  test("begins anew where the earlier release has none", async () => {
    const [first, second] = releases;
    const text = changelog(await diffReleases(first, second), null, null);
    expect([...text.matchAll(/^## (\S+)/gm)].map(([, version]) => version)).toEqual(["1.1.0"]);
  });

  test("tells of columns and tables that came, went or changed", async () => {
    const [, second, third] = releases;
    const folder = await damage.copyOf(second, join(made, "another schema"));
    await damage.editText(join(folder, "schemas/papers.schema.json"), (text) =>
      text.replace('"venue":', '"journal":').replace('"minimum": 1600', '"minimum": 1500'),
    );
    const text = changelog(await diffReleases(await openRelease(folder), third), null, null);
    expect(text).toContain(
      "- column added: `papers.venue`\n- column removed: `papers.journal`\n- column changed: `papers.year` from",
    );
  });
});
