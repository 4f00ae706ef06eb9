import { GATES, type Gate, isAcceptable } from "./gates.ts";

/** The gates as a table, with columns as wide as their longest cell. */
export function gatesMarkdown(): string {
  const rows = Object.entries(GATES).map(([gate, holds]) => [
    `\`${gate}\``,
    holds,
    isAcceptable(gate as Gate) ? "yes" : "",
  ]);
  const all = [["gate", "holds when", "`--accept`"], ...rows];
  const widths = [0, 1, 2].map((i) => Math.max(...all.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...others] = all;
  return `${[line(head), line(["", "", ""], "-"), ...others.map((cells) => line(cells))].join("\n")}\n`;
}
