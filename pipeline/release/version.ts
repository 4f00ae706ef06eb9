/**
 * How large a step a release is from the one before, by the Data Package recipe
 * (https://datapackage.org/recipes/data-package-version/): major when fields change, minor when rows come or go,
 * patch when values change.
 */
export type Step = "none" | "patch" | "minor" | "major";

/** What a step is computed from: what the difference of one table says. */
export interface Changes {
  /** The table came, went, or has another shape. */
  readonly isReshaped: boolean;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

function stepOf({ isReshaped, added, removed, changed }: Changes): Step {
  if (isReshaped) return "major";
  if (added > 0 || removed > 0) return "minor";
  return changed > 0 ? "patch" : "none";
}

/** The smallest first. */
export const STEPS: readonly Step[] = ["none", "patch", "minor", "major"];

/** The step that the differences of all tables call for: that of the table that has changed most. */
export function largestStep(tables: readonly Changes[]): Step {
  return STEPS[Math.max(0, ...tables.map((changes) => STEPS.indexOf(stepOf(changes))))] ?? "none";
}

export const FIRST_VERSION = "1.0.0";

/** The version that follows; equal content keeps the version. */
export function nextVersion(version: string, step: Step): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const next = {
    none: [major, minor, patch],
    patch: [major, minor, patch + 1],
    minor: [major, minor + 1, 0],
    major: [major + 1, 0, 0],
  };
  return next[step].join(".");
}
