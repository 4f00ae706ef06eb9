import { paper_id, repository_id, repository_status, stars, WITHHELD } from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { ID_SOURCES, ISSUE_CODES } from "./vocabularies.ts";

const noOwnCode = "The paper has no repository of its own code.";

export const papers = defineTable({
  name: "papers",
  title: "Papers",
  row: "One work: a preprint, its versions and the published form that it became together.",
  key: ["paper_id"],
  foreignKeys: [{ column: "repository_id", table: "repositories", references: "repository_id" }],
  columns: {
    paper_id,
    title: {
      type: "string",
      required: true,
      description:
        "The title, cleaned of what the capture broke; mentions.title_as_captured has it as it was.",
      example: "LoRA: Low-Rank Adaptation of Large Language Models",
    },
    abstract: {
      type: "string",
      required: false,
      nullMeans: `No capture showed an abstract. Or: ${WITHHELD}`,
      wordsOf: "authors",
      description: "The longest abstract that a mention carried.",
      example: "We count river stones from the air, at dawn, for a year. ...",
    },
    authors: {
      type: "string[]",
      required: false,
      nullMeans: "No capture named authors.",
      description: "Authors in the order of the paper.",
      example: ["Edward J. Hu", "Yelong Shen"],
    },
    arxiv_id: {
      type: "string",
      required: false,
      nullMeans: "Unknown, or not on arXiv.",
      pattern: "^([0-9]{4}\\.[0-9]{4,5}|[a-z-]+(\\.[A-Z]{2})?/[0-9]{7})$",
      description: "arXiv identifier without the version.",
      example: "2106.09685",
    },
    arxiv_id_source: {
      type: "string",
      required: false,
      nullMeans: "arxiv_id is null.",
      vocabulary: ID_SOURCES,
      description: "Where arxiv_id is from.",
      example: "captured",
    },
    doi: {
      type: "string",
      required: false,
      nullMeans: "Unknown, or none.",
      pattern: "^10\\.[0-9]{4,9}/.+$",
      description: "DOI in lower case, without a resolver's address.",
      example: "10.48550/arxiv.2106.09685",
    },
    published_on: {
      type: "date",
      required: false,
      nullMeans: "Unknown.",
      description: "The day of first publication.",
      example: "2021-06-17",
    },
    year: {
      type: "integer",
      required: false,
      nullMeans: "Unknown.",
      minimum: 1600,
      maximum: 2200,
      unit: "calendar year",
      description: "The year of publication.",
      example: 2021,
    },
    venue: {
      type: "string",
      required: false,
      nullMeans: "Unknown, or not published in a venue.",
      description: "Where it was published.",
      example: "ICLR",
    },
    url: {
      type: "string",
      required: false,
      nullMeans: "No capture carried the paper's own address, and no identifier is known to make it from.",
      description: "The paper's own page: what the capture links to, else made from arxiv_id or doi.",
      example: "https://arxiv.org/abs/2106.09685",
    },
    repository_id: {
      ...repository_id,
      required: false,
      nullMeans: noOwnCode,
      description: "The repository of the paper's own code; the first named where there are several.",
    },
    repository_status: { ...repository_status, required: false, nullMeans: noOwnCode },
    stars: {
      ...stars,
      nullMeans:
        "The paper has no repository of its own code, or no check has succeeded; 0 is a measured zero.",
      description: "Stars of the paper's own code at stars_observed_at.",
    },
    stars_observed_at: {
      type: "datetime",
      required: false,
      nullMeans: "stars is null.",
      description: "When stars was read.",
      example: "2026-11-21T09:00:00Z",
    },
    repository_count: {
      type: "integer",
      required: true,
      minimum: 0,
      unit: "count",
      description: "Different repositories that the paper names, in any relation.",
      example: 1,
    },
    mention_count: {
      type: "integer",
      required: true,
      minimum: 1,
      unit: "count",
      description: "Appearances of the paper in the captures.",
      example: 3,
    },
    first_captured_on: {
      type: "date",
      required: false,
      nullMeans: "No capture of it carries a full date.",
      description: "The earliest day on which a capture shows it.",
      example: "2026-03-14",
    },
    last_captured_on: {
      type: "date",
      required: false,
      nullMeans: "No capture of it carries a full date.",
      description: "The latest day on which a capture shows it.",
      example: "2026-03-20",
    },
    first_released_in: {
      type: "string",
      required: true,
      pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$",
      description:
        "The first release that holds it; of papers that turn out to be one, the one released first survives.",
      example: "1.0.0",
    },
    issues: {
      type: "string[]",
      required: true,
      vocabulary: ISSUE_CODES,
      description: "What is known to be doubtful about this row; empty when nothing is.",
      example: ["abstract_missing"],
    },
  },
});
export type PaperRow = Row<typeof papers>;
