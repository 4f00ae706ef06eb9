import type { SourceFormat } from "./vocabularies.ts";

const ARXIV = "arXiv's metadata is under CC0-1.0 (info.arxiv.org/help/api/tou.html).";

/** Licences that come with a source and hold for what a release takes from it. */
export const SOURCE_LICENCES: Partial<Readonly<Record<SourceFormat, string>>> = {
  arxiv_atom: ARXIV,
  arxiv_snapshot: ARXIV,
  pwc_papers:
    "Papers with Code's data is under CC-BY-SA-4.0: whoever shares this release shares its rows from there alike.",
  pwc_links:
    "Papers with Code's data is under CC-BY-SA-4.0: whoever shares this release shares its links from there alike.",
};
