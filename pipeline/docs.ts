import { join } from "node:path";
import { dictionaryPage } from "./4-emit/metadata/dictionary.ts";
import { writeFileAtomic } from "./core/files.ts";

/** The documents that come from the code, by path; a test fails when a file differs. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  "docs/data-dictionary.md": dictionaryPage("Written by `make docs` from `schemas/`; change it there."),
};

if (import.meta.main)
  for (const [path, text] of Object.entries(DOCUMENTS))
    await writeFileAtomic(join(import.meta.dirname, "..", path), text);
