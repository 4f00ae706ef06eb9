/** What a text is to another work. A work and what is said about it have nearly one title. */

const FORMS = {
  reply: /\b(?:reply|response|rejoinder|rebuttal)(?: to\b|$)|\bauthors? (?:reply|response)\b/u,
  comment: /\b(?:comments?|commentary|remarks?|notes?) (?:on|to|about)\b|^comment\b|\bbrief comment$/u,
  erratum: /\b(?:erratum|errata|corrigend\w+|corrections?|retract\w+|withdrawn|addendum)\b/u,
  review: /\bbook reviews?\b|^reviews? of\b|\breviewed by\b/u,
} as const;
export type Role = keyof typeof FORMS;

/** The roles that a title's words show. */
export function rolesOf(words: readonly string[]): Role[] {
  const text = words.join(" ");
  return (Object.keys(FORMS) as Role[]).filter((role) => FORMS[role].test(text));
}
