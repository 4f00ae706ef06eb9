import {
  evidence,
  evidence_end,
  evidence_field,
  evidence_mention_id,
  evidence_start,
  paper_id,
  relation,
  repository_id,
  url_as_written,
} from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { RELATION_RULES } from "./vocabularies.ts";

export const paperRepositories = defineTable({
  name: "paper_repositories",
  title: "Links between papers and repositories",
  row: "One paper naming one repository.",
  key: ["paper_id", "repository_id"],
  foreignKeys: [
    { column: "paper_id", table: "papers", references: "paper_id" },
    { column: "repository_id", table: "repositories", references: "repository_id" },
    { column: "mention_id", table: "mentions", references: "mention_id" },
  ],
  columns: {
    paper_id,
    repository_id,
    relation,
    rule: {
      type: "string",
      required: true,
      vocabulary: RELATION_RULES,
      description: "The rule that decided the relation.",
      example: "own_availability",
    },
    confidence: {
      type: "number",
      required: false,
      nullMeans: "The rule has not been measured on labelled links.",
      minimum: 0,
      maximum: 1,
      unit: "share",
      description: "How often the rule was right on a labelled sample.",
      example: 0.98,
    },
    evidence,
    evidence_field,
    evidence_start,
    evidence_end,
    url_as_written,
    mention_id: evidence_mention_id,
  },
});
export type PaperRepositoryRow = Row<typeof paperRepositories>;
