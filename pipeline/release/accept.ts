import type { Log } from "../core/effects.ts";
import { PapersetError } from "../core/errors.ts";
import type { Accepted } from "../core/manifest.ts";
import type { Difference } from "./diff.ts";
import { driftFindings } from "./drift.ts";

/**
 * Stops before anything is written where a release would differ by more than is expected and nobody has said why it
 * may. Gives what was accepted, for the manifest; null where nothing had to be.
 */
export function acceptDrift(
  difference: Difference,
  reason: string | null,
  now: Date,
  log: Log,
): Accepted | null {
  const findings = driftFindings(difference, now);
  const [first] = findings;
  if (first === undefined) return null;
  if (reason !== null) return { reason, findings };
  for (const { gate, where, found } of findings) log.say("warn", `${gate}: ${where}: ${found}`);
  const { from, to } = difference;
  const others = findings.length === 1 ? "" : `, and ${findings.length - 1} more`;
  throw new PapersetError(
    "RELEASE_REFUSED",
    `Release ${to.version} was not made: ${first.where}: ${first.found} (gate ${first.gate})${others}. ${from === null ? "" : `Release ${from.version} stays the latest. `}Look into the captures; if all is as it should be, say why with --accept REASON.`,
    { findings },
  );
}
