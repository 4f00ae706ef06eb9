import { TABLES } from "../../schemas/index.ts";
import { reasonOf } from "../core/errors.ts";
import { MANIFEST, type Release } from "../core/release.ts";
import { checkDifference, readDifference } from "./check-difference.ts";
import { checkFiles } from "./check-files.ts";
import { checkFormats } from "./check-formats.ts";
import { checkCounted, checkRows } from "./check-rows.ts";
import { driftFindings } from "./drift.ts";
import { openDatabase } from "./duckdb.ts";
import { type Finding, isMissing } from "./gates.ts";

/** Whether a finding is one that somebody accepted when the release was made. */
const isAccepted = ({ manifest }: Release, { gate, where, found }: Finding): boolean =>
  manifest.accepted?.findings.some(
    (accepted) => accepted.gate === gate && accepted.where === where && accepted.found === found,
  ) === true;

/**
 * Checks a release as a stranger would, from its files alone, with another reader than its writers. Gives what is
 * wrong and was not accepted; nothing when all gates pass. Gates that earlier findings make impossible are not tried
 * (`gatesNotRun`). `now` is the moment of checking.
 */
export async function verify(release: Release, now: Date): Promise<Finding[]> {
  const findings = await checkFiles(release);
  if (findings.some(isMissing)) return findings;
  const db = await openDatabase();
  try {
    for (const table of Object.values(TABLES))
      findings.push(...(await readable(table.name, () => checkFormats(db, table, release))));
    if (findings.some((finding) => finding.gate === "schema")) return findings;
    findings.push(...(await readable(MANIFEST, () => checkCounted(db, release.manifest))));
    for (const table of Object.values(TABLES))
      findings.push(
        ...(await readable(table.name, () => checkRows(db, table, release.manifest.words_of_others))),
      );
    const difference = await readDifference(release);
    const wrong = await checkDifference(db, release, difference);
    const drift = difference === null || wrong.length > 0 ? [] : driftFindings(difference, now);
    findings.push(...wrong, ...drift.filter((finding) => !isAccepted(release, finding)));
  } finally {
    db.close();
  }
  return findings;
}

/** A file that the reader cannot read at all is a finding, in the reader's own words. */
async function readable(table: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const words = reasonOf(error).split("\n")[0] ?? "";
    return [{ gate: "schema", where: table, found: `it cannot be read: ${words}` }];
  }
}
