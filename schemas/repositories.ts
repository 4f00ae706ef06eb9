import {
  forks,
  full_name,
  host_id,
  is_archived,
  license_spdx,
  pushed_at,
  repository_id,
  repository_status,
  stars,
} from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { BLOCK_REASONS, HOSTS } from "./vocabularies.ts";

const neverSeen = "No check has succeeded yet.";

export const repositories = defineTable({
  name: "repositories",
  title: "Repositories",
  row: "One repository that at least one paper names.",
  key: ["repository_id"],
  foreignKeys: [],
  columns: {
    repository_id,
    host: {
      type: "string",
      required: true,
      vocabulary: HOSTS,
      description: "The code host.",
      example: "github.com",
    },
    owner: {
      type: "string",
      required: true,
      description: "The account: as the host spells it once a check succeeded, until then as written.",
      example: "microsoft",
    },
    name: {
      type: "string",
      required: true,
      description:
        "The repository's name: as the host spells it once a check succeeded, until then as written.",
      example: "LoRA",
    },
    full_name: {
      type: "string",
      required: true,
      example: full_name.example,
      description: "owner/name, the current one where a check followed a rename.",
    },
    url: {
      type: "string",
      required: true,
      description: "The repository's page.",
      example: "https://github.com/microsoft/LoRA",
    },
    host_id,
    status: repository_status,
    status_reason: {
      type: "string",
      required: false,
      nullMeans: "The status is not blocked.",
      vocabulary: BLOCK_REASONS,
      description: "Why the host withholds it.",
      example: "dmca",
    },
    previous_names: {
      type: "string[]",
      required: true,
      description: "Other names (owner/name) under which papers or earlier checks knew it, oldest first.",
      example: ["edwardjhu/LoRA"],
    },
    description: {
      type: "string",
      required: false,
      nullMeans: "No check has succeeded yet, or the owner wrote none.",
      description: "The owner's one-line description; text of others.",
      example: "Code for loralib",
    },
    license_spdx,
    primary_language: {
      type: "string",
      required: false,
      nullMeans: "No check has succeeded yet, or the host detected none.",
      description: "The language with most bytes, by the host's detection.",
      example: "Python",
    },
    topics: {
      type: "string[]",
      required: false,
      nullMeans: neverSeen,
      description: "The owner's topics, at most 20.",
      example: ["adaptation", "language-model"],
    },
    is_fork: {
      type: "boolean",
      required: false,
      nullMeans: neverSeen,
      description: "The host made it as a fork of another repository.",
      example: false,
    },
    parent: {
      type: "string",
      required: false,
      nullMeans: "No check has succeeded yet, or it is no fork.",
      description: "owner/name of the repository that it was forked from.",
      example: "huggingface/transformers",
    },
    is_archived,
    created_at: {
      type: "datetime",
      required: false,
      nullMeans: neverSeen,
      description: "When the repository was created.",
      example: "2021-06-10T16:44:33Z",
    },
    pushed_at,
    stars,
    forks,
    observed_at: {
      type: "datetime",
      required: false,
      nullMeans: neverSeen,
      description: "When the figures in this row were read: the last check that succeeded.",
      example: "2026-11-21T09:00:00Z",
    },
    checked_at: {
      type: "datetime",
      required: false,
      nullMeans: "Never asked.",
      description: "When it was last asked about, whatever the answer; the date of status.",
      example: "2026-11-21T09:00:00Z",
    },
    first_missing_at: {
      type: "datetime",
      required: false,
      nullMeans: "It is not missing.",
      description: "When the present absence was first seen.",
      example: "2026-11-21T09:00:00Z",
    },
    swhid: {
      type: "string",
      required: false,
      nullMeans: "It is not archived, or was never looked for (swhid_checked_at is null).",
      pattern: "^swh:1:snp:[0-9a-f]{40};origin=https://[!-~]+$",
      description:
        "Software Heritage's identifier of the newest archived state, for a repository that its host no longer shows; open it below https://archive.softwareheritage.org/.",
      example: "swh:1:snp:8f3b0a2c6d1e4f5a9b7c8d6e5f4a3b2c1d0e9f8a;origin=https://github.com/microsoft/LoRA",
    },
    swhid_checked_at: {
      type: "datetime",
      required: false,
      nullMeans: "Never looked for: only repositories that are missing, gone or blocked are.",
      description: "When it was last looked for in Software Heritage's archive.",
      example: "2026-11-21T09:00:00Z",
    },
  },
});
export type RepositoryRow = Row<typeof repositories>;
