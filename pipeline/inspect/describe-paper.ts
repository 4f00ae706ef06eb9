import type {
  MentionRow,
  PaperLinkRow,
  PaperRepositoryRow,
  PaperRow,
  RepositoryObservationRow,
  RepositoryRow,
} from "../../schemas/index.ts";
import { ISSUE_CODES, type IssueCode, MATCH_RULES, RELATION_RULES } from "../../schemas/vocabularies.ts";
import type { Release } from "../core/release.ts";
import { compareText } from "../core/text.ts";

/** Everything that a release knows of one paper. */
export interface PaperFile {
  readonly paper: PaperRow;
  readonly mentions: readonly MentionRow[];
  readonly repositories: readonly {
    readonly link: PaperRepositoryRow;
    readonly repository: RepositoryRow | null;
    readonly observations: readonly RepositoryObservationRow[];
  }[];
  readonly links: readonly PaperLinkRow[];
}

async function rowsWhere<T>(rows: AsyncIterable<T>, keep: (row: T) => boolean): Promise<T[]> {
  const kept: T[] = [];
  for await (const row of rows) if (keep(row)) kept.push(row);
  return kept;
}

/** Gathers what the tables of a release hold of a paper. */
export async function paperFile(release: Release, paper: PaperRow): Promise<PaperFile> {
  const isOfPaper = ({ paper_id }: { readonly paper_id: string }) => paper_id === paper.paper_id;
  const mentions = await rowsWhere(release.rows("mentions"), isOfPaper);
  const linked = await rowsWhere(release.rows("paper_repositories"), isOfPaper);
  const links = await rowsWhere(release.rows("paper_links"), isOfPaper);
  const ids = new Set(linked.map(({ repository_id }) => repository_id));
  const isLinked = ({ repository_id }: { readonly repository_id: string }) => ids.has(repository_id);
  const repositories = await rowsWhere(release.rows("repositories"), isLinked);
  const observations = await rowsWhere(release.rows("repository_observations"), isLinked);
  return {
    paper,
    mentions: mentions.sort((a, b) => compareText(a.source_file, b.source_file) || a.position - b.position),
    repositories: linked.map((link) => ({
      link,
      repository: repositories.find(({ repository_id }) => repository_id === link.repository_id) ?? null,
      observations: observations.filter(({ repository_id }) => repository_id === link.repository_id),
    })),
    links,
  };
}

const known = (name: string, value: unknown) =>
  value === null || (Array.isArray(value) && value.length === 0)
    ? []
    : [`  ${name.padEnd(14)} ${Array.isArray(value) ? value.join("; ") : String(value)}`];

function mentionLines(mention: MentionRow): string[] {
  const { source_file, line_start, line_end, source_format, match_rule, match_score } = mention;
  const score = match_score === null ? "" : ` (${match_score.toFixed(2)})`;
  return [
    `  ${mention.mention_id}  ${source_file}, lines ${line_start}-${line_end} (${source_format})`,
    `    “${mention.title_as_captured}”`,
    `    ${match_rule}${score}: ${MATCH_RULES[match_rule]}`,
  ];
}

/** The words around a link; nothing where the release was made without them. */
const quoted = (evidence: string | null) => (evidence === null ? [] : [`    “${evidence}”`]);

function repositoryLines({ link, repository, observations }: PaperFile["repositories"][number]): string[] {
  const stars = repository?.stars === null || repository === null ? "" : `, ${repository.stars} stars`;
  const when = repository?.observed_at === null || repository === null ? "" : ` (${repository.observed_at})`;
  return [
    `  ${repository?.url ?? link.url_as_written}  ${repository?.status ?? "unknown"}${stars}${when}`,
    `    ${link.relation} by ${link.rule}: ${RELATION_RULES[link.rule]}`,
    ...quoted(link.evidence),
    ...observations.map(
      ({ observed_at, status, stars: counted }) =>
        `    ${observed_at}  ${status}${counted === null ? "" : `, ${counted} stars`}`,
    ),
  ];
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", title, ...lines];

/** The same for a person to read. */
export function paperWords({ paper, mentions, repositories, links }: PaperFile): string {
  const { paper_id, title, authors, arxiv_id, doi, published_on, year, venue, url } = paper;
  const facts = { authors, arxiv_id, doi, published_on, year, venue, url, since: paper.first_released_in };
  return [
    `${paper_id}  ${title}`,
    ...Object.entries(facts).flatMap(([name, value]) => known(name, value)),
    ...section("Mentions", mentions.flatMap(mentionLines)),
    ...section("Repositories", repositories.flatMap(repositoryLines)),
    ...section(
      "Other links",
      links.flatMap(({ url: address, kind, evidence }) => [`  ${address}  ${kind}`, ...quoted(evidence)]),
    ),
    ...section(
      "To look at",
      paper.issues.map((code) => `  ${code}: ${ISSUE_CODES[code as IssueCode]}`),
    ),
  ].join("\n");
}
