/** Reading the Markdown that a release carries, as a page would show it. */

/** The cells of a table's line; a bar behind a backslash belongs to the cell. */
const cells = (line: string): string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

/** Every table: its head, then its rows, each as cells. */
export function tablesIn(markdown: string): string[][][] {
  const tables = markdown.match(/(?:^\|.*\|\n)+/gm) ?? [];
  return tables.map((text) => {
    const [head = "", rule = "", ...rows] = text.trimEnd().split("\n");
    if (!/^\|(?:-+\|)+$/.test(rule)) throw new Error(`No rule below ${head}`);
    return [head, ...rows].map(cells);
  });
}

/** What stands under a heading, to the next heading. */
export function section(markdown: string, heading: string): string {
  const [, ...after] = markdown.split(`${heading}\n`);
  return after.join(`${heading}\n`).split(/^#+ /m)[0] ?? "";
}

/** The names of the columns that the section of a table explains. */
export const columnsOf = (markdown: string, table: string): string[] =>
  (tablesIn(section(markdown, `### ${table}`))[0] ?? [])
    .slice(1)
    .map(([name = ""]) => name.replaceAll("`", ""));
