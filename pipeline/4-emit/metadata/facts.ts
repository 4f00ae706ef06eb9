import type { TableName } from "../../../schemas/index.ts";
import type { SourceFormat } from "../../../schemas/vocabularies.ts";
import type { FileEntry } from "../../core/manifest.ts";

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
  readonly files: readonly FileEntry[];
}

export const DATASET = {
  name: "paperset",
  title: "Paperset: papers and the code they publish",
  description:
    "Papers as listing pages showed them, each once, with the repositories that they name: checked, dated, and traceable to the line they came from.",
  license: {
    name: "CC0-1.0",
    title: "CC0 1.0 Universal",
    path: "https://creativecommons.org/publicdomain/zero/1.0/",
  },
} as const;

/** Licences by layer, as every metadata file states them. */
export const LICENCE_NOTE =
  "The dataset's own work (ids, links, relations, checks, structure) is dedicated to the public domain under CC0-1.0. " +
  "Titles and identifiers are facts. Abstracts, and the descriptions of repositories, belong to their authors and are " +
  "quoted with their source; they are not covered by that dedication. Facts about repositories come from their hosts' public APIs.";
