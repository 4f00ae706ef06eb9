import { CC0 } from "../../../schemas/licences.ts";
import { HOW_MADE, LIMITS } from "./about.ts";
import { PROGRAM } from "./attribution.ts";
import { aboutWords, DATASET, dayOf, type ReleaseFacts } from "./facts.ts";
import { coveringLicence, layers, licensedSources } from "./licence.ts";

const CHARACTERS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain text as HTML; what stands between backquotes as code. */
const html = (text: string) =>
  text
    .replaceAll(/[&<>]/gu, (character) => CHARACTERS[character] ?? character)
    .replaceAll(/`([^`]*)`/gu, "<code>$1</code>");

const list = (items: readonly string[]) =>
  `<ul>${items.map((item) => `<li>${html(item)}</li>`).join("")}</ul>`;

/** The one licence that a deposit states for all its files, "Other (open)" where there is none. The layers are in its notes. */
function licenceId(facts: ReleaseFacts): string {
  const licence = coveringLicence(facts);
  if (licence === null) return "other-open";
  return licence === CC0 ? "cc-zero" : licence.spdx.toLowerCase();
}

/** Where a release says how it is to be deposited. */
export const DEPOSIT_FILE = ".zenodo.json";

/** `.zenodo.json`: the metadata of a deposit (https://developers.zenodo.org/#deposit-metadata). */
export function zenodo(facts: ReleaseFacts): object {
  const sources = licensedSources(facts).map(({ url }) => ({ identifier: url, relation: "isDerivedFrom" }));
  const { title, creators, homepage } = facts.attribution;
  return {
    upload_type: "dataset",
    publication_date: dayOf(facts),
    title,
    creators: creators.map((name) => ({ name })),
    description: `<p>${html(aboutWords(facts))}</p><p>${html(HOW_MADE)}</p>${list(LIMITS)}`,
    access_right: "open",
    license: licenceId(facts),
    keywords: DATASET.keywords,
    notes: list(layers(facts).map(({ part, terms }) => `${part}: ${terms}`)),
    related_identifiers: [
      { identifier: PROGRAM.url, relation: "isCompiledBy", resource_type: "software" },
      ...(homepage === PROGRAM.url ? [] : [{ identifier: homepage, relation: "isDocumentedBy" }]),
      ...sources,
    ],
    version: facts.version,
    language: "eng",
  };
}
