import { once } from "node:events";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FoundFile, findFiles, type PassedOver } from "../../../pipeline/1-parse/input/find-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "paperset-find-")));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...path: readonly string[]) => join(folder, ...path);
const NO_OUT = "/no/such/output";
const NOTHING: PassedOver = { hidden: 0, links: 0, others: 0, output: 0 };

async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), path);
  }
}

async function find(
  input: string,
  out = NO_OUT,
): Promise<{ files: readonly FoundFile[]; passedOver: PassedOver }> {
  const passedOver = { ...NOTHING };
  const files = await Array.fromAsync(findFiles(input, out, passedOver));
  return { files, passedOver };
}
const names = async (input: string, out?: string) =>
  (await find(input, out)).files.map((file) => file.name).sort();

describe("what is passed over in a folder", () => {
  test("is counted by why, a hidden folder as one", async () => {
    await write("in/a.txt", "in/.b", "in/.c/d.txt", "in/.c/e.txt", "in/deep/.f", "in/out/g.txt");
    await symlink(at("in/a.txt"), at("in/link"));
    await symlink(at("nowhere"), at("in/deep/broken"));
    const server = createServer().listen(at("in/socket"));
    await once(server, "listening");
    try {
      const { files, passedOver } = await find(at("in"), at("in/out"));
      expect(files.map((file) => file.name)).toEqual(["a.txt"]);
      expect(passedOver).toEqual({ hidden: 3, links: 2, others: 1, output: 1 });
    } finally {
      server.close();
    }
  });

  test("is a link that leads in a circle, so that the walk ends", async () => {
    await write("in/deep/a.txt");
    await symlink(at("in"), at("in/deep/again"));
    await symlink("self", at("in/self"));
    const { files, passedOver } = await find(at("in"));
    expect(files.map((file) => file.name)).toEqual(["deep/a.txt"]);
    expect(passedOver).toEqual({ ...NOTHING, links: 2 });
  });

  test("is nothing where everything is read", async () => {
    await write("in/a.txt", "in/deep/b.txt");
    expect((await find(at("in"))).passedOver).toEqual(NOTHING);
  });
});

describe("a folder", () => {
  test("with thousands of files gives each once", async () => {
    await mkdir(at("in"));
    const all = Array.from({ length: 2_000 }, (_, number) => `${number}.txt`);
    await Promise.all(all.map((name) => writeFile(at("in", name), name)));
    expect(await names(at("in"))).toEqual(all.toSorted());
  });

  test("may hold names with any character, and the longest that there are", async () => {
    const odd = [
      "a\nb.txt",
      "\u001b[31mred",
      "a\\b",
      "*?[x]{y}",
      " ",
      "é\u0301",
      "-",
      `${"x".repeat(251)}.txt`,
    ];
    await mkdir(at("in"));
    for (const name of odd) await writeFile(at("in", name), name);
    expect(await names(at("in"))).toEqual(odd.toSorted());
  });

  test.skipIf(process.platform !== "linux")(
    "may hold names that are no UTF-8, two that show alike",
    async () => {
      await mkdir(at("in"));
      const paths = [0xff, 0xfe].map((byte) => Buffer.concat([Buffer.from(at("in/a")), Buffer.of(byte)]));
      for (const path of paths) await writeFile(path, "stones");
      const { files } = await find(at("in"));
      expect(files.map((file) => file.name)).toEqual(["a\ufffd", "a\ufffd"]);
      expect(files.map((file) => Buffer.from(file.path)).sort(Buffer.compare)).toEqual(paths.toReversed());
    },
  );

  test("that is named by a link is read, its files named from the link", async () => {
    await write("real/deep/a.txt");
    await symlink(at("real"), at("link"));
    expect(await names(at("link"))).toEqual(["deep/a.txt"]);
  });

  test.skipIf(process.getuid?.() === 0)("that may not be read is an error of the system", async () => {
    await write("in/a.txt", "in/closed/b.txt");
    await chmod(at("in/closed"), 0);
    try {
      await expect(find(at("in"))).rejects.toMatchObject({
        code: "EACCES",
        path: expect.stringContaining("closed"),
      });
    } finally {
      await chmod(at("in/closed"), 0o700);
    }
  });
});

describe("the output folder", () => {
  test.each([
    ["itself", "in", "in"],
    ["a folder in it", "in/out/1.0.0", "in/out"],
    ["a file in it", "in/out/a.txt", "in/out"],
    ["a folder far below it", "in/out/1.0.0", "in"],
  ])("named as an input is passed over, and so is what lies in it: %s", async (_what, input, out) => {
    await write("in/out/a.txt", "in/out/1.0.0/b.txt");
    expect(await find(at(input), at(out))).toEqual({ files: [], passedOver: { ...NOTHING, output: 1 } });
  });

  test("is known by any of its names", async () => {
    await write("in/a.txt", "in/out/1.0.0/b.txt");
    await symlink("1.0.0", at("in/out/latest"));
    await symlink(at("in/out"), at("elsewhere"));
    for (const input of ["in/out/latest", "elsewhere", "elsewhere/latest/b.txt"])
      expect(await find(at(input), at("in/out")), input).toMatchObject({
        files: [],
        passedOver: { output: 1 },
      });
  });

  test("is passed over by a pattern too, and no folder whose name only begins alike", async () => {
    await write("in/out/a.txt", "in/output/b.txt", "in/ou/c.txt");
    expect(await names(at("in/*"), at("in/out"))).toEqual(["ou/c.txt", "output/b.txt"]);
    expect(await names(at("in/*/*.txt"), at("in/out"))).toEqual(["ou/c.txt", "output/b.txt"]);
  });
});

