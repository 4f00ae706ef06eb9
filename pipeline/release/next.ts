import { SCHEMA_VERSION, type TableName } from "../../schemas/index.ts";
import type { Release } from "../core/release.ts";
import { type Difference, diffSides, fromRelease } from "./diff.ts";
import type { Rows } from "./diff-join.ts";
import { sideOfRelease, sideOfTables } from "./diff-side.ts";
import { FIRST_VERSION, nextVersion } from "./version.ts";

/**
 * What the tables that are to be released differ by from the release before. `to` has the version that follows, which
 * is the one before where the step is `none`; `created` is the time of the new release.
 */
export async function nextDifference(
  previous: Release | null,
  tables: Readonly<Record<TableName, Rows>>,
  created: string,
): Promise<Difference> {
  const content = await diffSides(previous === null ? null : sideOfRelease(previous), sideOfTables(tables));
  const isFirst = previous === null || content.step === null;
  const version = isFirst ? FIRST_VERSION : nextVersion(previous.version, content.step);
  const from = previous === null ? null : fromRelease(previous);
  return { from, to: { version, schema_version: SCHEMA_VERSION, created }, ...content };
}
