import type { IssueCode } from "../../schemas/vocabularies.ts";
import { gluedButton } from "./furniture.ts";
import type { PlacedLine } from "./lines.ts";

/** A run of text in a capture with its place. */
export interface Block {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** The lines that the text was joined from; absent when it stood on one. */
  readonly lines?: readonly string[];
  /** Why the title that begins here is in doubt, if it is. */
  readonly issues?: readonly IssueCode[];
}

/** The blocks that one line, without white space at its ends, makes: itself, or the page's button and the title that it runs into. */
export function lineBlocks({ text, number }: PlacedLine): Block[] {
  const place = { lineStart: number, lineEnd: number };
  const glued = gluedButton(text);
  if (glued === 0) return [{ text, ...place }];
  return [
    { text: text.slice(0, glued), ...place },
    { text: text.slice(glued), ...place, issues: ["title_cut_from_header"] },
  ];
}

/** The block of several wrapped lines, behind that of the page's button where it runs into them. */
export function joinedBlocks(lines: readonly PlacedLine[]): Block[] {
  const [first, ...rest] = lines;
  if (first === undefined || rest.length === 0) return first === undefined ? [] : lineBlocks(first);
  const blocks = lineBlocks(first);
  const texts = [blocks.at(-1)?.text ?? "", ...rest.map((line) => line.text)];
  const { issues } = blocks.pop() ?? {};
  const place = { lineStart: first.number, lineEnd: rest.at(-1)?.number ?? first.number };
  return [...blocks, { text: texts.join(" "), lines: texts, ...place, ...(issues && { issues }) }];
}

const SENTENCE_END = /[.!?…。！？]["'”’)\]]*$/u;

/** Whether a text ends as a sentence does, or in an address. */
export const endsAsSentence = (text: string): boolean =>
  SENTENCE_END.test(text) || /https?:\/\/\S+$/u.test(text.slice(-300));

/**
 * What a block looks like on its own: a title, an abstract, or either. Titles in listings run to about 200
 * characters and do not end as a sentence does; abstracts have several sentences.
 */
export function blockLook(text: string): "title" | "abstract" | "either" {
  const ends = endsAsSentence(text) || text.endsWith(":");
  const sentences = text.match(/[.!?]["')\]]*\s+(?=[\p{Lu}(\d])/gu)?.length ?? 0;
  if (text.length > 600 || (text.length > 300 && (ends || sentences > 0))) return "abstract";
  if (text.length > 160 && ends && sentences >= 1) return "abstract";
  if (text.length > 300) return "either";
  const isQuestion = sentences === 0 && /[?!]["')\]]*$/u.test(text);
  return ends && !isQuestion ? "either" : "title";
}

/** Whether a block goes on with what stands before it, as a point of a list. */
export const isContinued = (text: string): boolean => /^(?:\(?\d{1,2}[.)] |[•*–-] )/u.test(text);

const NAME_WORD = /^(?:\p{Lu}[\p{L}.'’-]*|van|von|de|der|den|di|da|la|le|bin|al)$/u;
const LONGEST_NAME = 4;

/** Names in a row, two or more, each of two to four words with capitals: `Ada Quill, Jan van Reed`. */
export function isNameList(text: string): boolean {
  const names = text.split(/, | and /u).map((name) => name.replace(/^and /u, "").split(" "));
  return (
    names.length > 1 &&
    names.every(
      (words) =>
        words.length > 1 && words.length <= LONGEST_NAME && words.every((word) => NAME_WORD.test(word)),
    )
  );
}

/** Lines longer than this are not hard-wrapped: terminals and mail wrap at 72 to 132 columns. */
const WIDEST_WRAP = 200;
/** Titles take no more wrapped lines than this. */
const MOST_TITLE_LINES = 4;

/** Whether lines that belong together were wrapped, rather than each being a paragraph. */
export const areWrapped = (lines: readonly string[]): boolean =>
  lines.every((line) => line.length <= WIDEST_WRAP);

/** Tools count a blank or bytes of a letter too; in columns. */
const SLACK = 4;

/** Whether a line could have taken the next one's first word: then its end is the end of a paragraph. */
function endsParagraph(line: string, next: string, width: number): boolean {
  const space = next.indexOf(" ");
  const word = space === -1 ? next.length : space;
  return line.length + 1 + word + SLACK <= width;
}

/** A line that a title may end with: not in the middle of a phrase. */
const mayEndTitle = (line: string) =>
  !/(?:[,;:(–—-]|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|via|with))$/iu.test(line);

/** How many of the wrapped lines are the title: where one has room for the next word, else, if need be, by a guess. */
function titleLines(lines: readonly string[], mayGuess: boolean): number {
  const width = Math.max(...lines.map((line) => line.length));
  const most = Math.min(MOST_TITLE_LINES, lines.length - 1);
  const counts = Array.from({ length: most }, (_, at) => at + 1);
  const at = (count: number) => [lines[count - 1] ?? "", lines[count] ?? ""] as const;
  const shown = counts.find((count) => endsParagraph(...at(count), width));
  if (shown !== undefined || !mayGuess) return shown ?? 0;
  return counts.find((count) => mayEndTitle(at(count)[0]) && /^["“'(]?\p{Lu}/u.test(at(count)[1])) ?? 0;
}

/**
 * A block of wrapped lines in which a title runs into its abstract, in two: the title ends at a line that has room for
 * the next word; if it may be guessed, else before a line that begins as a sentence does. Null where no part looks like
 * a title.
 */
export function splitTitle(
  { lines = [], lineStart, lineEnd }: Block,
  mayGuess: boolean,
): { title: Block; abstract: Block } | null {
  const count = lines.length < 2 ? 0 : titleLines(lines, mayGuess);
  if (count === 0) return null;
  const title = lines.slice(0, count).join(" ");
  const abstract = lines.slice(count).join(" ");
  if (blockLook(title) === "abstract" || blockLook(abstract) === "title") return null;
  return {
    title: { text: title, lineStart, lineEnd: lineStart + count - 1, issues: ["title_guessed"] },
    abstract: { text: abstract, lineStart: lineStart + count, lineEnd },
  };
}
