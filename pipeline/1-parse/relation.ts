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
/** `Code for using the method:`, a label of its own sentence. */
const LABEL_SENTENCE = new RegExp(`^[^a-z]*(?:our |the )?${THINGS}\\b[^.;:]{0,80}:[^a-z0-9]*$`, "u");
const ANNOUNCED = /\b(?:available|accessible|released?|published|open[- ]?sourced?)\b[^.]{0,60}$/u;
const OWN = /\b(?:our|we|this (?:work|paper))\b/u;

/** Verbs of building on something, up to the end of the sentence so far. */
const BUILT_ON =
  /\b(?:(?:built|builds?|building|based|implemented|top) (?:up)?on|(?:adapted|forked|derived|taken|borrowed) from|fork of|using|uses|integrated (?:in|into))\b([^.;]{0,60})$/u;
const COMPARED =
  /(?:\b(?:compar(?:ed|es|ing|ison) (?:to|with)|outperform(?:s|ed|ing)?|such as|similar to|unlike|see also)\b|\be\.g\.,?)([^.;(]{0,60})$/u;
/** Words between such a verb and the link that offer something after all: `compared with it; our code is available at`. */
const OFFER = /\b(?:available|accessible|released?|published|open[- ]?sourced?|found|hosted|public)\b/u;

/** Whether the sentence ends in the pattern, and what it captured behind the verb neither offers nor begins anew. */
function endsIn(pattern: RegExp, sentence: string): boolean {
  const tail = pattern.exec(sentence)?.[1];
  return (
    tail !== undefined && !OFFER.test(tail) && !/[,:]\s*[a-z]/u.test(tail) && !LABEL_SENTENCE.test(sentence)
  );
}

const RULES: readonly Rule[] = [
  { rule: "mentions_comparison", relation: "mentions", matches: (before) => endsIn(COMPARED, before) },
  { rule: "uses_built_on", relation: "uses", matches: (before) => endsIn(BUILT_ON, before) },
  {
    rule: "own_availability",
    relation: "own_code",
    matches: (before) => [AVAILABILITY, LABELLED, LABEL_SENTENCE].some((form) => form.test(before)),
  },
  {
    rule: "own_subject",
    relation: "own_code",
    matches: (before) => ANNOUNCED.test(before) || OWN.test(before),
  },
];

/** What a source's own statement makes of a link. A guess by a site may be anybody's code, and is left unclear. */
export const STATED = {
  stated_official: "own_code",
  stated_community: "mentions",
  stated_by_person: "own_code",
  stated_by_site: "unclear",
  stated_by_table: "unclear",
} as const satisfies Partial<Record<RelationRule, Relation>>;
export type StatedRule = keyof typeof STATED;

/** The relation of a repository to the paper, from the sentence before its link. */
export function relationOf(before: string): { relation: Relation; rule: RelationRule } {
  const sentence = before.toLowerCase();
  const found = RULES.find((rule) => rule.matches(sentence));
  return found === undefined
    ? { relation: "unclear", rule: "no_rule" }
    : { relation: found.relation, rule: found.rule };
}
