import type { LinkKind } from "../../schemas/vocabularies.ts";
import type { LinkTarget } from "./mention.ts";

/** GitHub's own first path segments that are no accounts (https://github.com/github/docs and the site's pages). */
const NO_ACCOUNTS = new Set(
  (
    "about account apps blog codespaces collections contact copilot customer-stories dashboard enterprise events explore " +
    "features join login logout marketplace new notifications organizations orgs premium-support pricing pulls issues " +
    "readme resources search security sessions settings signup site solutions sponsors stars team topics trending users"
  ).split(" "),
);

const KIND_BY_HOST = new Map<string, LinkKind>(
  Object.entries({
    "anonymous.4open.science": "anonymous_code",
    "arxiv.org": "arxiv",
    "bitbucket.org": "code_host",
    "codeberg.org": "code_host",
    "doi.org": "doi",
    "dx.doi.org": "doi",
    "figshare.com": "archive",
    "gist.github.com": "code_host",
    "github.com": "code_host",
    "gitlab.com": "code_host",
    "osf.io": "archive",
    "vimeo.com": "video",
    "youtu.be": "video",
    "youtube.com": "video",
    "zenodo.org": "archive",
  }),
);

const HUB_KINDS = new Map<string, LinkKind>([
  ["collections", "collection"],
  ["datasets", "dataset"],
  ["spaces", "space"],
  // the hub's own pages, which have no models below them
  ...[
    "blog",
    "chat",
    "docs",
    "enterprise",
    "join",
    "learn",
    "login",
    "models",
    "organizations",
    "papers",
    "posts",
    "pricing",
    "search",
    "settings",
    "tasks",
  ].map((name): [string, LinkKind] => [name, "page"]),
]);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray percent sign is part of what was written
  }
}

function hubKind(segments: readonly string[]): LinkKind {
  const [first, second] = segments;
  if (first === undefined || second === undefined) return "page";
  return HUB_KINDS.get(first) ?? "model";
}

/** What an address leads to, judged by the address alone; nothing is asked. */
export function linkTarget(url: URL): LinkTarget {
  const host = url.hostname.replace(/^www\./u, "");
  const segments = url.pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map(decoded);
  const [owner, rawName] = segments;
  if (
    host === "github.com" &&
    owner !== undefined &&
    rawName !== undefined &&
    !NO_ACCOUNTS.has(owner.toLowerCase())
  ) {
    const name = rawName.replace(/\.git$/iu, "");
    if (name !== "" && !/[\p{Cc}\p{Cf}/]/u.test(owner + name))
      return { type: "repository", host, owner, name };
  }
  if (host === "huggingface.co" || host === "hf.co") return { type: "page", kind: hubKind(segments) };
  if (/\.(?:github|gitlab)\.io$/u.test(host)) return { type: "page", kind: "project_page" };
  return { type: "page", kind: KIND_BY_HOST.get(host) ?? "page" };
}
