import { join } from "node:path";
import { TABLES, type Table } from "../../schemas/index.ts";
import { readJson, textIfThere } from "../core/files.ts";
import { isFields } from "../core/json.ts";
import type { Release } from "../core/release.ts";
import { viewOf } from "./check-formats.ts";
import type { Difference, TableDifference } from "./diff.ts";
import { isCalendar } from "./diff-rows.ts";
import { type Database, READERS, sqlName } from "./duckdb.ts";
import type { Finding } from "./gates.ts";
import { headingOf } from "./notes.ts";
import { FIRST_VERSION, nextVersion, STEPS } from "./version.ts";

/** Where a release says what it differs by from the one before. */
export const DIFFERENCE = "diff.json";
export const CHANGELOG = "CHANGELOG.md";

const found = (where: string, words: string): Finding => ({ gate: "difference", where, found: words });

const isNumber = (value: unknown) => typeof value === "number";
const isColumn = (value: unknown): boolean =>
  isFields(value) && (value["latest"] === null || ["string", "number"].includes(typeof value["latest"]));

function isTable(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { rows, columns } = value;
  const hasRows = isFields(rows) && isNumber(rows["before"]) && isNumber(rows["after"]);
  return hasRows && isFields(columns) && Object.values(columns).every(isColumn);
}

/** Whether a JSON value has the parts of a difference that the gates read. */
function isDifference(value: unknown): value is Difference {
  if (!isFields(value)) return false;
  const { from, to, step, tables } = value;
  return (
    (from === null || (isFields(from) && typeof from["version"] === "string")) &&
    isFields(to) &&
    typeof to["version"] === "string" &&
    !Number.isNaN(Date.parse(String(to["created"]))) &&
    (step === null || STEPS.some((known) => known === step)) &&
    isFields(tables) &&
    Object.values(TABLES).every(({ name }) => name in tables) &&
    Object.values(tables).every(isTable)
  );
}

/** The difference that a release carries; null where there is none that can be read. */
export async function readDifference({ folder }: Release): Promise<Difference | null> {
  const value = await readJson(join(folder, DIFFERENCE)).catch((error: unknown) => {
    if (error instanceof SyntaxError) return null;
    throw error;
  });
  return isDifference(value) ? value : null;
}

/** What stands in the files themselves, in the form in which a difference says it of the later release. */
async function profile(db: Database, table: Table): Promise<Record<string, unknown>> {
  const columns = Object.entries(table.columns).flatMap(([name, column]) => {
    const value = sqlName(name);
    const count = `count(${value}) AS ${sqlName(`filled ${name}`)}`;
    if (!isCalendar(column)) return [count];
    const greatest = `max(${value})`;
    const latest = column.type === "integer" ? greatest : READERS.parquet.text[column.type](greatest);
    return [count, `${latest} AS ${sqlName(`latest ${name}`)}`];
  });
  const [row] = await db.rows(
    `SELECT count(*) AS rows, ${columns.join(", ")} FROM ${sqlName(viewOf(table.name, "parquet"))}`,
  );
  return row ?? {};
}

function said({ rows, columns }: TableDifference, table: Table): Record<string, unknown> {
  const cells = Object.entries(table.columns).flatMap(([name, column]) => {
    const { filled_after, latest } = columns[name] ?? {};
    const filled: [string, unknown] = [`filled ${name}`, filled_after];
    return isCalendar(column) ? [filled, [`latest ${name}`, latest] as [string, unknown]] : [filled];
  });
  return { rows: rows?.after, ...Object.fromEntries(cells) };
}

async function tableFindings(db: Database, difference: Difference, table: Table): Promise<Finding[]> {
  const own = difference.tables[table.name];
  const [really, claimed] = [await profile(db, table), own === undefined ? {} : said(own, table)];
  const wrong = Object.keys(really).filter((name) => really[name] !== claimed[name]);
  return wrong.length === 0
    ? []
    : [found(table.name, `${DIFFERENCE} says something else than its files of ${wrong.join(", ")}`)];
}

/** The version that a difference calls for. */
const calledFor = ({ from, step }: Difference): string =>
  from === null || step === null ? FIRST_VERSION : nextVersion(from.version, step);

async function changelogFinding({ folder, version }: Release): Promise<Finding[]> {
  const text = (await textIfThere(join(folder, CHANGELOG))) ?? "";
  const newest = text.split("\n").find((line) => line.startsWith(headingOf(""))) ?? "";
  return newest.startsWith(`${headingOf(version)} `)
    ? []
    : [found(CHANGELOG, `its newest entry is not that of ${version}`)];
}

/** The gate `difference`; `checkFormats` has made the views of every table. */
export async function checkDifference(
  db: Database,
  release: Release,
  difference: Difference | null,
): Promise<Finding[]> {
  if (difference === null) return [found(DIFFERENCE, "it is missing, or no difference of releases")];
  const { manifest } = release;
  const findings: Finding[] = [];
  if (
    difference.to.version !== manifest.version ||
    (difference.from?.version ?? null) !== manifest.previous_version
  )
    findings.push(found(DIFFERENCE, "it speaks of other releases than the manifest"));
  else if (calledFor(difference) !== manifest.version)
    findings.push(found(DIFFERENCE, `it calls for version ${calledFor(difference)}`));
  findings.push(...(await changelogFinding(release)));
  for (const table of Object.values(TABLES)) findings.push(...(await tableFindings(db, difference, table)));
  return findings;
}
