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
      nullMeans:
        "No rule decided, the source states it itself, or the rule decided too few labelled links (under 10) to be measured.",
      minimum: 0,
      maximum: 1,
      unit: "share",
      description:
        "How far the rule may be trusted: the lower end of the 95 % score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953) of the share of labelled real links for which it was right, rounded down to 2 decimals.",
      example: 0.96,
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
