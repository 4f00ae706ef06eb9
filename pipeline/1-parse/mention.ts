import type { MentionRow } from "../../schemas/index.ts";
import type {
  Host,
  IssueCode,
  LinkKind,
  Relation,
  RelationRule,
  TextField,
} from "../../schemas/vocabularies.ts";

/** Where a link leads, judged by the address alone. */
export type LinkTarget =
  | { readonly type: "repository"; readonly host: Host; readonly owner: string; readonly name: string }
  | {
      readonly type: "page";
      readonly kind: LinkKind;
      /** The repository, as host/owner/name, that the page is served from by its host's rules; null: none follows. */
      readonly implied_repository: string | null;
    };

/** The words around a link. Offsets count Unicode code points in the mention's field, from 0. */
export interface Evidence {
  readonly evidence: string;
  readonly evidence_field: TextField;
  readonly evidence_start: number;
  readonly evidence_end: number;
}

export interface FoundLink extends Evidence {
  readonly url_as_written: string;
  /** Normal form: scheme added, host in lower case, ASCII. */
  readonly url: string;
  readonly target: LinkTarget;
  readonly relation: Relation;
  readonly rule: RelationRule;
}

/** What a capture says about a paper. Null where it does not say. */
export interface PaperFacts {
  readonly title: string;
  readonly abstract: string | null;
  readonly authors: readonly string[] | null;
  readonly arxiv_id: string | null;
  readonly doi: string | null;
  readonly published_on: string | null;
  readonly year: number | null;
  readonly venue: string | null;
  readonly url: string | null;
}

/** Where in its venue a paper stands: what tells two works of one title apart. Null where the source does not say. */
export interface Imprint {
  readonly volume: string | null;
  /** The issue of a journal, or a report's number. */
  readonly number: string | null;
  readonly pages: string | null;
}

/** One appearance of a paper in one capture: its place, what the capture says, and the links in its text. */
export interface Mention
  extends Omit<MentionRow, "paper_id" | "match_rule" | "match_score">,
    PaperFacts,
    Imprint {
  readonly links: readonly FoundLink[];
  readonly issues: readonly IssueCode[];
}
