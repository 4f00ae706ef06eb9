import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figures } from "../../pipeline/evaluate/metrics.ts";
import { runPaperset } from "../support/run-paperset.ts";

/** Labelled sets of others' records. They lie beside the repository, not in it. */
export const LABELLED_SETS = process.env["EVAL"] || join(import.meta.dirname, "../../../shared/data/er");
export const setsAreThere = existsSync(LABELLED_SETS);

export interface SetFigures {
  readonly name: string;
  readonly figures: Figures;
  readonly seconds: number;
}

export interface HardPairs {
  readonly right: number;
  readonly of: number;
  /** Names of the pairs that were decided wrongly. */
  readonly wrong: readonly string[];
}

const SETS = [
  {
    name: "DBLP-ACM",
    input: ["dblp-acm/orig/DBLP2.csv", "dblp-acm/orig/ACM.csv"],
    pairs: "dblp-acm/orig/DBLP-ACM_perfectMapping.csv",
  },
  ...["copper", "tafenoquine"].map((name) => ({
    name,
    input: [`dedupe-sweep-${name}/records.jsonl`],
    pairs: `dedupe-sweep-${name}/gold_pairs.tsv`,
  })),
];

async function figuresOf(input: readonly string[], pairs: string): Promise<Figures> {
  const out = await mkdtemp(join(tmpdir(), "paperset-sets-"));
  try {
    const argv = ["evaluate", "--json", "--input", ...input, "--pairs", pairs, "--out", out];
    const { exitCode, stdout, stderr } = await runPaperset(argv);
    if (exitCode !== 0) throw new Error(stderr);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Figures;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The figures of every set, by the command that users have. */
export async function evaluateSets(): Promise<SetFigures[]> {
  const results: SetFigures[] = [];
  for (const { name, input, pairs } of SETS) {
    const started = performance.now();
    const figures = await figuresOf(
      input.map((path) => join(LABELLED_SETS, path)),
      join(LABELLED_SETS, pairs),
    );
    results.push({ name, figures, seconds: (performance.now() - started) / 1000 });
  }
  return results;
}

interface HardPair {
  readonly id: string;
  readonly record_a: Readonly<Record<string, string | null>>;
  readonly record_b: Readonly<Record<string, string | null>>;
  readonly expected_duplicate: boolean;
}

/** An entry of a bibliography. Some of these records part their authors by semicolons, which BibTeX does not know. */
function bibEntry(key: string, { ENTRYTYPE, ID, ...fields }: HardPair["record_a"]): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (value === null) return [];
    return `  ${name} = {${name === "author" ? value.replaceAll(/;\s*/gu, " and ") : value}},\n`;
  });
  return `@${ENTRYTYPE ?? "misc"}{${key},\n${lines.join("")}}\n`;
}

/** How many of the pairs that are hard to tell are told rightly, each as a bibliography of its own. */
export async function evaluateHardPairs(): Promise<HardPairs> {
  const path = join(LABELLED_SETS, "bib-dedupe/test_cases.json");
  const { cases } = JSON.parse(await readFile(path, "utf8")) as { cases: readonly HardPair[] };
  const folder = await mkdtemp(join(tmpdir(), "paperset-pairs-"));
  const [bib, pairs] = [join(folder, "pair.bib"), join(folder, "pair.tsv")];
  const wrong: string[] = [];
  try {
    await writeFile(pairs, "a\tb\n");
    for (const { id, record_a, record_b, expected_duplicate } of cases) {
      await writeFile(bib, `${bibEntry("a", record_a)}\n${bibEntry("b", record_b)}`);
      const figures = await figuresOf([bib], pairs);
      if ((figures.pairs.found === 1) !== expected_duplicate) wrong.push(id);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { right: cases.length - wrong.length, of: cases.length, wrong };
}
