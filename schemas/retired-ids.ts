import { defineTable, type Row } from "./table.ts";
import { RETIRABLE_TABLES, RETIREMENT_REASONS } from "./vocabularies.ts";

export const retiredIds = defineTable({
  name: "retired_ids",
  title: "Retired ids",
  row: "One id of an earlier release that no longer stands for a row.",
  key: ["retired_id"],
  foreignKeys: [],
  columns: {
    retired_id: {
      type: "string",
      required: true,
      pattern: "^[pr]_[0-9a-z]{16}$",
      description: "The id that is no longer in use.",
      example: "p_4qm2z7t0xk9d3bwa",
    },
    table: {
      type: "string",
      required: true,
      vocabulary: RETIRABLE_TABLES,
      description: "The table that it stood in.",
      example: "papers",
    },
    surviving_id: {
      type: "string",
      required: false,
      nullMeans: "The row was removed; nothing takes its place.",
      pattern: "^[pr]_[0-9a-z]{16}$",
      description: "The id that stands for it now.",
      example: "p_7zk3m1c9r5t0w2xe",
    },
    reason: {
      type: "string",
      required: true,
      vocabulary: RETIREMENT_REASONS,
      description: "Why it was retired.",
      example: "merged",
    },
    retired_in_version: {
      type: "string",
      required: true,
      pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$",
      description: "The first release without it.",
      example: "1.1.0",
    },
  },
});
export type RetiredIdRow = Row<typeof retiredIds>;
