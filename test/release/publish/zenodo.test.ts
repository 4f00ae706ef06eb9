import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Release } from "../../../pipeline/core/release.ts";
import { zenodoTarget } from "../../../pipeline/release/publish/zenodo.ts";
import { TOKEN } from "./places.ts";
import { makeTwoReleases, publishCommand } from "./setup.ts";
import { startZenodo } from "./zenodo-double.ts";

let first: Release;
let second: Release;
makeTwoReleases((given) => {
  ({ first, second } = given);
});

describe("Zenodo", () => {
  test("gets a later version as a new version of the first, with the release's own metadata", async () => {
    const double = await startZenodo(TOKEN);
    const environment = { ZENODO_TOKEN: TOKEN, ZENODO_URL: double.url };
    for (const release of [first, second]) await publishCommand(release, "zenodo", environment, "--yes");
    expect(double.depositions.map(({ draft }) => draft)).toEqual([double.depositions[1]?.id, null]);
    for (const [i, release] of [first, second].entries())
      expect(double.depositions[i]?.metadata).toEqual(
        JSON.parse(await readFile(join(release.folder, ".zenodo.json"), "utf8")),
      );
    await double.close();
  });

  test("says before anything is sent what it cannot take", () => {
    const client = { call: () => Promise.reject(new Error("nobody is asked")) };
    const target = zenodoTarget(client, { title: "", version: "1.0.0" }, "https://zenodo.test");
    const upload = { path: "csv/papers.csv", file: "", name: "papers.csv", bytes: 50e9, sha256: "" };
    expect(target.refuses([upload])).toBeNull();
    expect(target.refuses([upload, upload])).toContain("at most 50 GB");
    const many = Array.from({ length: 101 }, () => ({ ...upload, bytes: 1 }));
    expect(target.refuses(many)).toContain("at most 100 files");
    expect(target.refuses(many.slice(1))).toBeNull();
  });
});
