import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startArxivDouble } from "./support/arxiv-double.ts";
import { startCodebergDouble, startGitLabDouble } from "./support/code-host-doubles.ts";
import { startHubDouble } from "./support/link-doubles.ts";
import { runPaperset } from "./support/run-paperset.ts";
import { json, startServiceDouble } from "./support/service-double.ts";

/** Whole runs that ask other services than GitHub, or look into a local copy of arXiv's metadata. */

const PAPER = {
  title: "Counting River Stones with Patient Drones",
  abstract:
    "Every river bed tells where its stones came from, and drones count them without rest. The model is at https://huggingface.co/ada/stones.",
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-services-"));
  await mkdir(join(folder, "captures"));
  await writeFile(join(folder, "captures", "list.jsonl"), JSON.stringify(PAPER));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (options: readonly string[], environment = {}) =>
  runPaperset(["run", "--input", join(folder, "captures"), "--out", join(folder, "out"), ...options], {
    environment,
  });
async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, "out", "latest", "jsonl", `${table}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
const firstRow = async (table: string) => (await rowsOf(table))[0] ?? {};

describe("--arxiv-snapshot", () => {
  test("gives a paper its identifier in the release, says how, and the next release keeps both", async () => {
    const snapshot = join(folder, "arxiv.jsonl");
    const listed = { id: "2603.00009", categories: "cs.CV", update_date: "2026-03-12", authors: "Ada Quill" };
    await writeFile(snapshot, JSON.stringify({ ...listed, ...PAPER }));
    const first = await run(["--offline", "--arxiv-snapshot", snapshot]);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toMatch(/^arXiv ids: 1 of 1 papers without one have one by their title$/m);
    const expected = {
      arxiv_id: "2603.00009",
      arxiv_id_source: "title_and_abstract",
      url: "https://arxiv.org/abs/2603.00009",
    };
    expect(await firstRow("papers")).toMatchObject(expected);
    expect(await runPaperset(["verify", join(folder, "out", "latest")])).toMatchObject({ exitCode: 0 });
    const again = await run(["--offline"]);
    expect(again.stdout).toContain("Nothing differs from release 1.0.0");
  });

  test("names a file that is there", async () => {
    const { exitCode, stderr } = await run(["--offline", "--arxiv-snapshot", join(folder, "none")]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/Cannot read the arXiv snapshot .*none: name a file/),
    ]);
  });
});

describe("--look-up-titles", () => {
  const listed = { id: "2603.00009v1", title: PAPER.title, summary: PAPER.abstract, authors: ["Ada Quill"] };

  test("asks arXiv for what nothing at hand has, once, and the release says how it was found", async () => {
    const double = await startArxivDouble([listed]);
    try {
      const environment = { ARXIV_API_URL: double.origin };
      const planned = await run(["--look-up-titles", "--only", "arxiv", "--dry-run"], environment);
      expect(planned.stdout).toMatch(/^arxiv +1 +1 requests +4 s$/m);
      expect(double.seen).toEqual([]);
      const { stdout, stderr } = await run(["--look-up-titles"], environment);
      expect(stderr).not.toContain("arXiv");
      expect(stdout).toMatch(/^arXiv ids: 1 of 1 papers without one have one by their title$/m);
      expect(stdout).toMatch(/^titles at arXiv: 1 looked up$/m);
      expect(await firstRow("papers")).toMatchObject({
        arxiv_id: "2603.00009",
        arxiv_id_source: "title_and_abstract",
      });
      await run(["--look-up-titles"], environment);
      expect(double.seen).toHaveLength(1);
    } finally {
      double.close();
    }
  });

  test("is off unless asked for, and with --offline or without arxiv in --only", async () => {
    const double = await startArxivDouble([listed]);
    try {
      const environment = { ARXIV_API_URL: double.origin };
      for (const options of [[], ["--look-up-titles", "--offline"], ["--look-up-titles", "--only", "doi"]])
        expect((await run(options, environment)).stdout).not.toContain("titles at arXiv");
      expect([double.seen, (await firstRow("papers"))["arxiv_id"]]).toEqual([[], null]);
    } finally {
      double.close();
    }
  });

  test("says what could not be looked up, which the next run asks again", async () => {
    const double = await startArxivDouble([listed], (number) => (number === 1 ? { status: 500 } : null));
    try {
      const environment = { ARXIV_API_URL: double.origin };
      const first = await run(["--look-up-titles"], environment);
      expect(first.stdout).toMatch(
        /^titles at arXiv: 0 looked up, 1 could not be looked up: run again later$/m,
      );
      const second = await run(["--look-up-titles"], environment);
      expect(second.stdout).toMatch(/^titles at arXiv: 1 looked up$/m);
    } finally {
      double.close();
    }
  });
});

describe("--only", () => {
  test("asks the services that it names and no others", async () => {
    const double = await startHubDouble({ "models/ada/stones": { id: "ada/stones", likes: 4 } });
    try {
      const environment = { HF_ENDPOINT: double.origin };
      const { stdout } = await run(["--only", "github,zenodo"], environment);
      expect(stdout).toMatch(/^other links\nunchecked +1 {2}never asked: .*--check-links/m);
      expect([double.seen, (await firstRow("paper_links"))["status"]]).toEqual([[], "unchecked"]);
      await run(["--only", "huggingface"], environment);
      expect(double.seen).toHaveLength(1);
      expect(await firstRow("paper_links")).toMatchObject({
        status: "alive",
        likes: 4,
        checked_by: "huggingface",
      });
    } finally {
      double.close();
    }
  });

  test("says which there are when it names another", async () => {
    for (const only of ["github,hub", ","]) {
      const { exitCode, stderr } = await run(["--only", only]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("huggingface")]);
    }
  });
});

test("repositories on other hosts are checked there, and lost ones looked for in the archive", async () => {
  const abstract = "Our code is at https://gitlab.com/ada/rivers/stones and https://codeberg.org/ada/lost.";
  await writeFile(join(folder, "captures", "list.jsonl"), JSON.stringify({ ...PAPER, abstract }));
  const gitlab = await startGitLabDouble({ "ada/rivers/stones": { found: "ada/rivers/stones", id: 9 } });
  const codeberg = await startCodebergDouble({});
  const snapshot = "0123456789abcdef0123456789abcdef01234567";
  const archive = await startServiceDouble(() => json(200, { snapshot }));
  const doubles = [gitlab, codeberg, archive];
  try {
    const environment = {
      GITLAB_API_URL: gitlab.origin,
      CODEBERG_API_URL: codeberg.origin,
      SWH_API_URL: archive.origin,
    };
    const services = ["--only", "gitlab,codeberg,softwareheritage"];
    const planned = await run([...services, "--dry-run"], environment);
    const { stdout, stderr } = await run(services, environment);
    expect(stderr).toBe("");
    expect(planned.stdout).toMatch(/^softwareheritage +0 +0 to 2 requests +2 s$/m);
    expect(stdout).toMatch(/^alive +1$/m);
    expect(stdout).toMatch(/^missing +1$/m);
    const rows = (await rowsOf("repositories")).sort((a, b) =>
      String(a["host"]) < String(b["host"]) ? -1 : 1,
    );
    const swhid = `swh:1:snp:${snapshot};origin=https://codeberg.org/ada/lost`;
    expect(rows).toMatchObject([
      { host: "codeberg.org", status: "missing", swhid, stars: null },
      { host: "gitlab.com", owner: "ada/rivers", name: "stones", status: "alive", stars: 5, swhid: null },
    ]);
    const sources = (await rowsOf("repository_observations")).map((row) => row["source"]);
    expect(sources.sort()).toEqual(["codeberg", "gitlab"]);
    expect(await runPaperset(["verify", join(folder, "out", "latest")])).toMatchObject({ exitCode: 0 });
    await run(services, environment);
    expect(doubles.map(({ seen }) => seen.length)).toEqual([1, 1, 1]);
  } finally {
    for (const double of doubles) double.close();
  }
});

test("--dry-run says what each service would be asked, and asks nobody", async () => {
  const { stdout, exitCode } = await run(["--dry-run", "--check-links"]);
  expect(stdout).toMatch(/^huggingface +1 +1 requests/m);
  expect(exitCode).toBe(0);
});
