import type { MentionRow } from "../../schemas/index.ts";
import type {
  Host,
  IssueCode,
  LinkKind,
  Relation,
  RelationRule,
  TextField,
} from "../../schemas/vocabularies.ts";
import type { PaperFacts } from "../1-parse/mention.ts";

/** Where a link stands. Offsets are into the paper's own text; null where that text is not the one released. */
interface Standing {
  readonly evidence: string;
  readonly evidence_field: TextField;
  readonly evidence_start: number | null;
  readonly evidence_end: number | null;
  readonly url_as_written: string;
  readonly mention_id: string;
}

export interface RepositoryLink extends Standing {
  readonly host: Host;
  readonly owner: string;
  readonly name: string;
  readonly relation: Relation;
  readonly rule: RelationRule;
}

export interface PageLink extends Standing {
  readonly url: string;
  readonly kind: LinkKind;
  readonly implied_repository: string | null;
}

/** What a work is called, from release to release. */
export interface PaperName {
  readonly paper_id: string;
  /** The release that first held it; null for a work that no release holds yet. */
  readonly first_released_in: string | null;
  /** Ids of the previous release that turned out to be this paper too. */
  readonly absorbed_ids: readonly string[];
}

/** One work: the best of what its mentions say, its mentions, and its links, each target once. */
export interface Work extends PaperFacts {
  readonly issues: readonly IssueCode[];
  readonly mentions: readonly Omit<MentionRow, "paper_id">[];
  readonly repositories: readonly RepositoryLink[];
  readonly links: readonly PageLink[];
}

/** A work with its name, which stands first. */
export interface Paper extends PaperName, Work {}
