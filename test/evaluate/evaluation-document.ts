import { join } from "node:path";
import { writeFileAtomic } from "../../pipeline/core/files.ts";
import type { Figures } from "../../pipeline/evaluate/metrics.ts";
import { shown } from "../../pipeline/evaluate/words.ts";
import {
  evaluateHardPairs,
  evaluateSets,
  type HardPairs,
  LABELLED_SETS,
  type SetFigures,
  setsAreThere,
} from "./labelled-sets.ts";

/** The document of how well mentions are put together, made from the labelled sets as they come out today. */

export const DOCUMENT = join(import.meta.dirname, "../../docs/evaluation.md");

const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |\n`;
const head = (cells: readonly string[]) =>
  `${row(cells)}${row(cells.map((_, at) => (at === 0 ? "---" : "--:")))}`;

function setRow({ name, figures }: SetFigures): string {
  const { records, pairs, crossSource, bCubed, recordLevel: level } = figures;
  return row([
    name,
    ...[records, pairs.labelled],
    ...[crossSource?.precision, crossSource?.recall, crossSource?.f1].map((value) => shown(value ?? null)),
    ...[pairs.precision, pairs.recall, pairs.f1, bCubed.f1].map(shown),
    ...[level.precision, level.sensitivity, level.f1].map(shown),
    level.falseMerges,
  ]);
}

interface Target {
  readonly what: string;
  readonly least: number;
  readonly value: number | null | undefined;
}

function targets(sets: readonly SetFigures[], hard: HardPairs): Target[] {
  const of = (name: string): Figures | undefined => sets.find((set) => set.name === name)?.figures;
  const [large, copper, tafenoquine] = [of("DBLP-ACM"), of("copper"), of("tafenoquine")];
  return [
    { what: "DBLP-ACM, F1 across files", least: 0.99, value: large?.crossSource?.f1 },
    { what: "DBLP-ACM, precision in one frame", least: 0.99, value: large?.pairs.precision },
    { what: "DBLP-ACM, F1 in one frame", least: 0.985, value: large?.pairs.f1 },
    { what: "copper, F1 of records removed", least: 1, value: copper?.recordLevel.f1 },
    { what: "tafenoquine, F1 of records removed", least: 1, value: tafenoquine?.recordLevel.f1 },
    { what: "hard pairs, share told rightly", least: 1, value: hard.right / hard.of },
  ];
}

const targetRow = ({ what, least, value = null }: Target) =>
  row([what, least.toFixed(3), shown(value), value !== null && value >= least ? "yes" : "no"]);

const wrongPairs = ({ wrong }: HardPairs) => (wrong.length === 0 ? "" : ` Wrong: ${wrong.join(", ")}.`);

export function evaluationDocument(sets: readonly SetFigures[], hard: HardPairs): string {
  const columns = [
    ...["set", "records", "pairs", "P across", "R across", "F1 across", "P", "R", "F1"],
    ...["B-cubed F1", "P removed", "R removed", "F1 removed", "false merges"],
  ];
  return `# Evaluation

Written by \`make evaluate\`; a test fails when the figures are others. The labelled sets are other people's and lie
beside the repository, in the folder that \`EVAL\` names.

${head(columns)}${sets.map(setRow).join("")}
Of ${hard.of} pairs that are hard to tell, ${hard.right} are told rightly, each as a bibliography of two entries.${wrongPairs(hard)}

## What the figures mean

- **P, R, F1**: all records in one frame. Precision is the share of the pairs in one cluster that are labelled, recall
  the share of the labelled pairs that are in one cluster, F1 their harmonic mean. Nothing is known of how many records
  a work has in a file. A pair that nobody labelled counts as wrong.
- **across**: the same of the pairs whose records stand in two files, which is how this set is mostly reported.
- **B-cubed F1**: for every record, the share of its cluster that is of its work and the share of its work that is in
  its cluster, each averaged over the records (Bagga & Baldwin 1998). One wrong merge of two great works costs more than
  one of two records.
- **removed**: as systematic reviewers count. Every cluster keeps one record and the others are removed; of a work of n
  records, n - 1 should be. P is the share of the removed that are rightly so, R (sensitivity) the share of the
  duplicates that are removed.
- **false merges**: records that share a cluster with a record of another work.
- A dash stands where there is nothing to take a share of.

## Targets

${head(["target", "at least", "today", "reached"])}${targets(sets, hard).map(targetRow).join("")}
## The sets

- **DBLP-ACM**: two catalogues of database papers without abstracts, each in its file as published, with the mapping
  between them (Köpcke, Thor & Rahm 2010, "Evaluation of entity resolution approaches on real-world match problems").
  Columns that come back under one title every few months are what is hard in it.
- **copper, tafenoquine**: search results for two systematic reviews from several databases, with abstracts, labelled by
  the authors of the Deduplicator (IEBH, dedupe-sweep).
- **hard pairs**: the test cases of BibDedupe.

\`npm run --silent paperset -- evaluate\` makes the same figures for any records and labelled pairs, or for a release, and
writes every wrong pair with the reason for it.
`;
}

if (import.meta.main) {
  if (!setsAreThere) throw new Error(`There are no labelled sets in ${LABELLED_SETS}: say EVAL=folder.`);
  const [sets, hard] = [await evaluateSets(), await evaluateHardPairs()];
  const text = evaluationDocument(sets, hard);
  await writeFileAtomic(DOCUMENT, text);
  console.log(text.slice(text.indexOf("| set"), text.indexOf("## What")));
  console.log(text.slice(text.indexOf("| target"), text.indexOf("## The sets")));
  console.log(sets.map(({ name, seconds }) => `${name}: ${seconds.toFixed(1)} s`).join(", "));
}
