import { DATED, type Dated } from "../../schemas/dated.ts";
import { type Column, TABLES, type Table } from "../../schemas/index.ts";
import { columnsOfWords } from "../../schemas/licences.ts";
import { RETIRABLE_TABLES, type RetirableTable } from "../../schemas/vocabularies.ts";
import { canonicalJson } from "../core/digest.ts";
import type { Manifest } from "../core/manifest.ts";
import { MANIFEST } from "../core/release.ts";
import { viewOf } from "./check-formats.ts";
import { type Database, sqlName, sqlText } from "./duckdb.ts";
import type { Finding, Gate } from "./gates.ts";

/** Checks of one table's rows, as SQL made from its schema. Each is a condition that no row may meet. */
interface Breach {
  readonly gate: Gate;
  readonly what: string;
  /** SQL that selects the breaking rows. */
  readonly select: string;
}

const isText = (column: Column) => column.type === "string" || column.type === "string[]";

/** A condition on every text of a column: the value itself, or each item of a list. */
function anyText(name: string, column: Column, condition: (text: string) => string): string {
  const value = sqlName(name);
  return column.type === "string[]"
    ? `len(list_filter(${value}, lambda x: ${condition("x")})) > 0`
    : condition(value);
}

function columnConditions(name: string, column: Column): [Gate, string, string][] {
  const value = sqlName(name);
  const conditions: [Gate, string, string][] = [];
  if (column.required) conditions.push(["constraints", `${name} is null`, `${value} IS NULL`]);
  if (isText(column))
    conditions.push([
      "constraints",
      `${name} holds an empty text`,
      anyText(name, column, (x) => `${x} = ''`),
    ]);
  if (column.vocabulary !== undefined) {
    const codes = Object.keys(column.vocabulary).map(sqlText).join(", ");
    conditions.push([
      "constraints",
      `${name} is no code of its vocabulary`,
      anyText(name, column, (x) => `${x} NOT IN (${codes})`),
    ]);
  }
  if (column.pattern !== undefined)
    conditions.push([
      "constraints",
      `${name} does not fit ${column.pattern}`,
      `NOT regexp_matches(${value}, ${sqlText(column.pattern)})`,
    ]);
  if (column.minimum !== undefined)
    conditions.push(["constraints", `${name} is below ${column.minimum}`, `${value} < ${column.minimum}`]);
  if (column.maximum !== undefined)
    conditions.push(["constraints", `${name} is above ${column.maximum}`, `${value} > ${column.maximum}`]);
  if (isText(column))
    conditions.push([
      "text",
      `${name} is not in normal form or holds control characters`,
      anyText(name, column, (x) => `(${x} != nfc_normalize(${x}) OR regexp_matches(${x}, '\\p{Cc}'))`),
    ]);
  return conditions;
}

/** A value that may not stand without its date. */
function datedCondition({ column, codes, by }: Dated): [Gate, string, string] {
  const value = sqlName(column);
  const isMeant = codes === undefined ? "" : ` AND ${value} IN (${codes.map(sqlText).join(", ")})`;
  return ["dated", `${column} has no ${by}`, `${value} IS NOT NULL${isMeant} AND ${sqlName(by)} IS NULL`];
}

function keyBreaches(table: Table, view: string): Breach[] {
  const key = table.key.map(sqlName).join(", ");
  const before = table.key.map((name, i) => `lag(${sqlName(name)}) OVER () AS _before${i}`).join(", ");
  const earlier = table.key.map((_, i) => `_before${i}`).join(", ");
  return [
    {
      gate: "keys",
      what: "the key stands more than once",
      select: `SELECT 1 FROM ${view} GROUP BY ${key} HAVING count(*) > 1`,
    },
    {
      gate: "order",
      what: "the row does not follow the one before it",
      select: `SELECT 1 FROM (SELECT ${key}, ${before} FROM ${view}) WHERE _before0 IS NOT NULL AND (${key}) < (${earlier})`,
    },
  ];
}

function referenceBreaches(table: Table, view: string): Breach[] {
  return table.foreignKeys.map(({ column, table: target, references }) => ({
    gate: "foreign_keys",
    what: `${column} leads to no row of ${target}`,
    select: `SELECT 1 FROM ${view} AS t WHERE t.${sqlName(column)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${sqlName(viewOf(target, "parquet"))} AS r WHERE r.${sqlName(references)} = t.${sqlName(column)})`,
  }));
}

/** What became of an id: what stands for it now is a row of its table, and it is the id of none itself. */
function retirementBreaches(table: Table, view: string): Breach[] {
  if (table.name !== "retired_ids") return [];
  return (Object.keys(RETIRABLE_TABLES) as RetirableTable[]).flatMap((target): Breach[] => {
    const [key = ""] = TABLES[target].key;
    const row = (id: string) =>
      `EXISTS (SELECT 1 FROM ${sqlName(viewOf(target, "parquet"))} AS r WHERE r.${sqlName(key)} = t.${id})`;
    const retired = `SELECT 1 FROM ${view} AS t WHERE t."table" = ${sqlText(target)}`;
    const gate = "foreign_keys";
    return [
      {
        gate,
        what: `surviving_id leads to no row of ${target}`,
        select: `${retired} AND t.surviving_id IS NOT NULL AND NOT ${row("surviving_id")}`,
      },
      {
        gate,
        what: `retired_id stands for a row of ${target}`,
        select: `${retired} AND ${row("retired_id")}`,
      },
    ];
  });
}

