import { readFile } from "node:fs/promises";
import { PapersetError, systemCode } from "../core/errors.ts";
import { type Labels, labelledWorks, readLabels } from "./labels.ts";
import { type Figures, measure } from "./metrics.ts";
import { findMisses, type Miss } from "./misses.ts";
import type { Subject } from "./subject.ts";

export interface Evaluation {
  readonly figures: Figures;
  readonly labels: Labels;
  readonly withoutId: number;
  readonly misses: readonly Miss[];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new PapersetError(
      "INPUT_MISSING",
      `Cannot read the labelled pairs ${path} (${systemCode(cause) ?? "unknown error"}): name a file with two ids a line with --pairs.`,
      { path },
      { cause },
    );
  }
}

/** Compares a clustering with a file of labelled pairs. */
export async function evaluate(subject: Subject, pairsFile: string): Promise<Evaluation> {
  const ids = subject.records.map(({ id }) => id);
  const labels = readLabels(await textOf(pairsFile), new Set(ids), pairsFile);
  const works = labelledWorks(ids, labels.pairs);
  const items = subject.records.map(({ id, source, found }) => ({
    ...{ id, source, found },
    labelled: works.get(id) ?? id,
  }));
  return {
    figures: measure(items, labels.pairs),
    labels,
    withoutId: subject.withoutId,
    misses: findMisses(subject, labels.pairs),
  };
}
