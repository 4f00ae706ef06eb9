import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { sha256 } from "../../pipeline/core/digest.ts";
import type { Relation } from "../../schemas/vocabularies.ts";

/**
 * Links with what a reader of the whole abstract says of them. The file holds only the few words that the rules need;
 * `…` stands for words left out of a long sentence.
 */
export const ORIGINS = {
  captures: "Every link of the five real captures.",
  er: "Links in abstracts of the data sets of duplicates.",
  written: "Written to show what real captures hardly hold; no evidence about real data.",
  written_later:
    "Written after the rules were mended, which were not changed for it; no evidence about real data.",
} as const;
export type Origin = keyof typeof ORIGINS;
export const REAL_ORIGINS: readonly Origin[] = ["captures", "er"];

export interface Label {
  readonly id: string;
  readonly origin: Origin;
  /** `linkKey` of a real link; empty for a written one. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
  readonly label: Relation;
  readonly reason: string;
}

/** What a paper's link is found again by where its text lies beside the repository. */
export const linkKey = (title: string, url: string): string => sha256(`${title}\n${url}`).slice(0, 16);

export function readLabels(): Label[] {
  return parse<Label>(readFileSync(join(import.meta.dirname, "relation-labels.csv")), { columns: true });
}
