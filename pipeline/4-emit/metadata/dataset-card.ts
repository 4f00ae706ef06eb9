import { stringify } from "yaml";
import { TABLE_NAMES, TABLES } from "../../../schemas/index.ts";
import { SOURCE_LICENCES } from "../../../schemas/source-licences.ts";
import { REPOSITORY_STATUSES, SOURCE_FORMATS } from "../../../schemas/vocabularies.ts";
import { codesMarkdown, columnsMarkdown } from "./dictionary.ts";
import { DATASET, LICENCE_NOTE, type ReleaseFacts } from "./facts.ts";

/** The size classes of the hub's dataset cards (huggingface.co/docs/hub/datasets-cards). */
function sizeCategory(rows: number): string {
  const classes = [
    [1e3, "n<1K"],
    [1e4, "1K<n<10K"],
    [1e5, "10K<n<100K"],
    [1e6, "100K<n<1M"],
    [1e7, "1M<n<10M"],
  ] as const;
  return classes.find(([limit]) => rows < limit)?.[1] ?? "10M<n<100M";
}

function frontMatter(facts: ReleaseFacts): string {
  return stringify({
    pretty_name: DATASET.title,
    license: "other",
    license_name: "layered",
    license_link: "#licence",
    language: ["en"],
    size_categories: [sizeCategory(facts.counts.papers)],
    tags: ["papers", "code", "github", "arxiv", "bibliography"],
    configs: TABLE_NAMES.map((name) => ({
      config_name: name,
      data_files: [{ split: "train", path: `parquet/${name}.parquet` }],
      ...(name === "papers" ? { default: true } : {}),
    })),
  });
}

function countsTable(facts: ReleaseFacts): string {
  const lines = TABLE_NAMES.map((name) => `| ${name} | ${facts.counts[name]} | ${TABLES[name].row} |`);
  return ["| table | rows | one row is |", "|---|---|---|", ...lines].join("\n");
}

function statusTable(facts: ReleaseFacts): string {
  const present = Object.entries(REPOSITORY_STATUSES).filter(
    ([status]) => facts.statuses[status] !== undefined,
  );
  if (present.length === 0) return "No paper in this release names a repository.";
  const lines = present.map(([status, meaning]) => `| ${status} | ${facts.statuses[status]} | ${meaning} |`);
  return ["| status | repositories | meaning |", "|---|---|---|", ...lines].join("\n");
}

/** The sources that were read, and the licences that come with them. */
function sourceTable(facts: ReleaseFacts): string {
  const lines = facts.formats.map(
    (format) => `| ${format} | ${SOURCE_FORMATS[format]} | ${SOURCE_LICENCES[format] ?? ""} |`,
  );
  return ["| source | what it is | its own licence |", "|---|---|---|", ...lines].join("\n");
}

/** `README.md` of a release: the dataset card, every count in it taken from the files. */
export function datasetCard(facts: ReleaseFacts): string {
  const window =
    facts.window === null
      ? "the captures carry no full date"
      : `captures from ${facts.window.first} to ${facts.window.last}`;
  const before = facts.previousVersion === null ? "the first release" : `follows ${facts.previousVersion}`;
  return `---
${frontMatter(facts)}---

# ${DATASET.title}

**Version ${facts.version}** (${before}), schema ${facts.schemaVersion}, made ${facts.created}; ${window}.

${DATASET.description}

## What is in it

${countsTable(facts)}

Each table stands as \`csv/\`, \`jsonl/\` and \`parquet/\` with the same rows, in the same order, with the same nulls.
\`manifest.json\` names every file with its size and SHA-256; \`sha256sum -c SHA256SUMS\` checks them.

\`\`\`python
import pandas as pd
papers = pd.read_parquet("parquet/papers.parquet")
\`\`\`

## How to read it

- Null means unknown or not applicable, never zero or false; 0 is a measured zero. The columns below say what each null stands for.
- A figure that ages stands beside the time of its observation (\`stars\` with \`stars_observed_at\`).
- Nothing that could not be checked is called missing: \`unknown\` and \`unchecked\` are no verdicts.
- In CSV an empty cell is null, and lists are JSON arrays in one cell.
- \`paper_id\` and \`repository_id\` stay the same from release to release; \`retired_ids\` says what became of those that went.

## Repositories by status

${statusTable(facts)}

## How it was made

Listing pages were captured as text. Each listed paper became a mention with its place in the file; mentions of one work
were joined, and \`match_rule\` says why; each repository named in a title or abstract was asked for at its host, and the
answer dated. \`relation\` is decided by named rules over the words around the link, which are kept as \`evidence\`.

${sourceTable(facts)}

## Known limits

- It holds what the captures show, and nothing else: it is no sample of a field or a period.
- Authors, identifiers and venues are null where a capture does not carry them.
- The rules for \`relation\` have not been measured where \`confidence\` is null.

## Columns

${columnsMarkdown()}
## Codes

${codesMarkdown()}
## Licence

${LICENCE_NOTE}
`;
}
