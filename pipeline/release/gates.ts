import type { Vocabulary } from "../../schemas/index.ts";

/** What `verify` checks, in order. A release passes when every gate does. */
export const GATES = {
  files: "Every file of the manifest is there, and no other.",
  sums: "Every file has the size and SHA-256 of the manifest, and SHA256SUMS agrees.",
  schema: "Every data file has the columns of the schema, in order, with their types.",
  rows: "Every data file has as many rows as the manifest says.",
  formats: "CSV, JSONL and Parquet hold the same cells in the same order.",
  keys: "Keys are unique.",
  order: "Rows are sorted by key.",
  foreign_keys: "Every reference leads to a row.",
  constraints: "Required values are there; codes, patterns and ranges hold; no text is empty.",
  text: "Text is in normal form C, without control characters.",
  evidence: "Evidence stands in the paper's text at its offsets.",
} as const satisfies Vocabulary;
export type Gate = keyof typeof GATES;

/** One thing that a gate found wrong. */
export interface Finding {
  readonly gate: Gate;
  /** The table or file. */
  readonly where: string;
  readonly found: string;
}
