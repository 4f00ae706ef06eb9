import type { Vocabulary } from "../../schemas/index.ts";

/** What `verify` checks, in order. A release passes when every gate does. */
export const GATES = {
  files: "Every file of the manifest is there, and no other.",
  sums: "Every file has the size and SHA-256 of the manifest, and SHA256SUMS agrees.",
  schema: "Every data file has the columns of the schema, in order, with their types.",
  rows: "Every data file has as many rows, and the tables as many of each status and capture, as the manifest says.",
  formats: "CSV, JSONL and Parquet hold the same cells in the same order.",
  keys: "Keys are unique.",
  order: "Rows are sorted by key.",
  foreign_keys: "Every reference leads to a row, that of a retired id to what stands for it included.",
  constraints: "Required values are there; codes, patterns and ranges hold; no text is empty.",
  text: "Text is in normal form C, without control characters.",
  words: "A release without the words of others holds none; in any other every link has its evidence.",
  evidence: "Evidence stands in the paper's text at its offsets.",
  dated: "Every status and every figure that ages stands beside its date.",
  difference: "diff.json holds what the files hold, and the version and CHANGELOG.md follow from it.",
  future: "No date lies in the future; a stated day or year of publication may lead by one year.",
  empty_columns: "No column is null in every row that had values in the release before.",
  counts: "No table lost or gained more rows since the release before than is expected.",
  fill: "No column lost more of its values since the release before than is expected.",
} as const satisfies Vocabulary;
export type Gate = keyof typeof GATES;

/**
 * The gates that judge the data and not its files: what they find may be right, and passes with `--accept REASON`. The
 * manifest keeps the reason with what was found.
 */
export const ACCEPTABLE = ["future", "empty_columns", "counts", "fill"] as const satisfies readonly Gate[];
export type AcceptableGate = (typeof ACCEPTABLE)[number];
export const isAcceptable = (gate: Gate): boolean => (ACCEPTABLE as readonly Gate[]).includes(gate);

/** One thing that a gate found wrong. */
export interface Finding {
  readonly gate: Gate;
  /** The table or file. */
  readonly where: string;
  readonly found: string;
}

/** What is said of a file that the manifest names and that is not there. */
export const MISSING = "it is missing";

/** Whether it says that a file is not there. */
export const isMissing = ({ gate, found }: Finding) => gate === "files" && found === MISSING;

/** The gates that could not be tried for what the earlier ones found: they neither passed nor failed. */
export function gatesNotRun(findings: readonly Finding[]): Gate[] {
  const gates = Object.keys(GATES) as Gate[];
  const failed = new Set(findings.map(({ gate }) => gate));
  const after = (gate: Gate) => gates.slice(gates.indexOf(gate)).filter((later) => !failed.has(later));
  if (findings.some(isMissing)) return after("schema");
  if (failed.has("schema")) return after("rows");
  return failed.has("difference") ? after("future") : [];
}
