import { TABLES, type Table, type WordsOf } from "./index.ts";
import type { SourceFormat } from "./vocabularies.ts";

/** A licence under its SPDX identifier (https://spdx.org/licenses/). */
export interface Licence {
  readonly spdx: string;
  readonly title: string;
  readonly url: string;
}

/** Paperset's own work. */
export const CC0: Licence = {
  spdx: "CC0-1.0",
  title: "CC0 1.0 Universal",
  url: "https://creativecommons.org/publicdomain/zero/1.0/",
};
const CC_BY_SA: Licence = {
  spdx: "CC-BY-SA-4.0",
  title: "Creative Commons Attribution-ShareAlike 4.0 International",
  url: "https://creativecommons.org/licenses/by-sa/4.0/",
};

/** A source that comes with a licence, which holds for what a release takes from it. */
export interface LicensedSource {
  readonly name: string;
  readonly url: string;
  readonly licence: Licence;
  readonly isShareAlike: boolean;
  readonly formats: readonly SourceFormat[];
}

export const LICENSED_SOURCES: readonly LicensedSource[] = [
  {
    name: "arXiv's metadata",
    url: "https://info.arxiv.org/help/api/tou.html",
    licence: CC0,
    isShareAlike: false,
    formats: ["arxiv_atom", "arxiv_snapshot"],
  },
  {
    name: "Papers with Code's data",
    url: "https://github.com/paperswithcode/paperswithcode-data",
    licence: CC_BY_SA,
    isShareAlike: true,
    formats: ["pwc_papers", "pwc_links"],
  },
];

/** The columns of a table that hold words of others, each with whose they are. */
export function columnsOfWords(table: Table): { readonly name: string; readonly wordsOf: WordsOf }[] {
  return Object.entries(table.columns).flatMap(([name, { wordsOf }]) =>
    wordsOf === undefined ? [] : [{ name, wordsOf }],
  );
}

/** Every column of these words, as `table.column`. */
export function columnsQuoting(wordsOf: WordsOf): string[] {
  return Object.values<Table>(TABLES).flatMap((table) =>
    columnsOfWords(table)
      .filter((column) => column.wordsOf === wordsOf)
      .map(({ name }) => `${table.name}.${name}`),
  );
}
