import { join } from "node:path";
import { codesMarkdown, columnsMarkdown } from "./4-emit/metadata/dictionary.ts";
import { writeFileAtomic } from "./core/files.ts";

/** The documents that come from the code, by path; a test fails when a file differs. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  "docs/data-dictionary.md": `# Data dictionary

Written by \`make docs\` from \`schemas/\`; change it there.

## Columns

${columnsMarkdown()}
## Codes

${codesMarkdown()}`,
};

if (import.meta.main)
  for (const [path, text] of Object.entries(DOCUMENTS))
    await writeFileAtomic(join(import.meta.dirname, "..", path), text);
