import { stringify } from "yaml";
import { TABLE_NAMES, TABLES } from "../../../schemas/index.ts";
import { CC0 } from "../../../schemas/licences.ts";
import { REPOSITORY_STATUSES, SOURCE_FORMATS } from "../../../schemas/vocabularies.ts";
import { markdownTable } from "../../core/markdown.ts";
import { HOW_MADE, HOW_TO_READ, LIMITS, markedWords, PEOPLE } from "./about.ts";
import { bibtex } from "./citation.ts";
import { columnsMarkdown, DICTIONARY_PAGE } from "./dictionary.ts";
import { DATASET, type ReleaseFacts, windowWords } from "./facts.ts";
import { isAllCC0, LICENCE_PAGE, licenceTable, licensedSources } from "./licence.ts";
import { oneOrMany, tableFiles } from "./table-files.ts";

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
  const licence = isAllCC0(facts)
    ? { license: CC0.spdx.toLowerCase() }
    : { license: "other", license_name: "layered", license_link: LICENCE_PAGE };
  // the hub's reader refuses a configuration without a row, so tables without rows have none
  const tables = tableFiles(facts.files).filter(
    ({ format, table }) => format.name === "parquet" && facts.counts[table] > 0,
  );
  return stringify({
    pretty_name: facts.attribution.title,
    ...licence,
    language: ["en"],
    size_categories: [sizeCategory(facts.counts.papers)],
    tags: DATASET.keywords,
    configs: tables.map(({ table, files }) => ({
      config_name: table,
      data_files: [{ split: "train", path: oneOrMany(files.map(({ path }) => path)) }],
      ...(table === "papers" ? { default: true } : {}),
    })),
  });
}

function countsTable(facts: ReleaseFacts): string {
  const rows = TABLE_NAMES.map((name) => [name, String(facts.counts[name]), TABLES[name].row]);
  return markdownTable(["table", "rows", "one row is"], rows);
}

function statusTable(facts: ReleaseFacts): string {
  const present = Object.entries(REPOSITORY_STATUSES).filter(
    ([status]) => facts.statuses[status] !== undefined,
  );
  if (present.length === 0) return "No paper in this release names a repository.";
  const rows = present.map(([status, meaning]) => [status, String(facts.statuses[status]), meaning]);
  return markdownTable(["status", "repositories", "meaning"], rows);
}

/** The sources that were read, and the licences that come with them. */
function sourceTable(facts: ReleaseFacts): string {
  const rows = facts.formats.map((format) => {
    const captures = facts.inputs.filter((input) => input.format === format).length;
    const licence = licensedSources({ formats: [format] }).map((source) => source.licence.spdx);
    return [format, String(captures), SOURCE_FORMATS[format], licence.join()];
  });
  return markdownTable(["source", "captures", "what it is", "its own licence"], rows);
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");

const WITHOUT_WORDS =
  "**Made without the words of others**: it holds no abstract, no description and no quoted evidence; these columns are null in every row.\n\n";

/** `README.md` of a release: the dataset card, every count in it taken from the files. */
export function datasetCard(facts: ReleaseFacts): string {
  const before = facts.previousVersion === null ? "the first release" : `follows ${facts.previousVersion}`;
  return `---
${frontMatter(facts)}---

# ${facts.attribution.title}

**Version ${facts.version}** (${before}), schema ${facts.schemaVersion}, made ${facts.created}; ${windowWords(facts)}. A version never
changes: what is corrected or added comes as a later one.

${facts.words === "withheld" ? WITHOUT_WORDS : ""}${DATASET.description}

## What is in it

${countsTable(facts)}

Each table stands in \`csv/\`, \`jsonl/\` and \`parquet/\` with the same rows, in the same order, with the same nulls.
\`manifest.json\` names every file with its size and SHA-256; \`sha256sum -c SHA256SUMS\` checks them.

\`\`\`python
import pandas as pd
papers = pd.read_parquet("parquet/papers.parquet")
\`\`\`

## How to read it

${bullets([...HOW_TO_READ, markedWords(facts) ?? []].flat())}

## Repositories by status

${statusTable(facts)}

## How it was made

${HOW_MADE}

${sourceTable(facts)}

\`manifest.json\` names every capture with its SHA-256; \`mentions\` leads from each row to its lines.

## Known limits

${bullets(LIMITS)}

## People

${PEOPLE}

## Columns

What the codes mean is in [${DICTIONARY_PAGE}](${DICTIONARY_PAGE}).

${columnsMarkdown()}
## Licence

${licenceTable(facts)}

[${LICENCE_PAGE}](${LICENCE_PAGE}) says where the licences stand.

## How to cite it

\`\`\`bibtex
${bibtex(facts)}
\`\`\`
`;
}
