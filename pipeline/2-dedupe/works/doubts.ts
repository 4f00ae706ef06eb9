import type { IssueCode } from "../../../schemas/vocabularies.ts";
import type { Profiles } from "../store/profiles.ts";

/** Works of more titles than this are looked at: rules that each hold may have led too far together. */
const MOST_TITLES = 10;

/**
 * What of a work should be looked at by a person: more titles than one work has, or an identifier that stands at other
 * works too.
 *
 * @param members the places of the work's mentions
 * @param sharing places whose identifier stands at a mention of quite another title
 */
export function doubtsOf(
  members: readonly number[],
  profiles: Profiles,
  sharing: ReadonlySet<number>,
): IssueCode[] {
  const doubts: IssueCode[] = [];
  const hasMany =
    members.length > MOST_TITLES && new Set(members.map((at) => profiles.at(at).squashed)).size > MOST_TITLES;
  if (hasMany) doubts.push("cluster_doubtful");
  if (members.some((at) => sharing.has(at))) doubts.push("shared_identifier");
  return doubts;
}