describe("a pattern", () => {
  test.each([
    ["*.txt", ["a.txt", "b.txt"]],
    ["?.md", ["c.md"]],
    ["[ab].txt", ["a.txt", "b.txt"]],
    ["{a,b}.txt", ["a.txt", "b.txt"]],
    ["*/*.txt", ["deep/d.txt"]],
    ["**/*.txt", ["a.txt", "b.txt", "deep/d.txt", "deep/er/e.txt"]],
    ["d*", ["deep/d.txt", "deep/er/e.txt"]],
    ["deep/*", ["d.txt", "er/e.txt"]],
  ])(
    "%s stands for what fits it and what lies below that, named from where it is fixed",
    async (pattern, fitting) => {
      await write("in/a.txt", "in/b.txt", "in/c.md", "in/deep/d.txt", "in/deep/er/e.txt");
      expect([...new Set(await names(at("in", pattern)))]).toEqual(fitting);
    },
  );

  test("** stands for every file below, each once", async () => {
    await write("in/a.txt", "in/deep/b.txt", "in/deep/er/c.txt");
    const files = await names(at("in/**"));
    expect([...new Set(files)]).toEqual(["a.txt", "deep/b.txt", "deep/er/c.txt"]);
  });

  test("is not what a file's own name is taken for", async () => {
    await write("in/a[1].txt", "in/a1.txt", "in/*.md", "in/b.md");
    expect(await names(at("in/a[1].txt"))).toEqual(["a[1].txt"]);
    expect(await names(at("in/*.md"))).toEqual(["*.md"]);
  });

  test("that nothing fits is an error of the system, as a name without a file is", async () => {
    await write("in/a.txt");
    for (const input of ["in/*.md", "none", "none/*", "in/[z]"])
      await expect(find(at(input)), input).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("is not looked for behind a link that is named itself and leads nowhere", async () => {
    await symlink(at("nowhere"), at("broken"));
    await symlink("self", at("self"));
    await expect(find(at("broken"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(find(at("self"))).rejects.toMatchObject({ code: "ELOOP" });
  });

  test("names what fits it alike, however the path to it is written", async () => {
    await write("in/deep/a.txt", "in/er/a.txt");
    const pattern = relative(process.cwd(), at("in/**/*.txt"));
    expect(await names(pattern)).toEqual(["deep/a.txt", "er/a.txt"]);
  });

  test("that begins with ./ names what fits it as it does without", async () => {
    await write("in/deep/a.txt", "in/er/a.txt");
    const pattern = `./${relative(process.cwd(), at("in/**/*.txt"))}`;
    expect(await names(pattern)).toEqual(["deep/a.txt", "er/a.txt"]);
  });

  test("names a file from its folder though both are called alike", async () => {
    await write("in/a/a", "in/a/b");
    expect(await names(at("in/*"))).toEqual(["a/a", "a/b"]);
  });

  test("of the shell leaves out hidden files, unless it says so itself", async () => {
    await write("in/a.txt", "in/.b.txt", "in/.c/d.txt");
    expect(await names(at("in/*.txt"))).toEqual(["a.txt"]);
    expect(await names(at("in/.*.txt"))).toEqual([".b.txt"]);
  });

  test("ends where links lead in a circle", async () => {
    await write("in/deep/a.txt");
    await symlink(at("in"), at("in/deep/again"));
    expect(new Set(await names(at("in/**/a.txt")))).toEqual(new Set(["deep/a.txt"]));
  });

  test("passes over a link that leads nowhere or to itself, and reads the rest", async () => {
    await write("in/a.txt");
    await symlink(at("nowhere"), at("in/broken.txt"));
    await symlink("self.txt", at("in/self.txt"));
    expect(await names(at("in/*.txt"))).toEqual(["a.txt"]);
  });

  test.skipIf(process.platform !== "linux")(
    "passes over names that are no UTF-8, which come back changed",
    async () => {
      await write("in/a.txt");
      await writeFile(
        Buffer.concat([Buffer.from(at("in/b")), Buffer.of(0xff), Buffer.from(".txt")]),
        "stones",
      );
      expect(await names(at("in/*.txt"))).toEqual(["a.txt"]);
    },
  );
});

test("what is neither a file nor a folder is an error where it is named, not a read without end", async () => {
  const server = createServer().listen(at("socket"));
  await once(server, "listening");
  try {
    await expect(find(at("socket"))).rejects.toThrow();
  } finally {
    server.close();
  }
});
