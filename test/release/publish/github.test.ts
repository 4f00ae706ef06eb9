import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Release } from "../../../pipeline/core/release.ts";
import { githubTarget, uploadOrigin } from "../../../pipeline/release/publish/github.ts";
import { startGitHubReleases } from "./github-double.ts";
import { PLACES, type Place, TOKEN } from "./places.ts";
import { makeTwoReleases, publishCommand } from "./setup.ts";

let first: Release;
makeTwoReleases((given) => {
  ({ first } = given);
});

describe.each(["GitHub", "Zenodo"] as const)("at %s, which has no folders,", (name) => {
  let place: Place;
  beforeEach(async () => {
    place = await PLACES[name]();
  });
  afterEach(() => place.double.close());
  const publish = (...more: string[]) => publishCommand(first, place.to, place.environment, ...more);

  test("a file that has arrived is not sent again", async () => {
    place.faults.failing.set("mentions.jsonl", 1);
    await publish("--yes");
    await publish("--yes");
    const nameOf = (path: string, query: URLSearchParams) =>
      query.get("name") ?? path.split("/").at(-1) ?? "";
    const sent = place.double.seen
      .filter(({ path }) => /\/assets$|\/bucket-/.test(path))
      .filter(({ method }) => method === "POST" || method === "PUT")
      .map(({ path, query }) => nameOf(path, query));
    const twice = sent.filter((one, i) => sent.indexOf(one) !== i);
    expect(twice).toEqual(["mentions.jsonl"]);
    expect(new Set(sent)).toEqual(new Set(place.published("1.0.0")?.keys()));
  });

  test("a file without a byte is left out, and the plan says so", async () => {
    const { stdout } = await publish();
    expect(stdout).toContain("left out, as they hold no byte: jsonl/retired_ids.jsonl");
    await publish("--yes");
    expect(place.published("1.0.0")?.has("retired_ids.jsonl")).toBe(false);
    expect(place.published("1.0.0")?.has("retired_ids.csv")).toBe(true);
  });

  test("a leading dot is left out of names, and the plan says so", async () => {
    expect((await publish()).stdout).toMatch(/^ {2}\.zenodo\.json as zenodo\.json /m);
    await publish("--yes");
    expect(place.published("1.0.0")?.has("zenodo.json")).toBe(true);
  });
});

describe("GitHub", () => {
  test("is asked to show the greatest version as the latest, whichever is published last", async () => {
    const double = await startGitHubReleases(TOKEN);
    await publishCommand(
      first,
      "github:ada/stones",
      { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: double.url },
      "--yes",
    );
    const [published] = double.seen.filter(({ method }) => method === "PATCH");
    expect(JSON.parse(String(published?.body))).toEqual({ draft: false, make_latest: "legacy" });
    await double.close();
  });

  test("gets no token, and nothing else, at an address that leads elsewhere", async () => {
    const elsewhere = await startGitHubReleases("no such token");
    const double = await startGitHubReleases(TOKEN, { uploadUrl: elsewhere.url });
    const { exitCode, stderr } = await publishCommand(
      first,
      "github:ada/stones",
      { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: double.url },
      "--yes",
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("leads away from")]);
    expect(elsewhere.seen).toEqual([]);
    await Promise.all([double.close(), elsewhere.close()]);
  });

  test("keeps a draft of somebody else's under the same tag", async () => {
    const double = await startGitHubReleases(TOKEN);
    double.releases.push({
      id: 7,
      tag_name: "v1.0.0",
      name: "The program, version 1.0.0",
      draft: true,
      assets: new Map([[8, { name: "program.zip", content: Buffer.from("zip") }]]),
    });
    await publishCommand(
      first,
      "github:ada/stones",
      { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: double.url },
      "--yes",
    );
    expect(double.releases[0]).toMatchObject({ id: 7, draft: true });
    expect(double.releases[0]?.assets.size).toBe(1);
    await double.close();
  });

  test("says before anything is sent what it cannot take", () => {
    const options = {
      repository: "ada/stones",
      version: "1.0.0",
      title: "",
      notes: "",
      apiUrl: "https://x.test",
    };
    const target = githubTarget({ call: () => Promise.reject(new Error("nobody is asked")) }, options);
    const upload = { path: "csv/papers.csv", file: "", name: "papers.csv", bytes: 2 ** 31, sha256: "" };
    expect(target.refuses([upload])).toMatch(
      /^GitHub takes no file of 2 GiB or more, and csv\/papers\.csv has/,
    );
    expect(target.refuses([{ ...upload, bytes: 2 ** 31 - 1 }])).toBeNull();
    const many = Array.from({ length: 1_001 }, () => ({ ...upload, bytes: 1 }));
    expect(target.refuses(many)).toContain("at most 1000 files");
    expect(target.refuses(many.slice(1))).toBeNull();
  });

  test("publishes nothing where it tells no digests", async () => {
    const double = await startGitHubReleases(TOKEN);
    double.tellsDigests = false;
    const environment = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: double.url };
    const { exitCode, stderr } = await publishCommand(first, "github:ada/stones", environment, "--yes");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("tells no digest of")]);
    expect(double.releases.map(({ draft }) => draft)).toEqual([true]);
    await double.close();
  });

  test("takes files at a host of its own for github.com, and at its own elsewhere", () => {
    expect(uploadOrigin("https://api.github.com")).toBe("https://uploads.github.com");
    expect(uploadOrigin("https://git.example.org/api/v3")).toBe("https://git.example.org");
  });
});
