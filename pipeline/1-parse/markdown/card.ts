import type { IssueCode } from "../../../schemas/vocabularies.ts";
import { blockLook } from "../blocks.ts";
import type { FoundPaper } from "../layout.ts";
import type { CardFacts } from "./words-kind.ts";

/** A paper of the listing while it is read. */
export interface Card {
  readonly id: string | null;
  readonly url: string | null;
  title: string;
  isHeading: boolean;
  readonly label: string | null;
  readonly abstract: string[];
  facts: CardFacts;
  readonly lineStart: number;
  lineEnd: number;
}

/** No label in a card is so long; what is longer is running text, whether it ends as a sentence or not. */
const LABEL_LENGTH = 80;

/** Whether a block of words under a title is its abstract or goes on with it. */
export function isAbstract(text: string, card: Card): boolean {
  const look = blockLook(text);
  const isLong = text.length >= LABEL_LENGTH;
  if (card.abstract.length === 0) return look !== "title" || isLong;
  return look === "abstract" || (look === "either" && (isLong || /https?:\/\//u.test(text)));
}

/** Both facts; what was said first stays, links are gathered. */
export function joinFacts(first: CardFacts, later: CardFacts): CardFacts {
  const links = [...(first.links ?? []), ...(later.links ?? [])];
  const once = links.filter((link, at) => links.findIndex(({ url }) => url === link.url) === at);
  return { ...later, ...first, ...(once.length === 0 ? {} : { links: once }) };
}

/** The paper that a card shows. */
export function cardPaper(card: Card): FoundPaper {
  const issues: IssueCode[] = [];
  if (card.abstract.length === 0) issues.push("abstract_missing");
  if (card.abstract.length > 1) issues.push("abstract_joined");
  return {
    kind: "paper",
    title: card.title,
    abstract: card.abstract.length === 0 ? null : card.abstract.join(" "),
    facts: { ...(card.id === null ? {} : { arxiv_id: card.id, url: card.url }), ...card.facts },
    capturedLabel: card.label,
    issues,
    lineStart: card.lineStart,
    lineEnd: card.lineEnd,
  };
}
