import { linkTarget } from "../link-target.ts";
import { SITE } from "../listing-site.ts";

/** Where a link of the listing's page leads, as far as it says something about a paper. */
export type PageLink =
  | { readonly kind: "paper"; readonly id: string; readonly part: string }
  /** The way to vote for a paper, which goes through the login. */
  | { readonly kind: "vote"; readonly id: string }
  | { readonly kind: "repository"; readonly url: string }
  | { readonly kind: "other" };

const HOSTS = new Set(["huggingface.co", "www.huggingface.co", "hf.co"]);
const LONGEST = 2_048;
const PAPER = /^\/papers\/(\d{4}\.\d{4,5})(?:v\d{1,3})?\/?$/u;
/** What web.archive.org puts before each address of a page that it keeps. */
const ARCHIVED = /^(?:https?:\/\/web\.archive\.org)?\/web\/\d{1,14}[a-z_]{0,4}\/(?=https?:)/u;

const paperAt = (url: URL): string | null =>
  HOSTS.has(url.hostname) ? (PAPER.exec(url.pathname)?.[1] ?? null) : null;

/** What an address in a page leads to, judged by the address alone; nothing is fetched. */
export function pageLink(href: string): PageLink {
  const url = href.length > LONGEST ? null : URL.parse(href.trim().replace(ARCHIVED, ""), SITE);
  if (url === null || !/^https?:$/u.test(url.protocol)) return { kind: "other" };
  const id = paperAt(url);
  if (id !== null) return { kind: "paper", id, part: url.hash.slice(1) };
  if (HOSTS.has(url.hostname)) {
    const next = url.pathname === "/login" ? URL.parse(url.searchParams.get("next") ?? "", SITE) : null;
    const voted = next === null ? null : paperAt(next);
    return voted === null ? { kind: "other" } : { kind: "vote", id: voted };
  }
  return linkTarget(url).type === "repository" ? { kind: "repository", url: url.href } : { kind: "other" };
}
