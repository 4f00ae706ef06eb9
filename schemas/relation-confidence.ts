import type { RelationRule } from "./vocabularies.ts";

/**
 * How far each rule may be trusted: the lower end of the 95 % score interval of Wilson (1927), rounded down, of the share
 * of labelled real links for which the rule was right. A plain share would call a rule certain that was right ten times
 * in ten. Null where it decided fewer than ten of them, where the source itself states the relation, and where no rule
 * decided. `npm run measure:relations` prints the figures, and a test holds this table to them.
 */
export const RULE_CONFIDENCE: Readonly<Record<RelationRule, number | null>> = {
  own_availability: 0.96,
  own_subject: 0.66,
  uses_built_on: null,
  mentions_comparison: null,
  mentions_others: null,
  stated_official: null,
  stated_community: null,
  stated_by_person: null,
  stated_by_site: null,
  stated_by_table: null,
  no_rule: null,
};
