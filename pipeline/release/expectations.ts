import { DATED } from "../../schemas/dated.ts";
import type { TableName } from "../../schemas/index.ts";

/**
 * What a release may differ by from the one before without anybody having to say why. The limits are meant to let
 * through what a few more captures or another check of repositories bring, and to stop what a listing that changed its
 * layout, a lost folder of captures or a rule gone wrong brings. Beyond them a release takes `--accept REASON`.
 */

/** A table may keep so large a share of its rows, and grow so many times. */
export const ROWS = { least: 0.9, most: 10 } as const;

/** These tables grow with every check and every merger; only their shrinking tells of a mistake. */
export const GROWING: ReadonlySet<TableName> = new Set(["repository_observations", "retired_ids"]);

/** The share of rows with a value may fall by so much: 0.1 is from 50 % to 40 %. */
export const MOST_FALL = 0.1;

/** Of the values of rows that both releases have, so large a share may become null. */
export const MOST_LOST = 0.02;

/**
 * Shares say nothing of a few: so many rows or values may go, and so many rows may come, whatever their share; and in a
 * table of so few rows a column may lose all its values.
 */
export const FEW = { lost: 20, gained: 1000 } as const;

/** Days by which a date may lead: clocks and time zones differ. */
export const LEAD_DAYS = 1;

/** Days by which a day of publication may lead, as sources state it, since journals date issues ahead. */
export const STATED_LEAD_DAYS = 366;
export const STATED: ReadonlySet<string> = new Set(["papers.published_on"]);

/** Years by which a year may lead: it is a year of publication. */
export const LEAD_YEARS = 1;

/** Columns that speak of something that ends, so that all of them may become null again. */
export const PASSING: ReadonlySet<string> = new Set([
  "repositories.first_missing_at",
  "repositories.status_reason",
  "retired_ids.surviving_id",
]);

/**
 * Columns that a check fills, and its dates: new repositories that nobody has checked yet lower their share, and that is
 * no loss.
 */
export const FILLED_BY_CHECKS: ReadonlySet<string> = new Set(
  DATED.flatMap(({ table, column, codes, by }) => [
    ...(codes === undefined ? [`${table}.${column}`] : []),
    `${table}.${by}`,
  ]),
);
