import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findSources } from "../../../pipeline/1-parse/input/sources.ts";
import { sha256 } from "../../../pipeline/core/digest.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-sources-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...path: readonly string[]) => join(folder, ...path);
const NO_OUT = "/no/such/output";
const NOWHERE = { out: NO_OUT, standardInput: null };

async function write(path: string, text = path): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
}
async function find(inputs: readonly string[], out = NO_OUT) {
  const { digest, records } = await findSources(inputs, { out, standardInput: null });
  return { digest, sources: await Array.fromAsync(records()) };
}
const names = async (inputs: readonly string[], out?: string) =>
  (await find(inputs, out)).sources.map((source) => source.name);

describe("a file", () => {
  test("is named by its own name, with its path and the digest of its bytes", async () => {
    await write("in/deep/list.txt", "stones");
    expect((await find([at("in/deep/list.txt")])).sources).toEqual([
      { path: at("in/deep/list.txt"), name: "list.txt", size: 6, sha256: sha256("stones") },
    ]);
  });

  test("that is named is read, though it is hidden or a link", async () => {
    await write(".hidden.txt");
    await symlink(at(".hidden.txt"), at("link.txt"));
    expect(await names([at(".hidden.txt"), at("link.txt")])).toEqual([".hidden.txt", "link.txt"]);
  });
});

describe("a folder", () => {
  test("stands for every file below it, named from the folder with forward slashes, in the order of names", async () => {
    for (const name of ["in/b.txt", "in/a/z.txt", "in/a.txt", "in/B.txt", "in/a/b/c.md"]) await write(name);
    expect(await names([at("in")])).toEqual(["B.txt", "a.txt", "a/b/c.md", "a/z.txt", "b.txt"]);
  });

  test("leaves out what is hidden, at any depth", async () => {
    for (const name of ["in/a.txt", "in/.b.txt", "in/.git/c.txt", "in/d/.e/f.txt", "in/d/.DS_Store"])
      await write(name);
    expect(await names([at("in")])).toEqual(["a.txt"]);
  });

  test("is read though it lies below a hidden one itself", async () => {
    await write(".cache/in/a.txt");
    expect(await names([at(".cache/in")])).toEqual(["a.txt"]);
  });

  test("leaves out links, to files and to folders", async () => {
    await write("in/a.txt");
    await write("other/b.txt");
    await symlink(at("other/b.txt"), at("in/b.txt"));
    await symlink(at("other"), at("in/other"));
    await symlink(at("nowhere"), at("in/broken"));
    expect(await names([at("in")])).toEqual(["a.txt"]);
  });

  test("leaves out the output folder below it, and no folder whose name only begins alike", async () => {
    for (const name of ["in/a.txt", "in/out/1.0.0/csv/papers.csv", "in/output/b.txt"]) await write(name);
    expect(await names([at("in")], at("in/out"))).toEqual(["a.txt", "output/b.txt"]);
  });
});

describe("several inputs", () => {
  test("make one list in the order of names, whatever their own order", async () => {
    for (const name of ["one/b.txt", "two/a.txt", "c.txt"]) await write(name);
    const inputs = [at("one"), at("two"), at("c.txt")];
    const { digest, sources } = await find(inputs);
    expect(sources.map((source) => source.name)).toEqual(["a.txt", "b.txt", "c.txt"]);
    expect(await find(inputs.toReversed())).toEqual({ digest, sources });
  });

  test("may hold two files of one name, in the order of their digests", async () => {
    const ordered = [sha256("stones"), sha256("owls")].sort();
    for (const [one, two] of [
      ["stones", "owls"],
      ["owls", "stones"],
    ]) {
      await write("one/a.txt", one);
      await write("two/a.txt", two);
      const { sources } = await find([at("one"), at("two")]);
      expect(sources.map((source) => source.sha256)).toEqual(ordered);
    }
  });
});

describe("standard input", () => {
  const stdin = () => findSources(["-"], { out: NO_OUT, standardInput: at("spooled") });

  test("is the file that it was written to, and is called stdin wherever that lies", async () => {
    await write("spooled", "stones");
    expect(await Array.fromAsync((await stdin()).records())).toEqual([
      { path: at("spooled"), name: "stdin", size: 6, sha256: sha256("stones") },
    ]);
  });

  test("is read though it lies in the output folder", async () => {
    await write("out/.work/stdin", "stones");
    const found = await findSources(["-", "-"], { out: at("out"), standardInput: at("out/.work/stdin") });
    expect(await Array.fromAsync(found.records())).toHaveLength(1);
    expect(found.passedOver.output).toBe(0);
  });
});

