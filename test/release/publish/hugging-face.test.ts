import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../pipeline/core/digest.ts";
import type { Release } from "../../../pipeline/core/release.ts";
import { digestOf } from "../../../pipeline/release/publish/target.ts";
import { startHub } from "./hub-double.ts";
import { TOKEN } from "./places.ts";
import { makeTwoReleases, pathsOf, publishCommand } from "./setup.ts";

let made: string;
let first: Release;
let second: Release;
makeTwoReleases((given) => {
  ({ made, first, second } = given);
});

describe("the Hugging Face Hub", () => {
  const environment = (url: string) => ({ HF_TOKEN: TOKEN, HF_ENDPOINT: url });

  test("gets large files at its storage, which is sent no token", async () => {
    const double = await startHub(TOKEN);
    await publishCommand(first, "hf:ada/stones", environment(double.url), "--yes");
    const parquet = await readFile(join(first.folder, "parquet/papers.parquet"));
    expect(double.storage.seen.map(({ path }) => path.slice(1))).toContain(sha256(parquet));
    for (const { authorization } of double.storage.seen) expect(authorization).toBeNull();
    await double.close();
  });

  test("that names a further page at another origin is not followed there with the token", async () => {
    const double = await startHub(TOKEN);
    const elsewhere = await startHub(TOKEN);
    double.nextPage = `${elsewhere.url}/api/datasets/ada/stones/tree/main`;
    const { exitCode, stderr } = await publishCommand(
      first,
      "hf:ada/stones",
      environment(double.url),
      "--yes",
    );
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("is not the hub: the token was not sent there"),
    ]);
    expect(elsewhere.seen).toEqual([]);
    await Promise.all([double.close(), elsewhere.close()]);
  });

  test("shows the newest version on main, without files of the one before, and keeps what is not ours to change", async () => {
    const double = await startHub(TOKEN, { exists: false });
    await publishCommand(first, "hf:ada/stones", environment(double.url), "--yes");
    const before = [...double.commits.values()].at(-1) as Map<string, object>;
    before.set("parquet/papers-00002.parquet", { content: Buffer.from("an old shard"), isLfs: true });
    await publishCommand(second, "hf:ada/stones", environment(double.url), "--yes");
    const main = [...double.commits.values()].at(-1) ?? new Map();
    expect([...main.keys()].sort()).toEqual([".gitattributes", ...pathsOf(second)].sort());
    await double.close();
  });

  test("keeps the newest version on main, though an earlier one is published after it", async () => {
    const double = await startHub(TOKEN);
    await publishCommand(second, "hf:ada/stones", environment(double.url), "--yes");
    const commits = double.commits.size;
    const { exitCode, stderr } = await publishCommand(
      first,
      "hf:ada/stones",
      environment(double.url),
      "--yes",
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("has version 1.1.0 on main")]);
    expect([double.commits.size, [...double.tags.keys()]]).toEqual([commits, ["v1.1.0"]]);
    await double.close();
  });

  test("whose tag was refused after the commit gets the tag alone the next time", async () => {
    const double = await startHub(TOKEN);
    double.refusedTags = 1;
    const failed = await publishCommand(first, "hf:ada/stones", environment(double.url), "--yes");
    expect([failed.exitCode, failed.stderr]).toEqual([1, expect.stringContaining("made no tag v1.0.0")]);
    const commits = double.commits.size;
    expect((await publishCommand(first, "hf:ada/stones", environment(double.url), "--yes")).exitCode).toBe(0);
    expect([double.commits.size, double.tags.has("v1.0.0")]).toEqual([commits, true]);
    await double.close();
  });

  test("keeps a dataset that is none of Paperset's as it is", async () => {
    const double = await startHub(TOKEN);
    const content = Buffer.from("a,b\n1,2\n");
    double.commits.set("1".padStart(40, "0"), new Map([["data.csv", { content, isLfs: false }]]));
    const { exitCode, stderr } = await publishCommand(
      first,
      "hf:ada/stones",
      environment(double.url),
      "--yes",
    );
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("no release of Paperset: name another dataset"),
    ]);
    expect([double.commits.size, double.tags.size]).toEqual([2, 0]);
    await double.close();
  });

  test("tells of small files the id of their blob, as git makes it", async () => {
    // `printf 'hello\n' | git hash-object --stdin`
    const file = join(made, "hello");
    await writeFile(file, "hello\n");
    const upload = { path: "hello", name: "hello", file, bytes: 6, sha256: "" };
    expect(await digestOf(upload, "git")).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(await digestOf(upload, "md5")).toBe(createHash("md5").update("hello\n").digest("hex"));
  });
});
