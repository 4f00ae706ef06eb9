import type { IssueCode } from "../../schemas/vocabularies.ts";
import type { Profile } from "./profile.ts";

/** Works of more titles than this are looked at: rules that each hold may have led too far together. */
const MOST_TITLES = 10;

/**
 * What of a work should be looked at by a person: more titles than one work has, or an identifier that stands at other
 * works too.
 *
 * @param sharing mentions whose identifier stands at a mention of quite another title
 */
export function doubtsOf(work: readonly Profile[], sharing: ReadonlySet<Profile>): IssueCode[] {
  const doubts: IssueCode[] = [];
  if (new Set(work.map(({ squashed }) => squashed)).size > MOST_TITLES) doubts.push("cluster_doubtful");
  if (work.some((profile) => sharing.has(profile))) doubts.push("shared_identifier");
  return doubts;
}
