/** Who publishes a dataset, under which title, and where it is at home: what a run is told, and no part of the data. */
export interface Attribution {
  readonly title: string;
  /** People as `Family, Given`, organisations as they are called. */
  readonly creators: readonly string[];
  readonly homepage: string;
}

/** The program that makes releases. */
export const PROGRAM = { name: "Paperset", url: "https://github.com/paperset/paperset" } as const;

/** What is said of a release whose publisher says nothing. */
export const UNATTRIBUTED: Attribution = {
  title: "Paperset: papers and the code they publish",
  creators: [PROGRAM.name],
  homepage: PROGRAM.url,
};

export type Creator =
  | { readonly kind: "person"; readonly family: string; readonly given: string }
  | { readonly kind: "organisation"; readonly name: string };

/** A name with a comma is a person's, the family first, as Zenodo and BibTeX write them. */
export function creatorOf(name: string): Creator {
  const [family = "", ...given] = name.split(",").map((part) => part.trim());
  return given.length === 0
    ? { kind: "organisation", name: family }
    : { kind: "person", family, given: given.join(", ") };
}
