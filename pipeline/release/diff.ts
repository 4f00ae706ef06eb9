import { TABLE_NAMES, TABLES, type Table, type TableName } from "../../schemas/index.ts";
import type { Release } from "../core/release.ts";
import { eventWatch, type PaperEvents, type RepositoryEvents } from "./diff-events.ts";
import { joinByKey, type TableSide } from "./diff-join.ts";
import {
  type ColumnDifference,
  type ColumnSides,
  countedRows,
  type RowsDifference,
  rowsTally,
} from "./diff-rows.ts";
import { columnsIn, diffSchemas, type SchemaDifference } from "./diff-schema.ts";
import { NOTHING, type Side, sideOfRelease } from "./diff-side.ts";
import { largestStep, type Step } from "./version.ts";

/** What one table of two releases differs by. */
export interface TableDifference {
  /**
   * `added`, `removed`: only the later or the earlier release has the table. `unread`: both have it and this program
   * does not know it, so that its rows are only counted.
   */
  readonly state: "kept" | "added" | "removed" | "unread";
  /** Null: both have the same shape, or only one has the table. */
  readonly schema: SchemaDifference | null;
  readonly rows: RowsDifference;
  readonly columns: Readonly<Record<string, ColumnDifference>>;
}

/** What differs, and the step of the version that it calls for; null where there was nothing before. */
export interface Content {
  readonly step: Step | null;
  readonly papers: PaperEvents;
  readonly repositories: RepositoryEvents;
  readonly tables: Readonly<Record<string, TableDifference>>;
}

/** How a difference names a release. */
export interface ReleaseName {
  readonly version: string;
  readonly schema_version: string;
  /** UTC, to the second. */
  readonly created: string;
}

/** `diff.json`: everything that the second release differs by from the first. */
export interface Difference extends Content {
  /** Null: there was no release before. The digest says which release of that version it was. */
  readonly from: (ReleaseName & { readonly manifest_sha256: string }) | null;
  readonly to: ReleaseName;
}

function columnSides(table: Table, before: unknown, after: unknown): ColumnSides[] {
  const [old, now] = [columnsIn(before), columnsIn(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => ({
    name,
    column: table.columns[name],
    inBefore: old.has(name),
    inAfter: now.has(name),
  }));
}

const tableSide = (side: Side, table: TableName): TableSide => ({
  rows: side.tables.has(table) ? side.rows(table) : () => [],
  table,
  side: side.name,
});

/** Rows that have no key in common: all of the earlier ones went, and all of the later ones came. */
async function* apart(before: TableSide, after: TableSide) {
  for await (const row of before.rows()) yield { before: row, after: null };
  for await (const row of after.rows()) yield { before: null, after: row };
}

function stateOf(table: string, before: Side, after: Side): TableDifference["state"] {
  if (!before.tables.has(table)) return "added";
  if (!after.tables.has(table)) return "removed";
  return table in TABLES ? "kept" : "unread";
}

async function diffTable(
  table: Table & { readonly name: TableName },
  before: Side,
  after: Side,
  see: ReturnType<typeof eventWatch>["see"],
): Promise<TableDifference> {
  const state = stateOf(table.name, before, after);
  const [old, now] = [await before.schema(table.name), await after.schema(table.name)];
  const columns = columnSides(table, old, now);
  const isInBoth = (name: string) =>
    columns.some((column) => column.name === name && column.inBefore && column.inAfter);
  const sides = [tableSide(before, table.name), tableSide(after, table.name)] as const;
  const isJoined = state !== "kept" || table.key.every(isInBoth);
  const tally = rowsTally(columns, table.key);
  for await (const pair of isJoined ? joinByKey(...sides, table.key) : apart(...sides)) {
    tally.add(pair);
    see(table.name, pair);
  }
  const schema = state === "kept" ? diffSchemas(old, now) : null;
  return { state, schema, rows: tally.rows(), columns: tally.columns() };
}

/** A table that this program does not know: its rows are counted by its release's own manifest. */
function diffUnknown(table: string, before: Side, after: Side): TableDifference {
  const rows = countedRows(before.tables.get(table) ?? 0, after.tables.get(table) ?? 0);
  return { state: stateOf(table, before, after), schema: null, rows, columns: {} };
}

/** Events of papers are told by ids that went and by mentions, so these pass first. */
const ORDER: readonly TableName[] = [...new Set<TableName>(["retired_ids", "mentions", ...TABLE_NAMES])];

/**
 * Compares two sides table by table, in one pass over the rows of both. Memory holds one row of each side, counts, a
 * bounded number of examples, ids of papers that went, and mentions that changed their paper.
 */
export async function diffSides(before: Side | null, after: Side): Promise<Content> {
  const events = eventWatch();
  const old = before ?? NOTHING;
  const all = new Set<string>([...TABLE_NAMES, ...after.tables.keys(), ...old.tables.keys()]);
  const present = [...all].filter((name) => old.tables.has(name) || after.tables.has(name));
  const found = new Map<string, TableDifference>();
  for (const name of ORDER)
    if (present.includes(name)) found.set(name, await diffTable(TABLES[name], old, after, events.see));
  const tables = Object.fromEntries(
    present.map((name) => [name, found.get(name) ?? diffUnknown(name, old, after)]),
  );
  const changes = Object.values(tables).map(({ state, schema, rows }) => ({
    ...rows,
    isReshaped: state === "added" || state === "removed" || schema !== null,
  }));
  return {
    step: before === null ? null : largestStep(changes),
    papers: events.papers(),
    repositories: events.repositories(),
    tables,
  };
}

const nameOf = ({ version, manifest: { schema_version, created } }: Release): ReleaseName => ({
  version,
  schema_version,
  created,
});

/** How a difference names the release that it starts from. */
export const fromRelease = (release: Release): Difference["from"] => ({
  ...nameOf(release),
  manifest_sha256: release.digest,
});

/** What the second release differs by from the first. */
export async function diffReleases(a: Release, b: Release): Promise<Difference> {
  const content = await diffSides(sideOfRelease(a), sideOfRelease(b));
  return { from: fromRelease(a), to: nameOf(b), ...content };
}