describe("a pattern", () => {
  test("stands for the files that fit it, beside folders and files, each once", async () => {
    for (const name of ["in/a.txt", "in/b.md", "more/c.txt"]) await write(name);
    expect(await names([at("in/*.txt"), at("more"), at("in/a.txt")])).toEqual(["a.txt", "c.txt"]);
  });

  test("that nothing fits stops the run with a sentence that names it", async () => {
    await write("in/a.txt");
    await expect(findSources([at("in/*.md")], NOWHERE)).rejects.toMatchObject({
      code: "INPUT_MISSING",
      message: `Cannot read the input ${at("in/*.md")}: there is no such file or folder, and no file fits it as a pattern; name captures with --input.`,
    });
  });
});

test("what was passed over in all inputs is counted together", async () => {
  for (const name of ["one/.a", "two/.b", "two/c.txt", "two/out/d.txt"]) await write(name);
  await symlink(at("two/c.txt"), at("one/link"));
  const { passedOver } = await findSources([at("one"), at("two")], { ...NOWHERE, out: at("two/out") });
  expect(passedOver).toEqual({ hidden: 2, links: 1, others: 0, output: 1 });
});

test("a list of files may be gone through more than once", async () => {
  for (const name of ["in/a.txt", "in/b.txt"]) await write(name);
  const { records } = await findSources([at("in")], NOWHERE);
  expect(await Array.fromAsync(records())).toEqual(await Array.fromAsync(records()));
});

describe("the digest", () => {
  test("is that of names and contents, not of where they lie", async () => {
    await write("here/a.txt", "stones");
    await write("there/a.txt", "stones");
    expect((await find([at("here")])).digest).toBe((await find([at("there")])).digest);
  });

  test("changes with a content, a name and another file", async () => {
    await write("in/a.txt", "stones");
    const digests = new Set([(await find([at("in")])).digest]);
    await write("in/a.txt", "owls");
    digests.add((await find([at("in")])).digest);
    await write("in/b.txt", "owls");
    digests.add((await find([at("in")])).digest);
    await rm(at("in/a.txt"));
    digests.add((await find([at("in")])).digest);
    expect(digests.size).toBe(4);
  });
});

describe("an input that cannot be read", () => {
  test("stops the run with a sentence that names it", async () => {
    await write("in/a.txt");
    await expect(findSources([at("in"), at("none")], NOWHERE)).rejects.toMatchObject({
      code: "INPUT_MISSING",
      message: `Cannot read the input ${at("none")}: there is no such file or folder, and no file fits it as a pattern; name captures with --input.`,
      details: { path: at("none") },
    });
  });

  test("because a file stands where a folder should says why", async () => {
    await write("in/a.txt");
    await expect(findSources([at("in/a.txt/b.txt")], NOWHERE)).rejects.toMatchObject({
      code: "INPUT_MISSING",
      message: expect.stringContaining("it cannot be read (ENOTDIR)"),
    });
  });
});

describe("inputs without a file", () => {
  test("stop the run with a sentence that names them all", async () => {
    await Promise.all([mkdir(at("one")), mkdir(at("two"))]);
    await expect(findSources([at("one"), at("two")], NOWHERE)).rejects.toMatchObject({
      code: "INPUT_EMPTY",
      message: `There is no file in ${at("one")}, ${at("two")}: put captures there, or name others with --input.`,
    });
  });

  test("because all of it is the output say so", async () => {
    await write("out/1.0.0/a.csv");
    await expect(findSources([at("out")], { ...NOWHERE, out: at("out") })).rejects.toMatchObject({
      code: "INPUT_EMPTY",
      message: expect.stringContaining("but the output folder, which is never input"),
      details: { passedOver: { output: 1 } },
    });
  });

  test("are also those that hold only hidden files or the output", async () => {
    await write("in/.a.txt");
    await write("in/out/b.txt");
    await expect(findSources([at("in")], { ...NOWHERE, out: at("in/out") })).rejects.toMatchObject({
      code: "INPUT_EMPTY",
    });
  });
});