/** Tables with evidence quote the paper's title or abstract; offsets count code points from 0. */
function evidenceBreaches(table: Table, view: string): Breach[] {
  if (!("evidence_start" in table.columns)) return [];
  const text = `CASE t.evidence_field WHEN 'title' THEN p.title ELSE p.abstract END`;
  const isHalf = "(t.evidence_start IS NULL) != (t.evidence_end IS NULL)";
  const isOutside = `t.evidence_end > coalesce(length(${text}), 0)`;
  // places beyond the text are no numbers for substring; where the words are withheld there is nothing to compare
  const stands = `substring(${text}, t.evidence_start + 1, t.evidence_end - t.evidence_start)`;
  const isElsewhere = `t.evidence_start IS NOT NULL AND ${stands} IS DISTINCT FROM t.evidence`;
  return [
    {
      gate: "evidence",
      what: "the evidence does not stand at its offsets",
      select: `SELECT 1 FROM ${view} AS t JOIN ${sqlName(viewOf("papers", "parquet"))} AS p USING (paper_id) WHERE t.evidence IS NOT NULL AND CASE WHEN ${isHalf} OR ${isOutside} OR t.evidence_start > t.evidence_end THEN true ELSE ${isElsewhere} END`,
    },
  ];
}

/** Columns that quote others: null throughout where their words are withheld; evidence is never null where they are not. */
function wordsBreaches(table: Table, view: string, words: Manifest["words_of_others"]): Breach[] {
  return columnsOfWords(table).flatMap(({ name }): Breach[] => {
    const select = `SELECT 1 FROM ${view} WHERE ${sqlName(name)} IS`;
    if (words === "withheld")
      return [{ gate: "words", what: `${name} holds words`, select: `${select} NOT NULL` }];
    return name === "evidence" ? [{ gate: "words", what: `${name} is null`, select: `${select} NULL` }] : [];
  });
}

interface Counted {
  readonly what: string;
  readonly select: string;
  readonly said: Readonly<Record<string, number>>;
}

/** What the manifest, and with it the card, counts beside rows. */
const countedIn = ({ repository_statuses, inputs }: Manifest): Counted[] => [
  {
    what: "repository_statuses",
    select: `SELECT status AS name, count(*) AS rows FROM ${sqlName(viewOf("repositories", "parquet"))} GROUP BY ALL`,
    said: repository_statuses,
  },
  {
    what: "inputs",
    select: `SELECT source_sha256 AS name, count(*) AS rows FROM ${sqlName(viewOf("mentions", "parquet"))} GROUP BY ALL`,
    said: Object.fromEntries(inputs.map(({ sha256, mentions }) => [sha256, mentions])),
  },
];

/** The part of the gate `rows` that looks at what the manifest counts of the tables' content. */
export async function checkCounted(db: Database, manifest: Manifest): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { what, select, said } of countedIn(manifest)) {
    const really = Object.fromEntries(
      (await db.rows(select)).map((row) => [String(row["name"]), row["rows"]]),
    );
    if (canonicalJson(really) !== canonicalJson(said))
      findings.push({
        gate: "rows",
        where: MANIFEST,
        found: `${what} counts something else than the tables hold`,
      });
  }
  return findings;
}

/** The gates from `keys` to `dated` for one table, whose views `checkFormats` has made. */
export async function checkRows(
  db: Database,
  table: Table,
  words: Manifest["words_of_others"],
): Promise<Finding[]> {
  const view = sqlName(viewOf(table.name, "parquet"));
  const conditions = [
    ...Object.entries(table.columns).flatMap(([name, column]) => columnConditions(name, column)),
    ...DATED.filter((dated) => dated.table === table.name).map(datedCondition),
  ];
  const counted = conditions.map(([, , condition], i) => `count(*) FILTER (WHERE ${condition}) AS c${i}`);
  const [counts] = await db.rows(`SELECT ${counted.join(", ")} FROM ${view}`);
  const findings: Finding[] = conditions.flatMap(([gate, what], i) => {
    const rows = Number(counts?.[`c${i}`]);
    return rows === 0 ? [] : [{ gate, where: table.name, found: `${what} in ${rows} rows` }];
  });
  for (const { gate, what, select } of [
    ...keyBreaches(table, view),
    ...referenceBreaches(table, view),
    ...retirementBreaches(table, view),
    ...wordsBreaches(table, view, words),
    ...evidenceBreaches(table, view),
  ]) {
    const [row] = await db.rows(`SELECT count(*) AS n FROM (${select})`);
    if (row?.["n"] !== 0) findings.push({ gate, where: table.name, found: `${what} in ${row?.["n"]} rows` });
  }
  return findings;
}
