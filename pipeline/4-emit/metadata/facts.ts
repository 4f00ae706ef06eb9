import type { TableName } from "../../../schemas/index.ts";
import type { SourceFormat } from "../../../schemas/vocabularies.ts";
import type { FileEntry, Manifest } from "../../core/manifest.ts";
import type { Words } from "../withhold.ts";
import type { Attribution } from "./attribution.ts";

/** What the metadata files say of a release; every count in them comes from here. */
export interface ReleaseFacts {
  readonly version: string;
  readonly schemaVersion: string;
  /** UTC, to the second. */
  readonly created: string;
  readonly previousVersion: string | null;
  readonly counts: Readonly<Record<TableName, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** The earliest and latest day that a capture shows; null where none carries a full date. */
  readonly window: { readonly first: string; readonly last: string } | null;
  /** The layouts that the captures were read in, each once, in order. */
  readonly formats: readonly SourceFormat[];
  /** The captures themselves. */
  readonly inputs: Manifest["inputs"];
  /** Whether the words of others are in it. */
  readonly words: Words;
  readonly attribution: Attribution;
  /** The data files: one or more for each table and format. */
  readonly files: readonly FileEntry[];
}

export const DATASET = {
  name: "paperset",
  description:
    "Papers as listing pages showed them, each once, with the repositories that they name: checked, dated, and traceable to the line they came from.",
  keywords: ["papers", "code", "github", "arxiv", "bibliography"],
} as const;

/** What a release is, in a paragraph. */
export const aboutWords = (facts: ReleaseFacts): string =>
  `${DATASET.description} Version ${facts.version}; ${windowWords(facts)}.`;

/** The day of a release. */
export const dayOf = ({ created }: ReleaseFacts): string => created.slice(0, 10);

/** The days that the captures show, in words. */
export function windowWords({ window }: ReleaseFacts): string {
  return window === null
    ? "the captures carry no full date"
    : `captures from ${window.first} to ${window.last}`;
}
