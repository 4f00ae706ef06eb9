import { stringify } from "yaml";
import { creatorOf, PROGRAM } from "./attribution.ts";
import { aboutWords, DATASET, dayOf, type ReleaseFacts } from "./facts.ts";
import { coveringLicence, licenceNote } from "./licence.ts";

function author(written: string): object {
  const creator = creatorOf(written);
  return creator.kind === "organisation"
    ? { name: creator.name }
    : { "family-names": creator.family, "given-names": creator.given };
}

/** `CITATION.cff`, Citation File Format 1.2.0 (https://citation-file-format.github.io), of a data set. */
export function citation(facts: ReleaseFacts): string {
  const { title, creators, homepage } = facts.attribution;
  // of several licences a reader may choose one (schema.json, "license"), and one holds for everything
  const licence = coveringLicence(facts);
  return stringify({
    "cff-version": "1.2.0",
    message: "If you use this data, please cite it with its version.",
    type: "dataset",
    title,
    abstract: `${aboutWords(facts)} ${licenceNote(facts)}`,
    authors: creators.map(author),
    version: facts.version,
    "date-released": dayOf(facts),
    ...(licence === null ? {} : { license: licence.spdx }),
    keywords: DATASET.keywords,
    url: homepage,
    "repository-code": PROGRAM.url,
  });
}

/** Characters that mean something to TeX, as themselves. */
const tex = (text: string) => text.replaceAll(/[&%$#_{}]/gu, "\\$&");

/** Braces keep the name of an organisation in one piece. */
const bibtexName = (written: string) =>
  creatorOf(written).kind === "organisation" ? `{${tex(written)}}` : tex(written);

/** The same for BibTeX: `@misc`, which every style knows. */
export function bibtex(facts: ReleaseFacts): string {
  const { title, creators, homepage } = facts.attribution;
  const fields = {
    author: creators.map(bibtexName).join(" and "),
    title: `{${tex(title)}}`,
    version: facts.version,
    year: facts.created.slice(0, 4),
    url: homepage,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@misc{${DATASET.name}-${facts.version},`, ...lines, "}"].join("\n");
}
