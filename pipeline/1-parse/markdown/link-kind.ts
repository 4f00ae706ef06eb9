import { linkTarget } from "../link-target.ts";
import { absoluteAddress, paperAddress } from "./address.ts";
import type { LinkPart } from "./inline-markup.ts";
import { type Classified, wordsKind } from "./words-kind.ts";

const OWN_PAGES = new Set(
  (
    "models datasets spaces docs pricing login join enterprise papers tasks chat blog posts learn settings new " +
    "collections organizations languages inference-endpoints terms-of-service privacy brand shop jobs about search"
  ).split(" "),
);
const PROFILE = /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/([\w.-]{1,100})\/?(?:[?#].*)?$/iu;
const PAGE_WORDS = /^(?:project|home|web|demo)(?:\s?(?:page|site))?$|^(?:website|github pages?)$/iu;

/** A discussion's link shows how many comments there are. */
function discussion({ words }: LinkPart): Classified {
  const number = /^\d{1,9}$/u.test(words) ? Number(words) : null;
  return number === null ? { kind: "comments" } : { kind: "comments", facts: { comments: number } };
}

/**
 * What a link is that stands alone, `inCard`: beside a paper. Null for what may be a title: a link to a paper with
 * words of its own, or one whose number has no target.
 */
export function linkKind(link: LinkPart, inCard: boolean): Classified | null {
  const words = link.words.replace(/\s+/gu, " ").trim();
  const paper = paperAddress(link.target);
  if (paper?.isDiscussion) return discussion(link);
  if (paper !== null || link.target === null) return words === "" ? { kind: "paper_link" } : wordsKind(words);
  const address = absoluteAddress(link.target);
  const url = address === null ? null : URL.parse(address);
  if (url === null || address === null) return { kind: "navigation" };
  const profile = PROFILE.exec(address)?.[1]?.toLowerCase();
  if (profile !== undefined) {
    const isNavigation = !inCard || OWN_PAGES.has(profile);
    return { kind: isNavigation ? "navigation" : words === "" ? "image" : "organisation" };
  }
  const isStated = linkTarget(url).type === "repository" || PAGE_WORDS.test(words);
  if (isStated && inCard)
    return { kind: "stated_link", facts: { links: [{ url: address, rule: "stated_by_site" }] } };
  const isPaper = /^https?:\/\/(?:www\.)?arxiv\.org\//iu.test(address);
  return { kind: isPaper && inCard ? "paper_link" : "navigation" };
}
