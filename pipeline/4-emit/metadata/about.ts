import { HOSTS } from "../../../schemas/vocabularies.ts";
import type { ReleaseFacts } from "./facts.ts";

/** What every description of a release says of its making, in the same words. */

export const HOW_MADE =
  "Listing pages were captured, and metadata taken from where it is offered. Each listed paper became a mention with its place in the file; mentions of one work were joined, and `match_rule` says why; each repository that a title, an abstract or the source itself names is asked for at its host, and the answer dated; where nobody was asked it is `unchecked`. `relation` is decided by named rules over the words around the link.";

export const HOW_TO_READ = [
  "Null means unknown or not applicable, never zero or false; 0 is a measured zero. The columns say what each null stands for.",
  "A figure that ages stands beside the time of its observation (`stars` with `stars_observed_at`).",
  "Nothing that could not be checked is called missing: `unknown` and `unchecked` are no verdicts.",
  "In CSV an empty cell is null, and lists are JSON arrays in one cell.",
  "`paper_id` and `repository_id` stay the same from release to release; `retired_ids` says what became of those that went.",
] as const;

/** What marks against formulas changed in the CSV files (`core/formulas.ts`), in a sentence; null where nothing is marked. */
export function markedWords({ files }: Pick<ReleaseFacts, "files">): string | null {
  const marks = files.flatMap(({ marked_cells }) => marked_cells ?? []);
  if (marks.length === 0) return null;
  const cells = marks.reduce((sum, count) => sum + count, 0);
  return `In CSV, texts that a spreadsheet would run as a formula, or that begin with an apostrophe, have one more apostrophe before them: ${cells} cells (\`marked_cells\` in manifest.json, by file). JSONL and Parquet have every text as it is.`;
}

export const LIMITS = [
  "It holds what the captures show, and nothing else: it is no sample of a field or a period, and shares what a listing prefers.",
  "Authors, identifiers and venues are null where a capture does not carry them.",
  `\`repositories\` covers ${Object.keys(HOSTS).join(", ")}; what papers name on other code hosts stands in \`paper_links\` as \`code_host\`.`,
  "Which mentions are one work, and what a repository is to a paper, is decided by rules, which err: `match_rule`, `match_score`, `rule`, `confidence` and `issues` say how far to trust a row. Where `confidence` is null, nobody measured the rule.",
  "The rules for `relation` read English.",
] as const;

/** Of people: what of them is in it. */
export const PEOPLE =
  "It names people as papers and public repositories do: authors, and the names of accounts. Nothing else about people is in it.";
