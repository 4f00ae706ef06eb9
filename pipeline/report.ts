import { relative } from "node:path";
import { TABLE_NAMES } from "../schemas/index.ts";
import {
  LINK_STATUSES,
  type LinkStatus,
  REPOSITORY_STATUSES,
  type RepositoryStatus,
} from "../schemas/vocabularies.ts";
import type { FileAccount } from "./1-parse/file-account.ts";
import type { EnrichPlan } from "./3-enrich/enrich.ts";
import type { IdsNote } from "./3-enrich/ids/find-ids.ts";
import type { Emitted } from "./4-emit/emit.ts";
import { type Counts, total } from "./core/counts.ts";
import type { Accepted } from "./core/manifest.ts";
import type { StageReport } from "./core/run-stage.ts";
import { withoutControls } from "./core/text.ts";
import { type Finding, GATES, type Gate, gatesNotRun } from "./release/gates.ts";

/** What commands print when they are done: short tables of counts, and where the result lies. */

/** Columns aligned: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

const listed = (counts: Counts) =>
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
    ...[report.read, report.written, report.merged, total(report.furniture), total(report.rejected)].map(
      String,
    ),
    reused ? "up to date" : "",
  ]);
  return table([head, ...lines]).replaceAll(/ +$/gmu, "");
}

/** So many files have a row of their own. */
const MOST_FILES = 12;

function fileRow({ file, format, packing, read, written, furniture, rejected }: FileAccount): string[] {
  const counts = [read, written, total(furniture), total(rejected)].map(String);
  return [shortName(file), [format ?? "-", packing ?? []].flat().join(", "), ...counts];
}

const NAME_LENGTH = 48;

/** A file's name as one line of a table, its end if it is long. */
function shortName(name: string): string {
  const letters = [...withoutControls(name)];
  return letters.length <= NAME_LENGTH ? letters.join("") : `…${letters.slice(1 - NAME_LENGTH).join("")}`;
}

/** What became of each file that was read, those with most rejects first; null for a stage that reads none. */
export function filesTable({ report }: StageLine): string | null {
  const files = report.notes["files"] as readonly FileAccount[] | undefined;
  if (files === undefined) return null;
  const ordered = files.toSorted((a, b) => total(b.rejected) - total(a.rejected));
  const head = ["file", "layout", "read", "written", "furniture", "rejected"];
  const rest = files.length - MOST_FILES;
  const more = rest > 0 ? `\n… and ${rest} more: see report.json` : "";
  return `${table([head, ...ordered.slice(0, MOST_FILES).map(fileRow)])}${more}`;
}

function overrideWords(given: number, unknown: number): string {
  const missing = unknown === 0 ? "" : `, ${unknown} of them for mentions that are not in this input`;
  return `overrides: ${given} taken from the file${missing}`;
}

/** What a person should know of rejects and statuses: what to look at, and what to do. */
export function advice(stages: readonly StageLine[], workFolder: string): string[] {
  const lines: string[] = [];
  for (const { report } of stages) {
    if (total(report.rejected) > 0)
      lines.push(
        `${report.stage} rejected ${listed(report.rejected)}: see ${shortPath(workFolder)}/${report.stage}/rejects.jsonl`,
      );
    const overrides = report.notes["overrides"] as
      | { readonly given: readonly unknown[]; readonly unknown: readonly unknown[] }
      | undefined;
    if (overrides !== undefined) lines.push(overrideWords(overrides.given.length, overrides.unknown.length));
    const statuses = report.notes["statuses"] as Counts | undefined;
    if (statuses !== undefined && total(statuses) > 0)
      lines.push("", statusesTable("repositories", Object.keys(REPOSITORY_STATUSES), statuses));
    const links = report.notes["link_statuses"] as Counts | undefined;
    if (links !== undefined && total(links) > 0)
      lines.push("", statusesTable("other links", Object.keys(LINK_STATUSES), links));
    const ids = report.notes["ids"] as IdsNote | undefined;
    if (ids !== undefined) lines.push(...idWords(ids));
  }
  return lines;
}

