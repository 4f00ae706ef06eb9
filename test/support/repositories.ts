import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { uncheckedRow } from "../../pipeline/3-enrich/judge.ts";
import type { Answer, Figures, RepositoryAsk } from "../../pipeline/3-enrich/repository.ts";
import { stableId } from "../../pipeline/core/digest.ts";
import type { RepositoryRow } from "../../schemas/index.ts";
import { UNKNOWN } from "./mentions.ts";

/** The question for a repository, with the id that a new one gets. */
export function askOf(fullName: string): RepositoryAsk {
  const [owner = "", name = ""] = fullName.split("/");
  const repository_id = stableId("r", `github.com/${fullName}`.toLowerCase());
  return { repository_id, host: "github.com", owner, name, status: "unchecked" };
}

export function figuresOf(known: Partial<Figures> = {}): Figures {
  return {
    full_name: "ada/stones",
    host_id: 11,
    stars: 5,
    forks: 2,
    is_archived: false,
    is_fork: false,
    parent: null,
    pushed_at: "2026-01-02T03:04:05Z",
    created_at: "2020-01-02T03:04:05Z",
    description: "Counts stones",
    primary_language: "Rust",
    license_spdx: "MIT",
    topics: ["rivers"],
    ...known,
  };
}

export const found = (known: Partial<Figures> = {}): Answer => ({
  kind: "found",
  figures: figuresOf(known),
  http_status: 200,
  source: "github_graphql",
});
export const UNCHANGED: Answer = { kind: "unchanged", http_status: 304, source: "github_rest" };
export const ABSENT: Answer = { kind: "absent", http_status: 404, source: "github_rest" };
export const BLOCKED: Answer = { kind: "blocked", reason: "dmca", http_status: 451, source: "github_rest" };
export const FAILED: Answer = {
  kind: "failed",
  problem: "HTTP 502",
  http_status: 502,
  source: "github_rest",
};

/** A row of a repository that answered on the first of January, unless told otherwise. */
export function checkedRow(known: Partial<RepositoryRow> = {}): RepositoryRow {
  const at = "2026-01-01T00:00:00Z";
  const row = { ...uncheckedRow(askOf("ada/stones")), ...figuresOf(), status: "alive" as const };
  return { ...row, observed_at: at, checked_at: at, ...known };
}

/** A paper that names these repositories. */
export function paperNaming(...fullNames: readonly string[]): Paper {
  return {
    paper_id: stableId("p", ...fullNames),
    first_released_in: null,
    absorbed_ids: [],
    title: "Counting river stones with patient drones",
    ...UNKNOWN,
    issues: [],
    mentions: [],
    links: [],
    repositories: fullNames.map((fullName) => {
      const [owner = "", name = ""] = fullName.split("/");
      const url = `https://github.com/${fullName}`;
      return {
        host: "github.com",
        owner,
        name,
        relation: "own_code",
        rule: "own_subject",
        evidence: url,
        evidence_field: "abstract",
        evidence_start: 0,
        evidence_end: url.length,
        url_as_written: url,
        mention_id: "m_0",
      };
    }),
  };
}
