import { join } from "node:path";
import type { PageLink, Paper, RepositoryLink } from "../../pipeline/2-dedupe/paper.ts";
import { uncheckedLink } from "../../pipeline/3-enrich/links/link.ts";
import type { CheckedRepository } from "../../pipeline/3-enrich/repository.ts";
import { type EmitConfig, type Emitted, emit } from "../../pipeline/4-emit/emit.ts";
import { UNATTRIBUTED } from "../../pipeline/4-emit/metadata/attribution.ts";
import { sortMentions } from "../../pipeline/4-emit/sort-mentions.ts";
import { type Findings, type TableSources, tableRows } from "../../pipeline/4-emit/tables.ts";
import type { Effects } from "../../pipeline/core/effects.ts";
import { repositoryKey } from "../../pipeline/core/repository-key.ts";
import type { StageReport } from "../../pipeline/core/run-stage.ts";
import type { MentionRow, RepositoryRow } from "../../schemas/index.ts";
import { testEffects } from "../support/effects.ts";
import { UNKNOWN } from "../support/mentions.ts";
import { checkedRow } from "../support/repositories.ts";
import { bareRowOf, idOf } from "../support/rows.ts";

/** What earlier stages hand to 4-emit, valid down to the evidence, so that a release can be made of it. */

const ABSTRACT = "We count stones 🪨 and say where the code is.";
const WORDS = "say where the code is";
/** Counted in code points: the stone is one. */
const START = 22;

const standing = (number: number) => ({
  evidence: WORDS,
  evidence_field: "abstract" as const,
  evidence_start: START,
  evidence_end: START + WORDS.length,
  mention_id: idOf("m", number),
});

/** One appearance of a paper; both have the number of the paper unless told otherwise. */
export const mentionOf = (number: number, known: Partial<MentionRow> = {}): MentionRow =>
  bareRowOf("mentions", {
    mention_id: idOf("m", number),
    paper_id: idOf("p", number),
    match_rule: "single",
    ...known,
  });

/** A paper with one mention and no links; papers with greater numbers come later. */
export function paperOf(number: number, known: Partial<Paper> = {}): Paper {
  return {
    paper_id: idOf("p", number),
    first_released_in: null,
    absorbed_ids: [],
    title: `Counting stones, part ${number}`,
    ...UNKNOWN,
    abstract: ABSTRACT,
    issues: [],
    mentions: [mentionOf(number)],
    links: [],
    repositories: [],
    ...known,
  };
}

/** A paper's link to a repository, by the paper's number. */
export function linkTo(
  number: number,
  fullName: string,
  known: Partial<RepositoryLink> = {},
): RepositoryLink {
  const [owner = "", name = ""] = fullName.split("/");
  const url_as_written = `github.com/${fullName}`;
  const link = { host: "github.com", owner, name, relation: "own_code", rule: "own_subject" } as const;
  return { ...link, url_as_written, ...standing(number), ...known };
}

/** A paper's link to another page, by the paper's number. */
export const pageOf = (number: number, url: string, known: Partial<PageLink> = {}): PageLink => ({
  url,
  kind: "page",
  implied_repository: null,
  url_as_written: url,
  ...standing(number),
  ...known,
});

/** A repository that answered, under one name; repositories with greater numbers come later. */
export function checkedOf(
  number: number,
  fullName: string,
  known: Partial<RepositoryRow> = {},
  more: Partial<CheckedRepository> = {},
): CheckedRepository {
  const [owner = "", name = ""] = fullName.split("/");
  const row = checkedRow({
    repository_id: idOf("r", number),
    owner,
    name,
    full_name: fullName,
    url: `https://github.com/${fullName}`,
    host_id: number + 1,
    ...known,
  });
  const keys = [repositoryKey({ host: "github.com", owner, name })];
  return { row, keys, namings: 1, absorbed_ids: [], observations: [], ...more };
}

export function findingsOf(
  papers: readonly Paper[],
  repositories: readonly CheckedRepository[] = [],
): Findings {
  async function* records() {
    yield* papers;
  }
  const links = new Map(papers.flatMap((paper) => paper.links.map(({ url }) => [url, uncheckedLink(url)])));
  return { papers: { digest: "papers of a test", records }, repositories, links, ids: new Map() };
}

interface EmitOptions extends Partial<EmitConfig> {
  readonly reports?: readonly StageReport[];
  readonly effects?: Effects;
}

/** Makes a release of findings in a folder; the options tell what is other than usual. */
export function emitIn(
  out: string,
  findings: Findings,
  { reports = [], effects = testEffects(), ...config }: EmitOptions = {},
): Promise<Emitted> {
  const usual: EmitConfig = {
    out,
    workFolder: join(out, ".work"),
    sourceDateEpoch: null,
    previous: null,
    accept: null,
    words: "held",
    attribution: UNATTRIBUTED,
  };
  return emit(findings, reports, { ...usual, ...config }, effects);
}

/** The tables of findings as a release of this version has them; mentions are sorted in a file in `folder`. */
export async function tablesIn(folder: string, findings: Findings, version = "1.0.0"): Promise<TableSources> {
  const mentions = await sortMentions(findings.papers, join(folder, "mentions.jsonl"));
  return tableRows(findings, version, mentions);
}
