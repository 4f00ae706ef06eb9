import { RELATION_RULES, RELATIONS, type Relation, type RelationRule } from "../../schemas/vocabularies.ts";
import {
  confidenceOf,
  type Figure,
  type Judged,
  judge,
  relationFigure,
  ruleFigure,
  share,
} from "./relation-figures.ts";
import { ORIGINS, REAL_ORIGINS, readLabels } from "./relation-labels.ts";

/** Prints how often the rules for `relation` are right on labelled links, for each origin of the links. */

const shown = (value: number | null) => (value === null ? "-" : value.toFixed(3)).padStart(11);
const counted = (value: number) => String(value).padStart(10);

function relationLine(relation: Relation, { labelled, said, right }: Figure): string {
  const counts = [labelled, said, right].map(counted).join("");
  return `  ${relation.padEnd(20)}${counts}${shown(share(right, said))}${shown(share(right, labelled))}`;
}

function ruleLine(rule: RelationRule, { said, right }: Figure): string {
  return `  ${rule.padEnd(30)}${[said, right].map(counted).join("")}${shown(share(right, said))}`;
}

function print(title: string, judged: readonly Judged[]): void {
  console.log(`${title} (${judged.length} links)`);
  console.log(`  ${"relation".padEnd(20)}  labelled      said     right  precision     recall`);
  for (const relation of Object.keys(RELATIONS) as Relation[])
    console.log(relationLine(relation, relationFigure(judged, relation)));
  console.log(`  ${"rule".padEnd(30)}      said     right      share`);
  for (const rule of Object.keys(RELATION_RULES) as RelationRule[]) {
    const figure = ruleFigure(judged, rule);
    if (figure.said > 0) console.log(ruleLine(rule, figure));
  }
  console.log();
}

const judged = readLabels().map(judge);
for (const [origin, meaning] of Object.entries(ORIGINS))
  print(
    `${origin}: ${meaning}`,
    judged.filter((link) => link.origin === origin),
  );
const real = judged.filter(({ origin }) => REAL_ORIGINS.includes(origin));
print(`real: ${REAL_ORIGINS.join(" and ")} together`, real);
print("all, real and written", judged);
console.log(
  "confidence: the lower end of the 95 % Wilson interval over real links, - where they are too few",
);
for (const rule of new Set(judged.map((link) => link.rule)))
  console.log(`  ${rule.padEnd(50)}${shown(confidenceOf(judged, rule))}`);
