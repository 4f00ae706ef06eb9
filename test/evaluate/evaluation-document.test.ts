import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { DOCUMENT, evaluationDocument } from "./evaluation-document.ts";
import { evaluateHardPairs, evaluateSets, LABELLED_SETS, setsAreThere } from "./labelled-sets.ts";

if (!setsAreThere)
  console.warn(`SKIPPED: the labelled sets are not at ${LABELLED_SETS}; set EVAL to test with them.`);

test.skipIf(!setsAreThere)(
  "docs/evaluation.md is what the labelled sets say today; `make evaluate` writes it",
  async () => {
    const document = evaluationDocument(await evaluateSets(), await evaluateHardPairs());
    expect(await readFile(DOCUMENT, "utf8")).toBe(document);
  },
  120_000,
);
