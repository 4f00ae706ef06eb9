import type { TableName } from "../../schemas/index.ts";
import type { SourceFormat } from "../../schemas/vocabularies.ts";

export interface FileEntry {
  /** Below the release folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** For data files: the table and how many rows of it. */
  readonly table?: TableName;
  readonly rows?: number;
}

/** `manifest.json`: what a release holds and what it was made from. Written last. */
export interface Manifest {
  readonly name: "paperset";
  readonly version: string;
  readonly schema_version: string;
  readonly created: string;
  readonly previous_version: string | null;
  /** Rows by table. */
  readonly counts: Readonly<Record<TableName, number>>;
  /** Repositories by status. */
  readonly repository_statuses: Readonly<Record<string, number>>;
  /** Whether the columns that quote others hold their words, or null in every row. */
  readonly words_of_others: "held" | "withheld";
  readonly inputs: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly format: SourceFormat;
    readonly mentions: number;
  }[];
  /** Digests of what each stage was made from. */
  readonly stages: Readonly<
    Record<string, { readonly input: string; readonly code: string; readonly output: string }>
  >;
  /** Every other file of the release. */
  readonly files: readonly FileEntry[];
}
