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
import { LINK_KINDS, LINK_SOURCES, LINK_STATUSES } from "./vocabularies.ts";

const notTold = "No check has succeeded yet, or it told nothing of this.";

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
      description: "When the address was last asked about, whatever the answer; the date of status.",
      example: "2026-11-21T09:00:00Z",
    },
    checked_by: {
      type: "string",
      required: false,
      nullMeans: "Never asked.",
      vocabulary: LINK_SOURCES,
      description: "Who answered, or was asked in vain.",
      example: "huggingface",
    },
    http_status: {
      type: "integer",
      required: false,
      nullMeans: "Never asked, or no HTTP answer arrived.",
      minimum: 100,
      maximum: 599,
      description: "Status of the HTTP answer that decided.",
      example: 200,
    },
    moved_to: {
      type: "string",
      required: false,
      nullMeans: "It leads nowhere else, or no check has succeeded yet.",
      pattern: "^https?://[!-~]+$",
      description: "Where it leads now: its new name at its service, or where the page redirects to.",
      example: "https://huggingface.co/openai-community/gpt2",
    },
    title: {
      type: "string",
      required: false,
      nullMeans: notTold,
      description: "The title of what is there, as its service has it.",
      example: "Simulated sensor readings of 40 bridges",
    },
    likes: {
      type: "integer",
      required: false,
      nullMeans: `${notTold} 0 is a measured zero.`,
      minimum: 0,
      unit: "count",
      description: "Likes or upvotes at its service at observed_at.",
      example: 120,
    },
    downloads: {
      type: "integer",
      required: false,
      nullMeans: `${notTold} 0 is a measured zero.`,
      minimum: 0,
      unit: "count",
      description:
        "Downloads at observed_at, as the service counts them: those of the last 30 days at Hugging Face, all at Zenodo.",
      example: 4200,
    },
    is_gated: {
      type: "boolean",
      required: false,
      nullMeans: notTold,
      description: "Anybody sees that it is there, and only whom its owner lets in gets it.",
      example: false,
    },
    observed_at: {
      type: "datetime",
      required: false,
      nullMeans: "No check has told anything of what is there yet.",
      description:
        "When moved_to, title, likes, downloads and is_gated were read: the last check that told of them.",
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
