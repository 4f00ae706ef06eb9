import { table } from "../report.ts";
import type { Difference, TableDifference } from "./diff.ts";
import type { Listed } from "./diff-events.ts";
import { nextVersion } from "./version.ts";

/** How words for people mark text of the data and what is a name or an id. */
export interface Style {
  text(words: string): string;
  code(name: string): string;
}

/** One kind of event, in words. */
export interface Said {
  readonly what: string;
  readonly count: number;
  readonly items: readonly string[];
}

const PLAIN: Style = { text: (words) => words, code: (name) => name };
const signed = (number: number) => (number > 0 ? `+${number}` : String(number));

/** What happened to papers and repositories, kinds without an event left out. */
export function eventsSaid({ papers, repositories, tables }: Difference, { text, code }: Style): Said[] {
  const say = <T>(what: string, { count, first }: Listed<T>, words: (item: T) => string): Said => ({
    what,
    count,
    items: first.map(words),
  });
  const paper = ({ paper_id, title }: { paper_id: string; title: string }) =>
    `${text(title)} (${code(paper_id)})`;
  const into = (surviving: string | null) => (surviving === null ? "" : ` into ${code(surviving)}`);
  const repository = ({ full_name }: { full_name: string }) => code(full_name);
  const rows = tables["repositories"]?.rows;
  const said = [
    say("Papers added", papers.added, paper),
    say("Papers merged", papers.merged, (event) => `${paper(event)}${into(event.surviving_id)}`),
    say(
      "Papers split",
      papers.split,
      (event) => `${code(event.paper_id)} into ${event.into.map(code).join(", ")}`,
    ),
    say("Papers retired", papers.removed, paper),
    { what: "Repositories added", count: rows?.added ?? 0, items: [] },
    say(
      "Repositories merged",
      repositories.merged,
      (event) => `${code(event.repository_id)}${into(event.surviving_id)}`,
    ),
    say(
      "Repositories that moved",
      repositories.moved,
      (event) => `${code(event.was)} is ${repository(event)} now`,
    ),
    say(
      "Repositories that went missing",
      repositories.went_missing,
      (event) => `${repository(event)} (${event.status})`,
    ),
    say(
      "Repositories that came back",
      repositories.came_back,
      (event) => `${repository(event)} (was ${event.was})`,
    ),
    say("Repositories that were archived", repositories.archived, repository),
    say(
      "Repositories with another number of stars",
      repositories.stars,
      (event) =>
        `${repository(event)}: ${event.before} to ${event.after} (${signed(event.after - event.before)})`,
    ),
  ];
  return said.filter(({ count }) => count > 0);
}

/** What changed in the shape of tables, one line each. */
export function schemaSaid({ tables }: Difference, { code }: Style): string[] {
  return Object.entries(tables).flatMap(([name, { state, schema }]) => {
    const column = (column: string) => code(`${name}.${column}`);
    if (state === "added" || state === "removed") return [`table ${state}: ${code(name)}`];
    if (schema === null) return [];
    const { columns_added, columns_removed, columns_changed, is_reordered } = schema;
    const lines = [
      ...columns_added.map((added) => `column added: ${column(added)}`),
      ...columns_removed.map((removed) => `column removed: ${column(removed)}`),
      ...columns_changed.map(
        ({ name: changed, before, after }) =>
          `column changed: ${column(changed)} from ${code(JSON.stringify(before))} to ${code(JSON.stringify(after))}`,
      ),
      ...(is_reordered ? [`columns of ${code(name)} are in another order`] : []),
    ];
    return lines.length > 0 ? lines : [`constraints of ${code(name)} as a whole changed`];
  });
}

/** The tables whose rows differ, with how many of them; the head first. */
export function rowCounts({ tables }: Difference): string[][] {
  const differing = Object.entries(tables).filter(
    ([, { rows }]) => rows.added + rows.removed + rows.changed > 0,
  );
  return [
    ["table", "before", "after", "added", "removed", "changed"],
    ...differing.map(([name, { rows }]) => [
      name,
      ...[rows.before, rows.after, rows.added, rows.removed, rows.changed].map(String),
    ]),
  ];
}

function cellLines([name, { columns }]: readonly [string, TableDifference]): string[] {
  return Object.entries(columns)
    .filter(([, { changed }]) => changed > 0)
    .flatMap(([column, { changed, gained, lost, examples }]) => {
      const cells = examples.map(({ key, ...cell }) =>
        "before" in cell
          ? `    ${key.join(" ")}: ${JSON.stringify(cell.before)} -> ${JSON.stringify(cell.after)}`
          : `    ${key.join(" ")}`,
      );
      return [
        `${name}.${column}: ${changed} changed, ${gained} of them gained a value, ${lost} lost it`,
        ...cells,
      ];
    });
}

/** What is said as lines: how many with `head` before it, then each item with `lead`, and how many more there are. */
export function saidLines({ what, count, items }: Said, head: string, lead: string): string {
  const rest = count - items.length;
  const more = rest > 0 && items.length > 0 ? [`and ${rest} more`] : [];
  return [`${head}${what}: ${count}`, ...[...items, ...more].map((item) => lead + item)].join("\n");
}

/** A difference for a terminal; parts without anything to say are left out. */
export function differenceWords(difference: Difference): string {
  const { from, to, step } = difference;
  if (from === null || step === null)
    return `Release ${to.version} is the first; there is nothing to compare it with.`;
  if (step === "none") return `Releases ${from.version} and ${to.version} hold the same.`;
  const schema = schemaSaid(difference, PLAIN);
  const counts = rowCounts(difference);
  const cells = Object.entries(difference.tables).flatMap(cellLines);
  const parts = [
    `From ${from.version} (${from.created}) to ${to.version} (${to.created})`,
    schema.join("\n"),
    counts.length > 1 ? table(counts) : "",
    cells.join("\n"),
    eventsSaid(difference, PLAIN)
      .map((said) => saidLines(said, "", "    "))
      .join("\n"),
    `What differs calls for ${nextVersion(from.version, step)} after ${from.version} (${step}).`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
