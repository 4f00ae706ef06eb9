import type { Vocabulary } from "../../schemas/index.ts";
import { isDayLabel } from "./captured-on.ts";

/** What stands around the papers of a listing page, a feed or a bibliography, by kind. */
export const FURNITURE = {
  navigation: "The site's own menus and buttons.",
  badge: "The badge over the list (new).",
  mail_invitation: "The invitation to get the list by mail.",
  subscribe_button: "The button under that invitation.",
  byline: "Who keeps the list.",
  day: "The day of the list.",
  footer: "The foot of the page: terms, company, copyright.",
  separator: "A dot, dash or bar between parts of the page.",
  votes: "How many readers voted for a paper, or the button to do so.",
  comments: "How many comments a paper has.",
  authors: "The names of a paper's authors, as the page shows them.",
  authors_count: "How many authors a paper has.",
  organisation: "An organisation shown beside a paper.",
  submitter: "Who put a paper on the list.",
  published: "When a paper was published.",
  card_link: "The text of a button that leads to a paper's page or code.",
  title_repeated: "A title shown a second time, as the text of its picture.",
  page_frame: "Text of a saved page that stands outside its papers: navigation, header, footer.",
  repeated_card: "A card of a saved page that shows a paper which the page has given before.",
  feed_head: "What a feed says of itself: its title, its address, how many results there are.",
  bib_string: "An abbreviation that later entries of a bibliography use.",
  bib_comment: "A comment, a preamble or text between the entries of a bibliography.",
  image: "A picture and nothing else: a thumbnail, or who wrote it.",
  count: "A number that does not say what it counts.",
  paper_link: "Another link to the paper above or below it.",
  stated_link: "A paper's code or its page, linked beside it.",
  card_line: "A short line beside a paper that is none of the above.",
  link_target: "The address of a numbered link.",
  reader_header: "What the tool that read the page says of it.",
} as const satisfies Vocabulary;
export type FurnitureKind = keyof typeof FURNITURE;

/** Kinds that stand within a paper's card: they do not end the paper that they stand in. */
const IN_CARD: ReadonlySet<FurnitureKind> = new Set([
  "separator",
  "votes",
  "comments",
  "authors",
  "authors_count",
  "organisation",
  "submitter",
  "published",
  "card_link",
  "title_repeated",
]);
export const isInCard = (kind: FurnitureKind): boolean => IN_CARD.has(kind);

const phrases = (list: string): ReadonlySet<string> => new Set(list.split("|"));

/** The menus of the listing's site, as its pages of 2023 to 2026 show them. */
const NAVIGATION = phrases(
  "hugging face|models|datasets|spaces|buckets|posts|docs|enterprise|pricing|log in|sign up|daily papers|trending papers|" +
    "papers|search|daily|weekly|monthly|trending|next|previous|load more|view all|community|tasks|huggingchat|collections|" +
    "languages|organizations|blog|blog articles|articles|discord|forum|learn|solutions|team & enterprise|hugging face pro|" +
    "enterprise support|inference providers|inference endpoints|storage buckets|skip to content|main navigation|menu|" +
    "search models, datasets, users...|ai apps|settings|new: create and edit this model card|back to top|submit paper|" +
    "submit a paper|follow|notifications|inbox|profile|log out",
);
const FOOTER = phrases(
  "company|tos|privacy|about|careers|jobs|brand assets|press|contact|terms of service|privacy policy|system theme|website|" +
    "light|dark|status|cookie policy|all rights reserved",
);
const CARD_LINKS = phrases(
  "github|arxiv|arxiv page|pdf|view pdf|view arxiv page|project page|paper page|view paper|read paper|code|add to collection|share",
);

/** A count as pages show it: `1,234`, `1.21k`. */
const COUNT = "\\d{1,3}(?:,\\d{3}){0,2}|\\d{1,6}(?:\\.\\d{1,2})?[km]?";
const MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\\.?";
const DATE = `(?:${MONTH} \\d{1,2}(?:, \\d{4})?|\\d{1,2} ${MONTH}(?: \\d{4})?|\\d{4}-\\d{2}-\\d{2})`;
const form = (source: string) => new RegExp(`^(?:${source})$`, "u");

