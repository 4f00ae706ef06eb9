import { relative } from "node:path";
import { TABLE_NAMES } from "../schemas/index.ts";
import type { Emitted } from "./4-emit/emit.ts";
import type { StageReport } from "./core/run-stage.ts";
import { type Finding, GATES, type Gate, gatesNotRun } from "./release/gates.ts";

/** What commands print when they are done: short tables of counts, and where the result lies. */

/** Columns aligned: the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

interface StageLine {
  readonly report: StageReport;
  readonly reused: boolean;
}

/** What each stage did with what it read. */
export function stagesTable(stages: readonly StageLine[]): string {
  const head = ["stage", "read", "written", "merged", "furniture", "rejected", ""];
  const lines = stages.map(({ report, reused }) => [
    report.stage,
    ...[report.read, report.written, report.merged, sum(report.furniture), sum(report.rejected)].map(String),
    reused ? "up to date" : "",
  ]);
  return table([head, ...lines]).replaceAll(/ +$/gmu, "");
}

/** What a person should know of rejects and statuses: what to look at, and what to do. */
export function advice(stages: readonly StageLine[], workFolder: string): string[] {
  const lines: string[] = [];
  for (const { report } of stages) {
    if (sum(report.rejected) > 0)
      lines.push(
        `${report.stage} rejected ${listed(report.rejected)}: see ${shortPath(workFolder)}/${report.stage}/rejects.jsonl`,
      );
    const statuses = report.notes["statuses"] as Readonly<Record<string, number>> | undefined;
    if (statuses !== undefined && sum(statuses) > 0) lines.push(`repositories: ${listed(statuses)}`);
  }
  return lines;
}

/** A path as a person would type it from here. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

/** The rows of a release by table, and where it is. */
export function releaseTable({ release, isNew }: Emitted): string {
  const counts = TABLE_NAMES.map((name) => [name, String(release.manifest.counts[name])]);
  const said = isNew
    ? `Release ${release.version} is in ${shortPath(release.folder)}`
    : `Nothing differs from release ${release.version} in ${shortPath(release.folder)}: no new release.`;
  return `${table([["table", "rows"], ...counts])}\n\n${said}`;
}

/** Each gate with its verdict, and under it what it found. */
export function gatesTable(findings: readonly Finding[]): string {
  const notRun = new Set(gatesNotRun(findings));
  return (Object.keys(GATES) as Gate[])
    .map((gate) => {
      const found = findings.filter((finding) => finding.gate === gate);
      const details = found.map(({ where, found: what }) => `      ${where}: ${what}`);
      const mark = notRun.has(gate) ? "--  " : found.length === 0 ? "ok  " : "NO  ";
      return [`${mark} ${gate.padEnd(13)} ${notRun.has(gate) ? "not tried" : GATES[gate]}`, ...details].join(
        "\n",
      );
    })
    .join("\n");
}
