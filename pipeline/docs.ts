import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dictionaryPage } from "./4-emit/metadata/dictionary.ts";
import { writeFileAtomic } from "./core/files.ts";
import { gatesMarkdown } from "./release/gates-markdown.ts";

/** The documents that come from the code, by path; a test fails when a file differs. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  "docs/data-dictionary.md": dictionaryPage("Written by `make docs` from `schemas/`; change it there."),
};

/** The parts of other documents that come from the code, by path and name; each stands between two marks. */
export const SECTIONS: readonly { readonly path: string; readonly name: string; readonly text: string }[] = [
  { path: "README.md", name: "gates", text: gatesMarkdown() },
];

/** A document with the named part as it should be; undefined where the document has no such part. */
export function withSection(document: string, name: string, text: string): string | undefined {
  const [begin, end] = [`<!-- ${name}: written by make docs -->\n`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) return undefined;
  return `${document.slice(0, from)}${begin}\n${text}\n${document.slice(to)}`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  for (const [path, text] of Object.entries(DOCUMENTS)) await writeFileAtomic(join(root, path), text);
  for (const { path, name, text } of SECTIONS) {
    const written = withSection(await readFile(join(root, path), "utf8"), name, text);
    if (written === undefined) throw new Error(`${path} has no part called ${name}`);
    await writeFileAtomic(join(root, path), written);
  }
}
