import type {
  MentionRow,
  PaperLinkRow,
  PaperRepositoryRow,
  PaperRow,
  RepositoryObservationRow,
  RepositoryRow,
  TableName,
} from "../../schemas/index.ts";
import { RULE_CONFIDENCE } from "../../schemas/relation-confidence.ts";
import type { PageLink, Paper, RepositoryLink } from "../2-dedupe/paper.ts";
import type { FoundId } from "../3-enrich/ids/find-ids.ts";
import type { LinkState } from "../3-enrich/links/link.ts";
import type { CheckedRepository } from "../3-enrich/repository.ts";
import { repositoryKey } from "../core/repository-key.ts";
import type { Records } from "../core/stage.ts";
import { compareText } from "../core/text.ts";

/** What the earlier stages found, from which every row of a release is made. */
export interface Findings {
  /** In the order of paper ids. */
  readonly papers: Records<Paper>;
  /** In the order of repository ids. */
  readonly repositories: readonly CheckedRepository[];
  /** Every address that papers name beside repositories. */
  readonly links: ReadonlyMap<string, LinkState>;
  /** Identifiers that no capture carries, by paper. */
  readonly ids: ReadonlyMap<string, FoundId>;
}

/** Repositories by each name under which papers name them. */
function byKey(repositories: readonly CheckedRepository[]): Map<string, CheckedRepository> {
  return new Map(repositories.flatMap((repository) => repository.keys.map((key) => [key, repository])));
}

interface Linked {
  readonly link: RepositoryLink;
  readonly row: RepositoryRow;
}

/** The repositories that a paper names, each once: two of its names may be one repository. */
function linkedRepositories(paper: Paper, known: ReadonlyMap<string, CheckedRepository>): Linked[] {
  const linked = new Map<string, Linked>();
  for (const link of paper.repositories) {
    const row = known.get(repositoryKey(link))?.row;
    if (row === undefined)
      throw new RangeError(`repository ${repositoryKey(link)} of ${paper.paper_id} was never tracked`);
    if (!linked.has(row.repository_id)) linked.set(row.repository_id, { link, row });
  }
  return [...linked.values()];
}

/** The paper's own page: what a capture links to, else the page of the identifier. */
function paperUrl({ url, arxiv_id, doi }: Pick<Paper, "url" | "arxiv_id" | "doi">): string | null {
  if (url !== null) return url;
  if (arxiv_id !== null) return `https://arxiv.org/abs/${arxiv_id}`;
  return doi === null ? null : `https://doi.org/${encodeURI(doi)}`;
}

function paperRow(
  paper: Paper,
  linked: readonly Linked[],
  found: FoundId | undefined,
  version: string,
): PaperRow {
  const arxiv_id = paper.arxiv_id ?? found?.arxiv_id ?? null;
  const own = linked.find(({ link }) => link.relation === "own_code")?.row;
  const days = paper.mentions.flatMap(({ captured_on }) => captured_on ?? []).sort();
  return {
    paper_id: paper.paper_id,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    arxiv_id,
    arxiv_id_source: paper.arxiv_id !== null ? "captured" : (found?.source ?? null),
    doi: paper.doi,
    published_on: paper.published_on,
    year: paper.year,
    venue: paper.venue,
    url: paperUrl({ ...paper, arxiv_id }),
    repository_id: own?.repository_id ?? null,
    repository_status: own?.status ?? null,
    stars: own?.stars ?? null,
    stars_observed_at: own === undefined || own.stars === null ? null : own.observed_at,
    repository_count: linked.length,
    mention_count: paper.mentions.length,
    first_captured_on: days[0] ?? null,
    last_captured_on: days.at(-1) ?? null,
    first_released_in: paper.first_released_in ?? version,
    issues: paper.issues,
  };
}

function paperRepositoryRow(paper_id: string, { link, row }: Linked): PaperRepositoryRow {
  const { host, owner, name, ...standing } = link;
  const confidence = RULE_CONFIDENCE[link.rule];
  return { paper_id, repository_id: row.repository_id, confidence, ...standing };
}

function paperLinkRow(
  paper_id: string,
  { kind, url, ...standing }: PageLink,
  known: ReadonlyMap<string, LinkState>,
): PaperLinkRow {
  const state = known.get(url);
  if (state === undefined) throw new RangeError(`the address ${url} of ${paper_id} was never tracked`);
  return { paper_id, kind, host: new URL(url).hostname, ...standing, ...state };
}

/** The rows of one table, in the order of its key. */
export type RowSource<R> = () => AsyncIterable<R> | Iterable<R>;

/**
 * Every table's rows but those of retired ids, for a release of this version. The rows can be gone through more than
 * once.
 *
 * @param mentions the rows of that table, which stand in another order than the papers
 */
export function tableRows(
  { papers, repositories, links, ids }: Findings,
  version: string,
  mentions: RowSource<MentionRow>,
) {
  const known = byKey(repositories);
  return {
    papers: async function* (): AsyncGenerator<PaperRow> {
      for await (const paper of papers.records())
        yield paperRow(paper, linkedRepositories(paper, known), ids.get(paper.paper_id), version);
    },
    repositories: (): Iterable<RepositoryRow> => repositories.map(({ row }) => row),
    paper_repositories: async function* (): AsyncGenerator<PaperRepositoryRow> {
      for await (const paper of papers.records())
        yield* linkedRepositories(paper, known)
          .map((linked) => paperRepositoryRow(paper.paper_id, linked))
          .sort((a, b) => compareText(a.repository_id, b.repository_id));
    },
    repository_observations: (): Iterable<RepositoryObservationRow> =>
      repositories.flatMap(({ observations }) => observations),
    paper_links: async function* (): AsyncGenerator<PaperLinkRow> {
      for await (const paper of papers.records())
        yield* paper.links
          .map((link) => paperLinkRow(paper.paper_id, link, links))
          .sort((a, b) => compareText(a.url, b.url));
    },
    mentions,
  } satisfies Partial<Record<TableName, RowSource<unknown>>>;
}

export type TableSources = ReturnType<typeof tableRows>;