const FORMS: readonly (readonly [FurnitureKind, RegExp])[] = [
  ["badge", form("new")],
  ["mail_invitation", form("get trending papers in your email inbox(?: once a day)?!?")],
  ["subscribe_button", form("subscribe")],
  ["byline", form("by ?\\S{1,40} and the research community")],
  ["day", form("(?:mon|tues|wednes|thurs|fri|satur|sun)day,? [a-z]{3,9} \\d{1,2}(?:, \\d{4})?")],
  ["footer", form("(?:©|\\(c\\)|copyright\\b).{0,60}")],
  ["separator", form("[\\s·•|*_=~—–-]+")],
  [
    "votes",
    form(`[▲△⬆+★⭐]? ?(?:${COUNT})|(?:up)?vote[ds]?(?: by)?(?: (?:${COUNT}))?|(?:${COUNT}) (?:up)?votes?`),
  ],
  ["votes", form(`stars? (?:${COUNT})|#\\d{1,3} paper of the (?:day|week|month)`)],
  ["comments", form(`(?:[·•] ?)?(?:${COUNT}) comments?|[·•💬] ?\\d{1,5}`)],
  ["authors_count", form("(?:[·•] ?)?\\d{1,5} authors?(?: ?[·•] ?\\d{1,5}(?: comments?)?)?")],
  ["authors", form("authors?:?")],
  ["submitter", form(`(?:[·•] ?)?submitted by(?: @?\\S{1,40}(?: \\S{1,40}){0,3}?)?(?: on ${DATE})?`)],
  ["published", form(`(?:[·•] ?)?(?:published|submitted|updated|added) (?:on )?${DATE}`)],
  ["published", form(`[·•] ?${DATE}|\\d{1,3} (?:minutes?|hours?|days?|weeks?|months?) ago`)],
  ["card_link", form(`(?:(?:github|arxiv(?: page)?|code|hugging face)(?: ?[★⭐]? ?(?:${COUNT}))? ?){1,3}`)],
  ["card_link", form("arxiv: ?\\d{4}\\.\\d{4,5}(?:v\\d{1,2})?|abstract|ai-generated summary")],
];

const DATED = new RegExp(`^.{1,60} ?[·•] ?(?:published (?:on )?)?${DATE}$`, "iu");

/** Whether a line of a card says whose a paper is and when it was published: `Tencent Hunyuan · Published on Oct 12`. */
export const isDatedLine = (line: string): boolean => line.length <= 100 && DATED.test(line);

/** The kind of furniture that a whole block is, or null when it is none. */
export function furnitureKind(block: string): FurnitureKind | null {
  if (block.length > 100) return null;
  if (isDayLabel(block)) return "day";
  const words = block.toLowerCase();
  if (NAVIGATION.has(words)) return "navigation";
  if (FOOTER.has(words)) return "footer";
  if (CARD_LINKS.has(words)) return "card_link";
  return FORMS.find(([, form]) => form.test(words))?.[0] ?? null;
}

const ORGANISATION =
  /\b(?:university|université|universität|universidad|institute?|institut|laborator(?:y|ies)|labs?|academy|college|inc|ltd|corporation|foundation)\b/iu;
/** In a name, every word but these has a capital. */
const SMALL_WORDS = /^(?:of|for|and|the|at|in|de|la|du|für|&)$/u;

/** Whether a line without an abstract is the name of an organisation: few words, all of a name, one of the usual ones. */
export function isOrganisation(line: string): boolean {
  const words = line.split(" ");
  return (
    words.length <= 8 &&
    ORGANISATION.test(line) &&
    words.every((word) => SMALL_WORDS.test(word) || /^[(]?\p{Lu}/u.test(word))
  );
}

const GLUED_BUTTON = /^Subscribe(?=[\p{Lu}\p{Nd}])/u;

/** The length of a button's text that runs straight into a title, 0 where there is none. */
export function gluedButton(line: string): number {
  return GLUED_BUTTON.exec(line)?.[0].length ?? 0;
}
