import type { MentionRow } from "../../schemas/index.ts";
import type { Relation, TextField } from "../../schemas/vocabularies.ts";
import type { FoundLink, Mention, PaperFacts } from "../1-parse/mention.ts";
import { repositoryKey } from "../core/repository-key.ts";
import type { PageLink, RepositoryLink, Work } from "./paper.ts";
import { arxivOf, doiBase, publishedDoi } from "./profile/identifiers.ts";
import type { Member } from "./works/cluster.ts";

/** Joins the members of a cluster into one paper: for each field the best value, null only where no member knows. */

const RELATION_RANK: Readonly<Record<Relation, number>> = { own_code: 0, uses: 1, mentions: 2, unclear: 3 };

const spacedPunctuation = (title: string) => title.match(/\s[.,:;?!]/gu)?.length ?? 0;
const capitals = (title: string) => title.match(/\p{Lu}/gu)?.length ?? 0;

/** The form of the title that most members have; of equals the one with least damage, then with most capitals. */
function bestTitle(mentions: readonly PaperFacts[]): string {
  const forms = [...Map.groupBy(mentions, (mention) => mention.title)];
  const [best] = forms.sort(
    ([a, as], [b, bs]) =>
      bs.length - as.length ||
      spacedPunctuation(a) - spacedPunctuation(b) ||
      capitals(b) - capitals(a) ||
      (a < b ? -1 : 1),
  );
  return best?.[0] ?? "";
}

/** The value with the greatest size; of equals that of the first member. */
function largest<T extends { readonly length: number }>(values: readonly (T | null)[]): T | null {
  return values.reduce<T | null>(
    (best, value) => (value !== null && (best === null || value.length > best.length) ? value : best),
    null,
  );
}

function firstKnown<T>(values: readonly (T | null)[]): T | null {
  return values.find((value) => value !== null) ?? null;
}

const smallest = (values: readonly (string | null)[]): string | null =>
  values.filter((value) => value !== null).sort()[0] ?? null;

export function mergeFacts(mentions: readonly PaperFacts[]): PaperFacts {
  return {
    title: bestTitle(mentions),
    abstract: largest(mentions.map((mention) => mention.abstract)),
    authors: largest(mentions.map((mention) => mention.authors)),
    arxiv_id: firstKnown(mentions.map(arxivOf)),
    doi: firstKnown([
      ...mentions.map(publishedDoi),
      ...mentions.map(({ doi }) => (doi === null ? null : doiBase(doi))),
    ]),
    published_on: smallest(mentions.map((mention) => mention.published_on)),
    year: firstKnown(mentions.map((mention) => mention.year)),
    venue: firstKnown(mentions.map((mention) => mention.venue)),
    url: firstKnown(mentions.map((mention) => mention.url)),
  };
}

interface PlacedLink {
  readonly link: FoundLink;
  readonly mention_id: string;
  /** The text that the link stands in is the text that is released. */
  readonly isReleased: boolean;
}

function isReleased(field: TextField, mention: Mention, facts: PaperFacts): boolean {
  return (field === "title" || field === "abstract") && mention[field] === facts[field];
}

/** The links of all members, the best evidence of a target before the others: relation, then released text, then place. */
function placedLinks(mentions: readonly Mention[], facts: PaperFacts): PlacedLink[] {
  const placed = mentions.flatMap((mention) =>
    mention.links.map((link) => ({
      link,
      mention_id: mention.mention_id,
      isReleased: isReleased(link.evidence_field, mention, facts),
    })),
  );
  return placed.sort(
    (a, b) =>
      RELATION_RANK[a.link.relation] - RELATION_RANK[b.link.relation] ||
      Number(b.isReleased) - Number(a.isReleased) ||
      a.link.evidence_start - b.link.evidence_start ||
      (a.mention_id < b.mention_id ? -1 : 1),
  );
}

function standing({ link, mention_id, isReleased }: PlacedLink) {
  return {
    evidence: link.evidence,
    evidence_field: link.evidence_field,
    evidence_start: isReleased ? link.evidence_start : null,
    evidence_end: isReleased ? link.evidence_end : null,
    url_as_written: link.url_as_written,
    mention_id,
  };
}

function firstByKey<T>(values: readonly T[], key: (value: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const value of values) if (!seen.has(key(value))) seen.set(key(value), value);
  return [...seen.values()];
}

function mentionRow({ mention, tie }: Member): Omit<MentionRow, "paper_id"> {
  const { title, abstract, authors, arxiv_id, doi, published_on, year, venue, url, ...rest } = mention;
  const { volume, number, pages, links, issues, ...place } = rest;
  return { ...place, match_rule: tie?.rule ?? "single", match_score: tie?.score ?? null };
}

/** The work of a cluster; `facts` are `mergeFacts` of its members. */
export function mergeCluster(members: readonly Member[], facts: PaperFacts): Work {
  const mentions = members.map((member) => member.mention);
  const links = placedLinks(mentions, facts);
  const repositories = links.flatMap((placed): RepositoryLink[] => {
    const { target, relation, rule } = placed.link;
    if (target.type !== "repository") return [];
    return [
      { host: target.host, owner: target.owner, name: target.name, relation, rule, ...standing(placed) },
    ];
  });
  const pages = links.flatMap((placed): PageLink[] => {
    const { target, url } = placed.link;
    if (target.type !== "page") return [];
    const { kind, implied_repository } = target;
    return [{ url, kind, implied_repository, ...standing(placed) }];
  });
  const issues = new Set([
    ...mentions.flatMap((mention) => mention.issues),
    ...members.flatMap((member) => member.doubts),
  ]);
  if (facts.abstract !== null) issues.delete("abstract_missing");
  return {
    ...facts,
    issues: [...issues].sort(),
    mentions: members.map(mentionRow),
    repositories: firstByKey(repositories, repositoryKey),
    links: firstByKey(pages, (link) => link.url),
  };
}
