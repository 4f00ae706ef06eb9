import { DATASET } from "../4-emit/metadata/facts.ts";
import type { Accepted } from "../core/manifest.ts";
import type { Difference } from "./diff.ts";
import { eventsSaid, rowCounts, type Style, saidLines, schemaSaid } from "./diff-words.ts";

/** The changelog of a dataset, as Markdown, written from differences. */

const MARKDOWN: Style = {
  text: (words) => words.replaceAll(/[\\`*_[\]<>|&~#]/gu, "\\$&"),
  code: (name) => (name.includes("`") ? `\`\` ${name} \`\`` : `\`${name}\``),
};

function markdownTable([head = [], ...lines]: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...lines.map(row)].join("\n");
}

/** What a release says of itself when there was none before: how much it holds. */
function firstParts({ tables }: Difference): string[] {
  const rows = Object.entries(tables).map(([name, table]) => [name, String(table.rows.after)]);
  return ["The first release.", markdownTable([["table", "rows"], ...rows])];
}

function laterParts(difference: Difference, before: string): string[] {
  const counts = rowCounts(difference);
  const schema = schemaSaid(difference, MARKDOWN).map((line) => `- ${line}`);
  return [
    `Since ${before}:`,
    counts.length > 1 ? markdownTable(counts) : "",
    schema.join("\n"),
    eventsSaid(difference, MARKDOWN)
      .map((said) => saidLines(said, "- ", "  - "))
      .join("\n"),
  ];
}

/** What gates found and somebody let pass. */
const acceptedPart = (accepted: Accepted | null): string =>
  accepted === null
    ? ""
    : [
        `Accepted, because: ${MARKDOWN.text(accepted.reason)}\n`,
        ...accepted.findings.map(({ where, found }) => `- ${MARKDOWN.code(where)}: ${found}`),
      ].join("\n");

/** The line under which a changelog tells of a version. */
export const headingOf = (version: string): string => `## ${version}`;

/** The entry of one release; parts without anything to say are left out. */
function entry(difference: Difference, accepted: Accepted | null): string {
  const { from, to } = difference;
  const parts = from === null ? firstParts(difference) : laterParts(difference, from.version);
  const heading = `${headingOf(to.version)} (${to.created.slice(0, 10)})`;
  return [heading, ...parts, acceptedPart(accepted)].filter((part) => part !== "").join("\n\n");
}

/** `CHANGELOG.md`: the entry of this release above those that the earlier release's changelog holds, if it has one. */
export function changelog(difference: Difference, accepted: Accepted | null, earlier: string | null): string {
  const before = earlier === null ? -1 : earlier.indexOf(`\n${headingOf("")}`);
  const entries = earlier === null || before === -1 ? "" : `\n${earlier.slice(before + 1)}`;
  return `# Changelog of ${DATASET.name}\n\n${entry(difference, accepted)}\n${entries}`;
}
