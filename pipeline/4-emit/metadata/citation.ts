import { stringify } from "yaml";
import { DATASET, dayOf, type ReleaseFacts, windowWords } from "./facts.ts";
import { licenceNote, licences } from "./licence.ts";

/** `CITATION.cff`, Citation File Format 1.2.0 (https://citation-file-format.github.io), of a data set. */
export function citation(facts: ReleaseFacts): string {
  return stringify({
    "cff-version": "1.2.0",
    message: "If you use this data, please cite it with its version.",
    type: "dataset",
    title: DATASET.title,
    abstract: `${DATASET.description} Version ${facts.version}; ${windowWords(facts)}. ${licenceNote(facts)}`,
    authors: [{ name: DATASET.creator, website: DATASET.homepage }],
    version: facts.version,
    "date-released": dayOf(facts),
    license: licences(facts).map(({ spdx }) => spdx),
    keywords: DATASET.keywords,
    url: DATASET.homepage,
    "repository-code": DATASET.homepage,
  });
}

/** The same for BibTeX: `@misc`, which every style knows. */
export function bibtex(facts: ReleaseFacts): string {
  const fields = {
    author: `{${DATASET.creator}}`,
    title: `{${DATASET.title}}`,
    version: facts.version,
    year: facts.created.slice(0, 4),
    url: DATASET.homepage,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@misc{${DATASET.name}-${facts.version},`, ...lines, "}"].join("\n");
}
