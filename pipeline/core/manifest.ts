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
  /**
   * For CSV whose texts were marked against formulas (`core/formulas.ts`): how many cells of this file begin with a mark
   * that is to be taken off. Left out: every cell is as it is.
   */
  readonly marked_cells?: number;
}

/** What a gate found and somebody let pass, with why. */
export interface Accepted {
  readonly reason: string;
  readonly findings: readonly { readonly gate: string; readonly where: string; readonly found: string }[];
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
  /** Left out: every gate was passed as it stands. */
  readonly accepted?: Accepted;
  /** Every other file of the release. */
  readonly files: readonly FileEntry[];
}
