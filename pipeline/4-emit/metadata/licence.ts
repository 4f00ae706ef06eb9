import {
  CC0,
  columnsQuoting,
  LICENSED_SOURCES,
  type Licence,
  type LicensedSource,
} from "../../../schemas/licences.ts";
import { WORDS_OF, type WordsOf } from "../../../schemas/table.ts";
import { markdownTable } from "../../core/markdown.ts";
import type { ReleaseFacts } from "./facts.ts";

/** A part of a release that stands under terms of its own. */
export interface Layer {
  readonly part: string;
  readonly terms: string;
  /** Null where there is no licence to give: facts, and words of others. */
  readonly licence: Licence | null;
}

type LicenceFacts = Pick<ReleaseFacts, "formats" | "words">;

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

/** The sources of a release that come with a licence. */
export function licensedSources({ formats }: Pick<ReleaseFacts, "formats">): LicensedSource[] {
  return LICENSED_SOURCES.filter((source) => source.formats.some((format) => formats.includes(format)));
}

function wordsLayers({ words }: LicenceFacts): Layer[] {
  const owners = Object.keys(WORDS_OF) as WordsOf[];
  if (words === "withheld")
    return [
      {
        part: code(owners.flatMap(columnsQuoting)),
        terms: "Null in every row: this release was made without the words of others.",
        licence: null,
      },
    ];
  return owners.map((owner) => ({
    part: code(columnsQuoting(owner)),
    terms: `${WORDS_OF[owner]} They belong to them, are quoted with their source, and are not covered by the dedication above.`,
    licence: null,
  }));
}

function sourceLayer({ name, licence, isShareAlike, formats }: LicensedSource): Layer {
  const where = `rows whose mentions have \`source_format\` ${formats.map((format) => `\`${format}\``).join(" or ")}`;
  const terms = isShareAlike
    ? `Under ${licence.spdx}: whoever shares this release shares what comes from there alike, and names it.`
    : `Under ${licence.spdx}.`;
  return { part: `What comes from ${name} (${where})`, terms, licence };
}

/** The parts of a release, Paperset's own first, as every metadata file states them. */
export function layers(facts: LicenceFacts): Layer[] {
  return [
    {
      part: "Paperset's own work: ids, links, relations, checks, structure",
      terms: `Dedicated to the public domain under ${CC0.spdx}.`,
      licence: CC0,
    },
    {
      part: "Titles, names, identifiers, addresses, dates and figures",
      terms:
        "Facts, as the captures and the public APIs of the code hosts show them; no right in them is claimed.",
      licence: null,
    },
    ...wordsLayers(facts),
    ...licensedSources(facts).map(sourceLayer),
  ];
}

/** Every licence that some part of the release stands under, each once, Paperset's own first. */
export function licences(facts: LicenceFacts): Licence[] {
  return [...new Set(layers(facts).flatMap(({ licence }) => licence ?? []))];
}

/** Whether one licence, CC0, covers everything in it that can be licensed. */
export function isAllCC0(facts: LicenceFacts): boolean {
  return facts.words === "withheld" && licences(facts).every(({ spdx }) => spdx === CC0.spdx);
}

/**
 * The one licence where a standard asks for one that holds for everything: the strictest that some part stands under;
 * null where words of others are in it, for which no licence can be given.
 */
export const coveringLicence = (facts: LicenceFacts): Licence | null =>
  facts.words === "held" ? null : (licences(facts).at(-1) ?? CC0);

/** The layers as one paragraph. */
export const licenceNote = (facts: LicenceFacts): string =>
  layers(facts)
    .map(({ part, terms }) => `${part.replaceAll("`", "")}: ${terms.replaceAll("`", "")}`)
    .join(" ");

/** The layers as a Markdown table. */
export const licenceTable = (facts: LicenceFacts): string =>
  markdownTable(
    ["part", "terms"],
    layers(facts).map(({ part, terms }) => [part, terms]),
  );

/** Where the release states its licences. */
export const LICENCE_PAGE = "LICENSE.md";

/** `LICENSE.md` of a release: its licences by layer, and where each stands. */
export function licencePage(facts: LicenceFacts & Pick<ReleaseFacts, "attribution">): string {
  const texts = licences(facts).map(({ spdx, title, url }) => `- ${spdx}: ${title}, <${url}>`);
  return `# Licence of ${facts.attribution.title}

${licenceTable(facts)}

The licences' texts:

${texts.join("\n")}
`;
}
