import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SPECIFIER = /(?:from|import) ?\(?"(\.[^"]+)"/g;

/** What the files of a folder of `pipeline/` import of the project's own, by path. */
async function imports(folder: string): Promise<string[]> {
  const files = await readdir(join(ROOT, "pipeline", folder), { recursive: true });
  const found = files
    .filter((file) => file.endsWith(".ts"))
    .map(async (file) => {
      const path = join(ROOT, "pipeline", folder, file);
      const specifiers = [...(await readFile(path, "utf8")).matchAll(SPECIFIER)];
      return specifiers.map(([, name = ""]) => relative(ROOT, join(dirname(path), name)));
    });
  return (await Promise.all(found)).flat();
}

// the digest by which a finished stage is known to be up to date covers these places
describe.each(["1-parse", "2-dedupe", "3-enrich"])("the code of %s", (folder) => {
  test("lies in schemas/, core/, its own folder and those of the stages before it", async () => {
    const number = Number.parseInt(folder, 10);
    const places = (await readdir(join(ROOT, "pipeline")))
      .filter((name) => Number.parseInt(name, 10) <= number || name === "core")
      .map((name) => `pipeline/${name}/`);
    const elsewhere = (await imports(folder)).filter(
      (path) => ![...places, "schemas/"].some((place) => path.startsWith(place)),
    );
    expect(elsewhere).toEqual([]);
  });
});
