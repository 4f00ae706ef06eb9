import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Release } from "../../../pipeline/core/release.ts";
import { PLACES, type Place, TOKEN } from "./places.ts";
import { bring, makeTwoReleases, pathsOf, publishCommand } from "./setup.ts";

/** What holds at every place of publication that is on the internet; each double speaks for one. */

let first: Release;
let second: Release;
makeTwoReleases((given) => {
  ({ first, second } = given);
});

describe.each(Object.entries(PLACES))("%s", (_name, open) => {
  let place: Place;
  beforeEach(async () => {
    place = await open();
  });
  afterEach(() => place.double.close());

  const publish = (release: Release, ...more: string[]) =>
    publishCommand(release, place.to, place.environment, ...more);

  async function expectPublished(release: Release): Promise<void> {
    const files = place.published(release.version);
    const paths = pathsOf(release, place);
    expect([...(files?.keys() ?? [])].sort()).toEqual(paths.map(place.nameOf).sort());
    for (const path of paths)
      expect(files?.get(place.nameOf(path))?.equals(await readFile(join(release.folder, path))), path).toBe(
        true,
      );
  }

  test("is not asked in a dry run, which needs no token", async () => {
    const { exitCode, stdout } = await publishCommand(first, place.to, {
      ...place.environment,
      HF_TOKEN: "",
      GITHUB_TOKEN: "",
      ZENODO_TOKEN: "",
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("nothing was sent: say --yes")]);
    expect(stdout).toContain(
      `csv/papers.csv${place.nameOf("csv/papers.csv") === "papers.csv" ? " as papers.csv" : ""} `,
    );
    expect(place.double.seen).toEqual([]);
  });

  test("gets every file of a release, byte for byte, and publishes it under its version", async () => {
    const { exitCode, stdout } = await publish(first, "--yes");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Release 1.0.0 is published at ")]);
    await expectPublished(first);
  });

  test("gets a later version beside the first, which stays as it was", async () => {
    await bring(first, place);
    await bring(second, place);
    await expectPublished(first);
    await expectPublished(second);
  });

  test("is told nothing again when the version stands there already", async () => {
    await bring(first, place);
    const asked = place.double.seen.length;
    expect(await bring(first, place)).toEqual({ wasPublished: true, sent: 0 });
    const later = place.double.seen.slice(asked).map(({ method }) => method);
    expect(later.every((method) => method === "GET")).toBe(true);
  });

  test("keeps what is published where the release has other content, and the sentence says what to do", async () => {
    await bring(first, place);
    place.falsify("1.0.0", place.nameOf("csv/papers.csv"));
    const { exitCode, stderr } = await publish(first, "--yes");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is published already and differs in \S*papers\.csv: .*Make a new release\.\n$/);
    expect(place.published("1.0.0")?.get(place.nameOf("csv/papers.csv"))).toEqual(Buffer.from("other"));
  });

  test("does not publish what arrived with another content, until it arrives whole", async () => {
    const name = place.nameOf("csv/papers.csv");
    place.faults.damaging.add(name);
    await expect(bring(first, place)).rejects.toThrow(/differs in \S*papers\.csv, and was not published/);
    expect(place.published("1.0.0")).toBeNull();
    place.faults.damaging.clear();
    expect(await bring(first, place)).toEqual({ wasPublished: false, sent: 1 });
    await expectPublished(first);
  });

  test("is resumed after a failure", async () => {
    place.faults.failing.set(place.nameOf("jsonl/mentions.jsonl"), 1);
    const { exitCode, stderr } = await publish(first, "--yes");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Run the same command again")]);
    expect(place.published("1.0.0")).toBeNull();
    await bring(first, place);
    await expectPublished(first);
  });

  test("gets the token in a header and nowhere else, and nobody is shown it", async () => {
    const { stdout, stderr } = await publish(first, "--yes", "--debug", "--json");
    expect(stdout + stderr).not.toContain(TOKEN);
    for (const { authorization, path, query, body } of place.double.seen) {
      expect(authorization).toBe(`Bearer ${TOKEN}`);
      expect(`${path}?${query}${body.toString("latin1")}`).not.toContain(TOKEN);
    }
  });

  test("that refuses the token is told of in one sentence without it", async () => {
    const wrong = Object.fromEntries(
      Object.entries(place.environment).map(([name, value]) => [name, value === TOKEN ? "hf_wrong" : value]),
    );
    const { exitCode, stderr } = await publishCommand(first, place.to, wrong, "--yes");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^paperset: [^\n]*\n$/);
    expect(stderr).not.toContain("hf_wrong");
    expect(stderr).not.toContain("defect");
  });

  test("that does not answer at all is told of in one sentence", async () => {
    await place.double.close();
    const { exitCode, stderr } = await publish(first, "--yes");
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^paperset: [^\n]*failed: [^\n]*\n$/)]);
    expect(stderr).not.toContain("defect");
  });
});
