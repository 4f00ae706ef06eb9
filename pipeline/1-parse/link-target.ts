import type { Host, LinkKind } from "../../schemas/vocabularies.ts";
import type { LinkTarget } from "./mention.ts";

/** The first path segments on each code host that are the site's own pages and no accounts. */
const SITE_PAGES: Readonly<Record<Host, ReadonlySet<string>>> = {
  // https://github.com/github/docs and the site's pages
  "github.com": words(
    "about account apps blog codespaces collections contact copilot customer-stories dashboard enterprise events explore " +
      "features join login logout marketplace new notifications organizations orgs premium-support pricing pulls issues " +
      "readme resources search security sessions settings signup site solutions sponsors stars team topics trending users",
  ),
  // https://docs.gitlab.com/user/reserved_names/
  "gitlab.com": words(
    "- admin api assets dashboard explore groups health_check help import invites jwt oauth profile projects public " +
      "search slash-command sitemap snippets unsubscribes uploads users v2",
  ),
  "bitbucket.org": words("account blog dashboard product repo site socialauth support workspaces"),
  "codeberg.org": words(
    "- admin api assets avatars explore issues login milestones notifications org pulls repo",
  ),
};

/** Segments below an account that are no repositories. */
const ACCOUNT_PAGES: Readonly<Record<Host, ReadonlySet<string>>> = {
  "github.com": new Set(),
  "gitlab.com": words("-"),
  "bitbucket.org": words("workspace"),
  "codeberg.org": words("-"),
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u));
}

const isCodeHost = (host: string): host is Host => Object.hasOwn(SITE_PAGES, host);

const KIND_BY_HOST = new Map<string, LinkKind>(
  Object.entries({
    "anonymous.4open.science": "anonymous_code",
    "arxiv.org": "arxiv",
    "bilibili.com": "video",
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
  } satisfies Record<string, LinkKind>),
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

/** What stands behind a project's path on GitLab: `/-/`, and in old addresses the page itself. */
const GITLAB_ROUTES = words("- tree blob raw issues merge_requests commits wikis tags snippets");

/** A path's owner and name on a code host; on GitLab, everything up to `/-/` but the last segment is the owner. */
function ownerAndName(host: Host, segments: readonly string[]): readonly [string, string] | null {
  const [first, second] = segments;
  if (first === undefined || second === undefined || SITE_PAGES[host].has(first.toLowerCase())) return null;
  if (ACCOUNT_PAGES[host].has(second.toLowerCase())) return null;
  const route = segments.findIndex((segment, at) => at > 1 && GITLAB_ROUTES.has(segment));
  const path = host === "gitlab.com" ? segments.slice(0, route === -1 ? undefined : route) : [first, second];
  const owner = path.slice(0, -1).join("/");
  // no host's names hold these: a list ran into the next word
  const name = (path.at(-1) ?? "").replace(/[,;].*$/su, "").replace(/\.git$/iu, "");
  return name === "" || path.some((part) => /[\p{Cc}\p{Cf}/]/u.test(part)) ? null : [owner, name];
}

const PAGES_HOST = /^([a-z0-9][a-z0-9-]{0,62})\.(github|gitlab)\.io$/u;

/**
 * The repository that a page on a code host's page service is served from: `owner.github.io` has the owner's site,
 * `owner.github.io/name` usually the project of that name (docs.github.com, "About GitHub Pages"; docs.gitlab.com,
 * "GitLab Pages default domain names").
 */
function impliedRepository(host: string, segments: readonly string[]): string | null {
  const [, owner, service] = PAGES_HOST.exec(host) ?? [];
  if (owner === undefined) return null;
  const first = segments[0];
  const isFile = first !== undefined && /\.[a-z]{2,5}$/iu.test(first);
  const name = first === undefined || isFile ? host : first;
  return /^[!-.0-~]+$/u.test(name) ? `${service}.com/${owner}/${name}` : null;
}

/** What an address leads to, judged by the address alone; nothing is asked. */
export function linkTarget(url: URL): LinkTarget {
  const host = url.hostname.replace(/^www\./u, "").replace(/\.$/u, "");
  const segments = url.pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map(decoded);
  if (isCodeHost(host)) {
    const found = ownerAndName(host, segments);
    if (found !== null) return { type: "repository", host, owner: found[0], name: found[1] };
  }
  const page = (kind: LinkKind, implied_repository: string | null = null): LinkTarget => ({
    type: "page",
    kind,
    implied_repository,
  });
  if (host === "huggingface.co" || host === "hf.co") return page(hubKind(segments));
  if (/\.(?:github|gitlab)\.io$/u.test(host)) return page("project_page", impliedRepository(host, segments));
  if (host.endsWith(".figshare.com")) return page("archive");
  return page(KIND_BY_HOST.get(host) ?? "page");
}
