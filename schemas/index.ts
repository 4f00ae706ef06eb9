import { mentions } from "./mentions.ts";
import { paperLinks } from "./paper-links.ts";
import { paperRepositories } from "./paper-repositories.ts";
import { papers } from "./papers.ts";
import { repositories } from "./repositories.ts";
import { repositoryObservations } from "./repository-observations.ts";
import { retiredIds } from "./retired-ids.ts";

export type { MentionRow } from "./mentions.ts";
export type { PaperLinkRow } from "./paper-links.ts";
export type { PaperRepositoryRow } from "./paper-repositories.ts";
export type { PaperRow } from "./papers.ts";
export type { RepositoryRow } from "./repositories.ts";
export type { RepositoryObservationRow } from "./repository-observations.ts";
export type { RetiredIdRow } from "./retired-ids.ts";
export type { Column, ColumnType, ForeignKey, Row, Table, Vocabulary, WordsOf } from "./table.ts";

/** Version of the tables' shape; the data's version is computed for each release. */
export const SCHEMA_VERSION = "1.0.0";

/** Every table of a release, in the order in which documents list them. */
export const TABLES = {
  papers,
  repositories,
  paper_repositories: paperRepositories,
  repository_observations: repositoryObservations,
  paper_links: paperLinks,
  mentions,
  retired_ids: retiredIds,
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
