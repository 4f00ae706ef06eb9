import { UNATTRIBUTED } from "../../../pipeline/4-emit/metadata/attribution.ts";
import type { ReleaseFacts } from "../../../pipeline/4-emit/metadata/facts.ts";
import type { Manifest } from "../../../pipeline/core/manifest.ts";

/** The facts that a release's manifest states, as 4-emit had them, unless told otherwise. */
export function factsOf(manifest: Manifest, known: Partial<ReleaseFacts> = {}): ReleaseFacts {
  return {
    version: manifest.version,
    schemaVersion: manifest.schema_version,
    created: manifest.created,
    previousVersion: manifest.previous_version,
    counts: manifest.counts,
    statuses: manifest.repository_statuses,
    formats: [],
    inputs: manifest.inputs,
    words: manifest.words_of_others,
    attribution: UNATTRIBUTED,
    window: { first: "2026-03-14", last: "2026-03-20" },
    files: manifest.files.filter(({ table }) => table !== undefined),
    ...known,
  };
}
