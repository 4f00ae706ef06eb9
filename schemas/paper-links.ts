import {
  evidence,
  evidence_end,
  evidence_field,
  evidence_mention_id,
  evidence_start,
  paper_id,
  url_as_written,
} from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { LINK_KINDS, LINK_STATUSES } from "./vocabularies.ts";

export const paperLinks = defineTable({
  name: "paper_links",
  title: "Other links of papers",
  row: "One paper naming one address that is no repository: models, data sets, project pages, archives, videos.",
  key: ["paper_id", "url"],
  foreignKeys: [
    { column: "paper_id", table: "papers", references: "paper_id" },
    { column: "mention_id", table: "mentions", references: "mention_id" },
  ],
  columns: {
    paper_id,
    url: {
      type: "string",
      required: true,
      pattern: "^https?://[!-~]+$",
      description: "The address in its normal form: scheme added, host in lower case, ASCII.",
      example: "https://step-law.github.io/",
    },
    kind: {
      type: "string",
      required: true,
      vocabulary: LINK_KINDS,
      description: "What stands at the address, judged by the address alone.",
      example: "project_page",
    },
    host: {
      type: "string",
      required: true,
      description: "The address's host name.",
      example: "step-law.github.io",
    },
    implied_repository: {
      type: "string",
      required: false,
      nullMeans: "The address implies none.",
      pattern: "^[a-z.]+/[!-~]+/[!-~]+$",
      description:
        "The repository, as host/owner/name, that a project page of a code host is served from by the host's rules. Derived from the address: nobody stated it and it is not checked.",
      example: "github.com/step-law/step-law.github.io",
    },
    url_as_written,
    status: {
      type: "string",
      required: true,
      vocabulary: LINK_STATUSES,
      description: "What the last check found.",
      example: "unchecked",
    },
    checked_at: {
      type: "datetime",
      required: false,
      nullMeans: "Never asked.",
      description: "When the address was last asked.",
      example: "2026-11-21T09:00:00Z",
    },
    evidence,
    evidence_field,
    evidence_start,
    evidence_end,
    mention_id: evidence_mention_id,
  },
});
export type PaperLinkRow = Row<typeof paperLinks>;
