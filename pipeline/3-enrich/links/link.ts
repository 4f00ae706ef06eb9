import type { PaperLinkRow } from "../../../schemas/index.ts";
import {
  LINK_STATUSES,
  type LinkKind,
  type LinkSource,
  type LinkStatus,
} from "../../../schemas/vocabularies.ts";
import { isFields } from "../../core/json.ts";
import { isDated } from "../dated-entry.ts";
import type { Service } from "../hosts/service.ts";

/** An address that is no repository, as one thing to ask about. */
export interface LinkAsk {
  /** In its normal form. */
  readonly url: string;
  readonly kind: LinkKind;
}

/** What is told of what stands at an address; null where it was not told. */
export type LinkFacts = Pick<PaperLinkRow, "moved_to" | "title" | "likes" | "downloads" | "is_gated">;

export const NO_FACTS: LinkFacts = {
  moved_to: null,
  title: null,
  likes: null,
  downloads: null,
  is_gated: null,
};

/** What came of asking about one address; not asked at all is no answer. */
export interface LinkAnswer {
  readonly status: Exclude<LinkStatus, "unchecked">;
  readonly http_status: number | null;
  readonly source: LinkSource;
  /** Of what is there; null where nothing was told. */
  readonly facts: LinkFacts | null;
  /** Why there is no verdict, in words. */
  readonly problem?: string;
}

/** An answer with its address and time: what the journal keeps. */
export interface DatedLinkAnswer {
  readonly url: string;
  readonly at: string;
  readonly answer: LinkAnswer;
}

/** Whether a value that a file holds is such an answer as this version writes it. */
export function isLinkEntry(value: unknown): value is DatedLinkAnswer {
  if (!isDated(value, "url")) return false;
  const { answer } = value;
  if (!isFields(answer) || !Object.keys(LINK_STATUSES).some((status) => status === answer["status"]))
    return false;
  const { facts } = answer;
  return facts === null || (isFields(facts) && Object.keys(NO_FACTS).every((name) => name in facts));
}

/** What is known of an address: the columns of `paper_links` that checks fill. */
export type LinkState = LinkFacts &
  Pick<PaperLinkRow, "url" | "status" | "http_status" | "checked_at" | "checked_by" | "observed_at">;

/** A service that tells of addresses. */
export interface LinkService extends Service<LinkAsk, DatedLinkAnswer> {
  /** Asking costs the service work: an address that was asked about once is never asked about again. */
  readonly asksOnce: boolean;
}

export function uncheckedLink(url: string): LinkState {
  return {
    ...NO_FACTS,
    url,
    status: "unchecked",
    http_status: null,
    checked_at: null,
    checked_by: null,
    observed_at: null,
  };
}

/** The state after an answer, if it is newer. Facts change only by an answer that brought some. */
export function judgeLink(state: LinkState, { at, answer }: DatedLinkAnswer): LinkState {
  if (state.checked_at !== null && at <= state.checked_at) return state;
  const { status, http_status, source, facts } = answer;
  const known = facts === null ? {} : { ...facts, observed_at: at };
  return { ...state, ...known, status, http_status, checked_at: at, checked_by: source };
}
