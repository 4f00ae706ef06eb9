/** An element of formatted text with the words in it; elements in each other go from the inside to the outside. */
const ELEMENT = /<(i|b|sup|sub|sc|span)(?:\s[^<>]{0,100})?>([^<]*)<\/\1>/giu;
/** Tags of articles' XML, with which publishers send abstracts along. */
const ARTICLE = /<\/?(?:jats:[a-z-]{1,20}|p)>/giu;
const NESTED_AT_MOST = 4;

/**
 * Text without the tags for formatted text that bibliographies allow (docs.citationstyles.org, "Rich text formatting
 * within fields"); any other sign of less or more is text, and so is a tag without its partner.
 */
export function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  let plain = text.replace(ARTICLE, " ");
  for (let depth = 0; depth < NESTED_AT_MOST; depth += 1) plain = plain.replace(ELEMENT, "$2");
  return plain;
}
