import { join } from "node:path";
import { type Counts, total } from "../core/counts.ts";
import { PapersetError } from "../core/errors.ts";
import type { StageReport } from "../core/run-stage.ts";
import { REJECT_REASONS, type RejectReason } from "./rejects.ts";

interface Asked {
  readonly input: readonly string[];
  readonly workFolder: string;
  /** From 0 to 1: the greatest share of rejects among what is no furniture. */
  readonly maxRejectShare: number;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The three commonest reasons with their counts and meanings. */
function commonest(rejected: Counts): string {
  return Object.entries(rejected)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([reason, count]) => `${reason} ${count} (${REJECT_REASONS[reason as RejectReason]})`)
    .join(" ");
}

/**
 * Stops a run whose input looks wrong: nothing could be read of it, or more of it than `maxRejectShare` was rejected. A
 * file that was there twice is no sign of that.
 */
export function acceptInput({ written, rejected }: StageReport, asked: Asked): void {
  const { file_repeated, ...faults } = rejected;
  const count = total(faults);
  const share = count / Math.max(1, count + written);
  if (written > 0 && share <= asked.maxRejectShare) return;
  const see = join(asked.workFolder, "1-parse", "rejects.jsonl");
  const details = { written, rejected, share };
  const reasons = commonest(count === 0 ? rejected : faults);
  if (written === 0)
    throw new PapersetError(
      "INPUT_EMPTY",
      `No paper could be read from ${asked.input.join(", ")}: ${reasons || "it holds none."} See ${see}.`,
      details,
    );
  throw new PapersetError(
    "INPUT_DOUBTFUL",
    `${count} of ${count + written} pieces of the input were rejected, ${percent(share)}, and at most ` +
      `${percent(asked.maxRejectShare)} may be: ${reasons} See ${see}; then mend the input, or allow it with --max-reject-share.`,
    details,
  );
}