const ASK_AGAIN = "asking failed: run again, which asks only about these and what is due";

/** What to do about repositories and other links without a verdict. */
const STATUS_ADVICE: Readonly<Record<string, Partial<Record<RepositoryStatus | LinkStatus, string>>>> = {
  repositories: {
    unknown: ASK_AGAIN,
    unchecked: "never asked: run again without --offline, with GITHUB_TOKEN set, or with a longer --max-wait",
  },
  "other links": {
    unknown: ASK_AGAIN,
    unchecked:
      "never asked: run again without --offline, and with --check-links for pages that no service keeps",
  },
};

/** How many of them have each status, in the vocabulary's order, and what to do about those without a verdict. */
function statusesTable(what: keyof typeof STATUS_ADVICE, order: readonly string[], statuses: Counts): string {
  const known = order.filter((status) => statuses[status] !== undefined);
  const lines = table([[what, ""], ...known.map((status) => [status, String(statuses[status])])]).split("\n");
  const advices = STATUS_ADVICE[what] as Readonly<Record<string, string | undefined>>;
  return lines
    .map((line, i) => {
      const words = i === 0 ? undefined : advices[known[i - 1] ?? ""];
      return words === undefined ? line.trimEnd() : `${line}  ${words}`;
    })
    .join("\n");
}

/** What came of looking for identifiers; nothing where none was missing, or none was looked for. */
function idWords({ papers_without, found, doubtful, ...looked }: IdsNote): string[] {
  const { snapshot_papers, titles_told, titles_untold } = looked;
  if (papers_without === 0 || snapshot_papers + titles_told + titles_untold + found === 0) return [];
  const left = doubtful === 0 ? "" : `; ${doubtful} fit several or another paper's, and have none`;
  const words = `arXiv ids: ${found} of ${papers_without} papers without one have one by their title${left}`;
  if (titles_told + titles_untold === 0) return [words];
  const untold = titles_untold === 0 ? "" : `, ${titles_untold} could not be looked up: run again later`;
  return [words, `titles at arXiv: ${titles_told} looked up${untold}`];
}

/** A length of time in the largest unit that it fills. */
function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** What would be asked of each service, and how long that takes. */
export function planTable(plan: EnrichPlan): string {
  if (plan.length === 0) return "Nothing is due: no request would be sent.";
  const rows = plan.map(({ service, due, requests, leastRequests, seconds }) => {
    const most = Object.entries(requests)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(" + ");
    const isKnown = leastRequests === undefined || leastRequests === total(requests);
    const least = isKnown ? "" : `${leastRequests} to `;
    return [service, String(due), least + most, duration(seconds)];
  });
  return `${table([["service", "due", "requests, at most about", "takes about"], ...rows])}\n\nNothing was sent.`;
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

/** Each gate with its verdict, and under it what it found and what somebody accepted. */
export function gatesTable(findings: readonly Finding[], accepted?: Accepted): string {
  const notRun = new Set(gatesNotRun(findings));
  return (Object.keys(GATES) as Gate[])
    .map((gate) => {
      const found = findings.filter((finding) => finding.gate === gate);
      const passed = (accepted?.findings ?? []).filter((finding) => finding.gate === gate);
      const details = [
        ...found.map(({ where, found: what }) => `      ${where}: ${what}`),
        ...passed.map(({ where, found: what }) => `      accepted: ${where}: ${what} (${accepted?.reason})`),
      ];
      const mark = notRun.has(gate) ? "--  " : found.length === 0 ? "ok  " : "NO  ";
      return [`${mark} ${gate.padEnd(13)} ${notRun.has(gate) ? "not tried" : GATES[gate]}`, ...details].join(
        "\n",
      );
    })
    .join("\n");
}
