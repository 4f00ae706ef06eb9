import type { LinkKind } from "../../../schemas/vocabularies.ts";
import type { Paper } from "../../2-dedupe/paper.ts";
import type { Release } from "../../core/release.ts";
import { type DatedLinkAnswer, judgeLink, type LinkState, uncheckedLink } from "./link.ts";

/** An address while it is being checked. */
export interface TrackedLink {
  readonly kind: LinkKind;
  /** How many papers name it. */
  namings: number;
  state: LinkState;
}

/** Every different address that the papers name, in the order of addresses. */
export async function namedLinks(papers: AsyncIterable<Paper>): Promise<Map<string, TrackedLink>> {
  const links = new Map<string, TrackedLink>();
  for await (const paper of papers)
    for (const { url, kind } of paper.links) {
      const known = links.get(url);
      if (known === undefined) links.set(url, { kind, namings: 1, state: uncheckedLink(url) });
      else known.namings += 1;
    }
  return new Map([...links].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Takes over what the previous release knew of the addresses. */
export async function takeEarlier(
  links: ReadonlyMap<string, TrackedLink>,
  previous: Release | null,
): Promise<void> {
  if (previous === null) return;
  for await (const row of previous.rows("paper_links")) {
    const link = links.get(row.url);
    if (link === undefined) continue;
    const { url, status, http_status, checked_at, checked_by, observed_at } = row;
    const { moved_to, title, likes, downloads, is_gated } = row;
    link.state = {
      ...{ url, status, http_status, checked_at, checked_by, observed_at },
      ...{ moved_to, title, likes, downloads, is_gated },
    };
  }
}

/** Takes an answer into account, if it is of one of these addresses and newer than what is known. */
export function take(links: ReadonlyMap<string, TrackedLink>, answer: DatedLinkAnswer): void {
  const link = links.get(answer.url);
  if (link !== undefined) link.state = judgeLink(link.state, answer);
}
