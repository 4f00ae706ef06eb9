import type { Relation, RelationRule } from "../../schemas/vocabularies.ts";
import {
  ANNOUNCED,
  AVAILABILITY,
  BUILT_ON,
  beginsAnew,
  COMPARED,
  LABEL,
  LABEL_SENTENCE,
  NAMES_THING,
  OTHERS,
  OWN,
  OWN_SUBJECT,
  REFERENCE,
  SENT_TO,
  SERVES,
} from "./relation-words.ts";

/**
 * What a repository is to the paper, by the words around its link. The rules are tried in order; the first that
 * matches decides. `before` is the sentence up to the link, at most a few hundred characters, and `after` a few words
 * behind it, so that every pattern works on bounded text.
 */
interface Rule {
  readonly rule: RelationRule;
  readonly relation: Relation;
  matches(before: string, after: string): boolean;
}

const matchesAny = (patterns: readonly RegExp[], text: string) =>
  patterns.some((pattern) => pattern.test(text));

/** Whether the sentence leads from the pattern's words to the link, nothing new beginning between them. */
function leadsToLink(pattern: RegExp, sentence: string): boolean {
  const between = pattern.exec(sentence)?.[1];
  return between !== undefined && !beginsAnew(between) && !LABEL_SENTENCE.test(sentence);
}

/** Whether the sentence offers somebody else's thing, this work's own not coming between it and the link. */
function namesOthers(sentence: string): boolean {
  return OTHERS.some((pattern) => {
    const between = pattern.exec(sentence)?.[1];
    return between !== undefined && !OWN.test(between) && !NAMES_THING.test(between);
  });
}

const RULES: readonly Rule[] = [
  { rule: "mentions_comparison", relation: "mentions", matches: (before) => leadsToLink(COMPARED, before) },
  { rule: "uses_built_on", relation: "uses", matches: (before) => leadsToLink(BUILT_ON, before) },
  {
    rule: "mentions_others",
    relation: "mentions",
    matches: (before, after) => namesOthers(before) || (REFERENCE.test(after) && !OWN.test(before)),
  },
  {
    rule: "own_availability",
    relation: "own_code",
    matches: (before, after) =>
      matchesAny([...AVAILABILITY, ...LABEL, LABEL_SENTENCE], before) ||
      (SENT_TO.test(before) && SERVES.test(after)),
  },
  {
    rule: "own_subject",
    relation: "own_code",
    matches: (before) => matchesAny([...OWN_SUBJECT, ANNOUNCED], before),
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

/** A sentence as the rules read it. Links before this one are no words, so that the last of several is judged as the first. */
function readable(before: string): string {
  return before
    .toLowerCase()
    .replace(/https?:\/\/\S*[^\s.,;:!?()[\]{}]/gu, "…")
    .replace(/…,? (?:and|&) $/u, "…");
}

/** The relation of a repository to the paper, from the sentence before its link and the words behind it. */
export function relationOf(before: string, after = ""): { relation: Relation; rule: RelationRule } {
  const sentence = readable(before);
  const words = after.toLowerCase();
  const found = RULES.find((rule) => rule.matches(sentence, words));
  return found === undefined
    ? { relation: "unclear", rule: "no_rule" }
    : { relation: found.relation, rule: found.rule };
}
