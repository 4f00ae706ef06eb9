import type { Column } from "./table.ts";
import { RELATIONS, REPOSITORY_STATUSES, TEXT_FIELDS } from "./vocabularies.ts";

/** Columns that stand in more than one table: same name, same meaning, one description. */

/** What null stands for in a column of others' words when a release leaves them out. */
export const WITHHELD = "The release was made without the words of others.";

export const paper_id = {
  type: "string",
  required: true,
  pattern: "^p_[0-9a-z]{16}$",
  description:
    "Identifies one work across releases. Made from what the work is (arXiv id, else DOI, else title with first author and year), never from its place; opaque on purpose, because an id must not change when more becomes known.",
  example: "p_4qm2z7t0xk9d3bwa",
} as const satisfies Column;

export const repository_id = {
  type: "string",
  required: true,
  pattern: "^r_[0-9a-z]{16}$",
  description:
    "Identifies one repository across releases; kept when the repository is renamed or transferred.",
  example: "r_8w1c5n0vt6y2hfqs",
} as const satisfies Column;

export const mention_id = {
  type: "string",
  required: true,
  pattern: "^m_[0-9a-z]{16}$",
  description:
    "Identifies one appearance in one capture: made from the capture's content and the place in it.",
  example: "m_0k7d2p9x4s6b1zqe",
} as const satisfies Column;

export const evidence_mention_id = {
  ...mention_id,
  description: "The mention in whose text the link stands; its file and lines are in the mentions table.",
} as const satisfies Column;

export const url_as_written = {
  type: "string",
  required: true,
  description: "The address exactly as the text has it.",
  example: "github.com/microsoft/LoRA",
} as const satisfies Column;

export const evidence = {
  type: "string",
  required: false,
  nullMeans: WITHHELD,
  wordsOf: "authors",
  description: "The words around the link, the link included, as they stand in the text.",
  example: "Our code is at https://github.com/microsoft/LoRA.",
} as const satisfies Column;

export const evidence_field = {
  type: "string",
  required: true,
  vocabulary: TEXT_FIELDS,
  description: "The field whose text holds the evidence.",
  example: "abstract",
} as const satisfies Column;

const offsetNull = "The evidence stands in a mention's text that the papers table does not carry.";

export const evidence_start = {
  type: "integer",
  required: false,
  nullMeans: offsetNull,
  minimum: 0,
  unit: "Unicode code points",
  description: "Where the evidence begins in that field of the papers table, counted from 0.",
  example: 512,
} as const satisfies Column;

export const evidence_end = {
  ...evidence_start,
  description: "Where the evidence ends in that field of the papers table (the first place after it).",
  example: 571,
} as const satisfies Column;

export const repository_status = {
  type: "string",
  required: true,
  vocabulary: REPOSITORY_STATUSES,
  description: "What the last check found; see the vocabulary.",
  example: "alive",
} as const satisfies Column;

export const relation = {
  type: "string",
  required: true,
  vocabulary: RELATIONS,
  description: "What the repository is to the paper, by the named rule.",
  example: "own_code",
} as const satisfies Column;

const figure = {
  type: "integer",
  required: false,
  minimum: 0,
  unit: "count",
} as const;

export const stars = {
  ...figure,
  nullMeans: "No check has succeeded yet; 0 is a measured zero.",
  description: "Stars at the time of the observation.",
  example: 9800,
} as const satisfies Column;

export const forks = {
  ...stars,
  description: "Forks at the time of the observation.",
  example: 640,
} as const satisfies Column;

const neverSeen = "No check has succeeded yet.";

export const full_name = {
  type: "string",
  required: false,
  nullMeans: neverSeen,
  description: "owner/name as the host spells it at the time of the observation.",
  example: "microsoft/LoRA",
} as const satisfies Column;

export const host_id = {
  type: "integer",
  required: false,
  nullMeans: neverSeen,
  minimum: 1,
  description:
    "The host's own numeric id, which survives renames and tells a re-used name from the same repository.",
  example: 375755417,
} as const satisfies Column;

export const is_archived = {
  type: "boolean",
  required: false,
  nullMeans: neverSeen,
  description: "The owner has made the repository read-only.",
  example: false,
} as const satisfies Column;

export const pushed_at = {
  type: "datetime",
  required: false,
  nullMeans: "No check has succeeded yet, or nothing was ever pushed.",
  description: "The last push to any branch, as the host tells it.",
  example: "2024-06-27T06:49:53Z",
} as const satisfies Column;

export const license_spdx = {
  type: "string",
  required: false,
  nullMeans: "No check has succeeded yet, or the host found no licence file.",
  description:
    "The repository's licence as the host recognises it; NOASSERTION: there is one that it does not know.",
  example: "MIT",
} as const satisfies Column;
