import type { Relation, RelationRule } from "../../schemas/vocabularies.ts";

/**
 * What a repository is to the paper, by the words around its link. The rules are tried in order; the first that
 * matches decides. `before` is the sentence up to the link, at most a few hundred characters, so that every pattern
 * works on bounded text.
 */
interface Rule {
  readonly rule: RelationRule;
  readonly relation: Relation;
  matches(before: string): boolean;
}

const THINGS =
  "(?:source[- ]?codes?|codes?|implementations?|data(?:sets?|bases?|stores?)?|models?|checkpoints?|weights|benchmarks?|" +
  "scripts?|experiments|materials?|resources?|repositor(?:y|ies)|frameworks?|librar(?:y|ies)|toolkits?|packages?|projects?|" +
  "systems?|papers|videos|samples|results|recipes)";
const OFFERED =
  "(?:(?:is|are|be|been|made|found|publicly|freely|openly)\\b.{0,60}|)(?:available|accessible|released?|found|published|hosted|" +
  "open[- ]?sourced?|provided|listed|shared|maintained|public|obtained|downloaded|cloned|at|in|here|on)";

const AVAILABILITY = new RegExp(
  `\\b${THINGS}\\b.{0,120}\\b${OFFERED}\\b[^a-z0-9]*(?:(?:on|via|at|in|from|under|online|here|github|the|link|url|is|code)[^a-z0-9]*)*$`,
  "u",
);
const LABELLED = new RegExp(
  `\\b${THINGS}(?: (?:and|&) ${THINGS})?(?: (?:page|link|url))?[^a-z0-9]*(?:is[^a-z0-9]*)?$`,
  "u",
);
const ANNOUNCED = /\b(?:available|accessible|released?|published|open[- ]?sourced?)\b[^.]{0,60}$/u;
const OWN = /\b(?:our|we|this (?:work|paper))\b/u;
const BUILT_ON =
  /\b(?:built|builds?|building|based|implemented|top) (?:up)?on(?: top of)?\b[^.]{0,60}$|\b(?:adapted|forked|derived|taken|borrowed) from\b[^.]{0,60}$|\bfork of\b[^.]{0,40}$|\b(?:using|uses|integrated (?:in|into)|with) (?:the )?[^.]{0,40}$/u;
const COMPARED =
  /\b(?:compar(?:ed|es|ing|ison) (?:to|with)|outperform(?:s|ed|ing)?|such as|e\.g\.?|similar to|unlike|see also)\b[^.]{0,60}$/u;

const RULES: readonly Rule[] = [
  { rule: "mentions_comparison", relation: "mentions", matches: (before) => COMPARED.test(before) },
  {
    rule: "own_availability",
    relation: "own_code",
    matches: (before) => AVAILABILITY.test(before) || LABELLED.test(before),
  },
  { rule: "uses_built_on", relation: "uses", matches: (before) => BUILT_ON.test(before) },
  {
    rule: "own_subject",
    relation: "own_code",
    matches: (before) => ANNOUNCED.test(before) || OWN.test(before),
  },
];

/** The relation of a repository to the paper, from the sentence before its link. */
export function relationOf(before: string): { relation: Relation; rule: RelationRule } {
  const sentence = before.toLowerCase();
  const found = RULES.find((rule) => rule.matches(sentence));
  return found === undefined
    ? { relation: "unclear", rule: "no_rule" }
    : { relation: found.relation, rule: found.rule };
}
