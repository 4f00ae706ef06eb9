import { mention_id, paper_id } from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { MATCH_RULES, SOURCE_FORMATS } from "./vocabularies.ts";

const notShown = "The capture does not show it.";

export const mentions = defineTable({
  name: "mentions",
  title: "Mentions",
  row: "One appearance of a paper in one capture.",
  key: ["mention_id"],
  foreignKeys: [{ column: "paper_id", table: "papers", references: "paper_id" }],
  columns: {
    mention_id,
    paper_id,
    source_file: {
      type: "string",
      required: true,
      description: "The capture's path below the input that was given.",
      example: "2026-03-14-listing.txt",
    },
    source_sha256: {
      type: "string",
      required: true,
      pattern: "^[0-9a-f]{64}$",
      description: "SHA-256 of the capture's bytes.",
      example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    source_format: {
      type: "string",
      required: true,
      vocabulary: SOURCE_FORMATS,
      description: "The layout in which the capture was read.",
      example: "text_blank_lines",
    },
    source_record_id: {
      type: "string",
      required: false,
      nullMeans: "The layout carries no ids of its own.",
      description: "The record's id in the capture.",
      example: "2106.09685",
    },
    position: {
      type: "integer",
      required: true,
      minimum: 1,
      unit: "place",
      description: "The mention's place in the capture, counted from 1.",
      example: 7,
    },
    line_start: {
      type: "integer",
      required: true,
      minimum: 1,
      unit: "line",
      description: "The line on which the mention begins, counted from 1.",
      example: 35,
    },
    line_end: {
      type: "integer",
      required: true,
      minimum: 1,
      unit: "line",
      description: "The line on which the mention ends.",
      example: 37,
    },
    captured_on: {
      type: "date",
      required: false,
      nullMeans: "The capture carries no full date.",
      description: "The day that the capture shows.",
      example: "2026-03-14",
    },
    captured_label: {
      type: "string",
      required: false,
      nullMeans: notShown,
      description: "The day as the capture writes it, often without a year.",
      example: "Mar 14",
    },
    title_as_captured: {
      type: "string",
      required: true,
      description:
        "The title as the capture has it, before any repair but the removal of control characters.",
      example: "LoRA: Low-Rank Adaptation of Large Language Models",
    },
    upvotes: {
      type: "integer",
      required: false,
      nullMeans: notShown,
      minimum: 0,
      unit: "count",
      description: "Votes shown beside the paper in the capture.",
      example: 41,
    },
    comments: {
      type: "integer",
      required: false,
      nullMeans: notShown,
      minimum: 0,
      unit: "count",
      description: "Comments shown beside the paper in the capture.",
      example: 3,
    },
    match_rule: {
      type: "string",
      required: true,
      vocabulary: MATCH_RULES,
      description:
        "Why this mention belongs to its paper: the rule of the tie by which it was joined to another mention.",
      example: "same_title",
    },
    match_score: {
      type: "number",
      required: false,
      nullMeans: "The paper has no other mention.",
      minimum: 0,
      maximum: 1,
      unit: "similarity",
      description: "Strength of that tie: 1 is full agreement of everything compared.",
      example: 1,
    },
  },
});
export type MentionRow = Row<typeof mentions>;
