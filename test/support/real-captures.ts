import { existsSync } from "node:fs";
import { join } from "node:path";

/** Captures of a real listing. Their text is other people's, so they lie beside the repository, not in it. */
export const CAPTURES =
  process.env["PAPERSET_CAPTURES"] ?? join(import.meta.dirname, "../../../shared/data/captures");
export const capturesAreThere = existsSync(CAPTURES);
if (!capturesAreThere)
  console.warn(`SKIPPED: the real captures are not at ${CAPTURES}; set PAPERSET_CAPTURES to test with them.`);
