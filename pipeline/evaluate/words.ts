import { table } from "../report.ts";
import type { Evaluation } from "./evaluate.ts";
import type { PairFigure } from "./metrics.ts";

/** A share with four digits, or a dash where there is none. */
export const shown = (value: number | null): string => (value === null ? "-" : value.toFixed(4));

const pairLine = (name: string, { found, right, labelled, ...shares }: PairFigure): string[] => [
  name,
  ...[found, right, labelled].map(String),
  ...[shares.precision, shares.recall, shares.f1].map(shown),
];

/** What the pairs' file holds that no figure counts. */
function remarks({ labels, withoutId }: Evaluation): string[] {
  const { heading, repeated, unknownIds, setAside } = labels;
  const few = unknownIds.slice(0, 5).join(", ");
  return [
    heading === null ? [] : `The first line of the pairs, ${heading.join(" and ")}, is taken for a heading.`,
    repeated === 0 ? [] : `Pairs that are there more than once: ${repeated}.`,
    setAside === 0
      ? []
      : `NOT COUNTED: ${setAside} pairs with ${unknownIds.length} unknown ids (${few}${unknownIds.length > 5 ? ", ..." : ""}).`,
    withoutId === 0 ? [] : `NOT COUNTED: ${withoutId} records without an id.`,
  ].flat();
}

/** The figures of an evaluation for people. */
export function evaluationWords(evaluation: Evaluation, missesFile: string): string {
  const { figures, misses } = evaluation;
  const { pairs, crossSource, bCubed, recordLevel: level } = figures;
  const shares = [
    ["", "found", "right", "labelled", "precision", "recall", "F1"],
    pairLine("pairs, in one frame", pairs),
    ...(crossSource === null ? [] : [pairLine("pairs across files", crossSource)]),
    ["B-cubed, by record", "", "", "", ...[bCubed.precision, bCubed.recall, bCubed.f1].map(shown)],
    [
      "duplicates removed",
      ...[level.tp + level.fp, level.tp, level.tp + level.fn].map(String),
      ...[level.precision, level.sensitivity, level.f1].map(shown),
    ],
  ];
  const sizes = figures.bySize.map(({ size, clusters, found, right, precision }) => [
    size,
    ...[clusters, found, right].map(String),
    shown(precision),
  ]);
  return [
    ...remarks(evaluation),
    table(shares),
    "",
    table([["cluster of", "clusters", "pairs", "right", "precision"], ...sizes]),
    "",
    `${figures.records} records in ${figures.clusters} clusters, the largest of ${figures.largestCluster}; ${figures.labelledWorks} works by the labels.`,
    `Records: TP ${level.tp}, FP ${level.fp}, FN ${level.fn}, TN ${level.tn}, specificity ${shown(level.specificity)}; merged with another work's: ${level.falseMerges}.`,
    `Every wrong pair with its reason, ${misses.length} in all, is in ${missesFile}`,
  ].join("\n");
}
