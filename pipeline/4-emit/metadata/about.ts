import { HOSTS, type Host } from "../../../schemas/vocabularies.ts";

/** What every description of a release says of its making, in the same words. */

export const HOW_MADE =
  "Listing pages were captured, and metadata taken from where it is offered. Each listed paper became a mention with its place in the file; mentions of one work were joined, and `match_rule` says why; each repository that a title, an abstract or the source itself names was asked for at its host, and the answer dated. `relation` is decided by named rules over the words around the link.";

export const HOW_TO_READ = [
  "Null means unknown or not applicable, never zero or false; 0 is a measured zero. The columns say what each null stands for.",
  "A figure that ages stands beside the time of its observation (`stars` with `stars_observed_at`).",
  "Nothing that could not be checked is called missing: `unknown` and `unchecked` are no verdicts.",
  "In CSV an empty cell is null, and lists are JSON arrays in one cell.",
  "`paper_id` and `repository_id` stay the same from release to release; `retired_ids` says what became of those that went.",
] as const;

/** The one host whose API is asked. */
const CHECKED: Host = "github.com";
const others = Object.keys(HOSTS).filter((host) => host !== CHECKED);

export const LIMITS = [
  "It holds what the captures show, and nothing else: it is no sample of a field or a period, and shares what a listing prefers.",
  "Authors, identifiers and venues are null where a capture does not carry them.",
  `Only repositories on ${CHECKED} are checked; those on ${others.join(", ")} stay \`unchecked\`.`,
  "Which mentions are one work, and what a repository is to a paper, is decided by rules, which err: `match_rule`, `match_score`, `rule`, `confidence` and `issues` say how far to trust a row. Where `confidence` is null, nobody measured the rule.",
  "The rules for `relation` read English.",
] as const;

/** Of people: what of them is in it. */
export const PEOPLE =
  "It names people as papers and public repositories do: authors, and the names of accounts. Nothing else about people is in it.";
