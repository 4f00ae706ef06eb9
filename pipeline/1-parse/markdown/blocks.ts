import type { PlacedLine } from "../lines.ts";

/** A block of captured Markdown: a heading, a paragraph, an item of a list, or a line that only separates. */
export interface MarkdownBlock {
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
  readonly isItem: boolean;
  /** Without the block's own marks, lines joined by a space, or by a line feed where the capture forces a break. */
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
}

const SEPARATOR = /^(?:[-*_=|:~][ \t]*){3,}$|^:{3,}|^`{3,}/u;
const UNDERLINE = /^(?:={2,}|-{2,})$/u;
const HEADING = /^(#{1,6})(?:\s+|(?=\[)|$)/u;
const ITEM = /^(?:[*+-]|\d{1,9}[.)])\s+/u;
/** A line of the header that a reader writes over the page. */
export const READER_HEADER = /^(?:Title|URL Source|Published Time|Markdown Content|Warning):/u;
/** A line that begins with a link, in a list or not. */
const OPENER = /^(?:[*+-]\s+)?[*_]{0,3}\[/u;
const PAPER_LINK = /\/papers\/\d{4}\.\d/u;
/** Lines that one heading or one link may run over. */
const HEADING_LINES = 12;
const LINK_LINES = 60;
const HEADING_LENGTH = 200;
/** A line of wrapped text is at least so long. */
const WRAPPED = 50;

/** How many square brackets a line opens more than it closes. */
function opened(line: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "[") count += 1;
    else if (character === "]") count -= 1;
  }
  return count;
}

const QUOTED = /^(?:>\s?)+/u;

/** The line without a quotation's mark and a forced break at its end, and whether it had one: two spaces, or backslashes. */
function withoutBreak(line: string): { readonly text: string; readonly isForced: boolean } {
  const trimmed = line.trim().replace(QUOTED, "");
  let end = trimmed.length;
  while (end > 0 && trimmed.charAt(end - 1) === "\\") end -= 1;
  const isForced = end < trimmed.length || (line.endsWith("  ") && trimmed !== "");
  return { text: trimmed.slice(0, end).trimEnd(), isForced };
}

/** Whether a line is a link to a paper and nothing else; some captures put it right over the abstract. */
const isPaperLine = (line: string) =>
  /^[*_]{0,3}\[/u.test(line) && /\)[*_]{0,3}$/u.test(line.slice(-4)) && PAPER_LINK.test(line);

interface Open {
  readonly level: number;
  readonly isItem: boolean;
  readonly lines: { readonly text: string; readonly isForced: boolean; readonly number: number }[];
  /** Square brackets that are open so far. */
  brackets: number;
  length: number;
}

const nothing = (level = 0, isItem = false): Open => ({ level, isItem, lines: [], brackets: 0, length: 0 });

/** Gathers numbered lines into blocks. A block ends where the next begins or at a blank line. */
export class BlockCutter {
  private block = nothing();
  /** Lines from one on that opens a link and does not close it; blank lines do not end them. */
  private link: { readonly lines: PlacedLine[]; brackets: number } | null = null;

  /** Takes the next line; gives the blocks that it completes. */
  *take(line: PlacedLine): Generator<MarkdownBlock> {
    if (this.link === null) return yield* this.line(line, true);
    const { link } = this;
    link.lines.push(line);
    link.brackets += opened(line.text);
    if (link.brackets > 0) {
      if (link.lines.length > LINK_LINES) yield* this.giveUp(link.lines);
      return;
    }
    this.link = null;
    yield* this.flush();
    for (const each of link.lines) this.add(each, true);
    yield* this.flush();
  }

  /** Gives what is still open. */
  *end(): Generator<MarkdownBlock> {
    while (this.link !== null) yield* this.giveUp(this.link.lines);
    yield* this.flush();
  }

  /** The link never closes: its lines are read as any others. */
  private *giveUp(lines: readonly PlacedLine[]): Generator<MarkdownBlock> {
    this.link = null;
    for (const [at, line] of lines.entries()) {
      if (at === 0) yield* this.line(line, false);
      else yield* this.take(line);
    }
  }

  private *line(line: PlacedLine, mayOpen: boolean): Generator<MarkdownBlock> {
    const { text, isForced } = withoutBreak(line.text);
    if (text === "" && !isForced && line.text.trim() === "") return yield* this.flush();
    if (mayOpen && OPENER.test(text) && (isForced || text.endsWith("[")) && opened(text) > 0) {
      this.link = { lines: [line], brackets: opened(text) };
      return;
    }
    if (this.continuesHeading()) return this.add(line);
    if (this.block.length > 0 && UNDERLINE.test(text) && this.mayBeHeading())
      return yield* this.underlined(line, text);
    if (SEPARATOR.test(text) || (text === "" && !isForced)) {
      yield* this.flush();
      yield { level: 0, isItem: false, text: "", lineStart: line.number, lineEnd: line.number };
      return;
    }
    const isAlone = READER_HEADER.test(text) || (this.block.brackets <= 0 && isPaperLine(text));
    const heading = HEADING.exec(text)?.[1]?.length ?? 0;
    const isItem = heading === 0 && this.beginsItem(text);
    if (isAlone || heading > 0 || isItem || this.block.level > 0) {
      yield* this.flush();
      this.block = nothing(heading, isItem);
    }
    this.add(line);
    if (isAlone) yield* this.flush();
  }

  /** A line of `=` or `-` makes a heading of what stands over it. */
  private *underlined(line: PlacedLine, text: string): Generator<MarkdownBlock> {
    this.block = { ...this.block, level: text.startsWith("=") ? 1 : 2 };
    this.block.lines.push({ text: "", isForced: false, number: line.number });
    yield* this.flush();
  }

  private mayBeHeading(): boolean {
    const { level, length, lines } = this.block;
    return level === 0 && length <= HEADING_LENGTH && !lines.at(-1)?.text.endsWith(".");
  }

  /** Tools wrap headings too, inside their links. */
  private continuesHeading(): boolean {
    const { level, brackets, lines } = this.block;
    if (level === 0 || lines.length > HEADING_LINES) return false;
    const last = lines.at(-1)?.text ?? "";
    return brackets > 0 || last.lastIndexOf("](") > last.lastIndexOf(")");
  }

  /** A wrapped line of running text may look like the beginning of an item. */
  private beginsItem(text: string): boolean {
    const mark = ITEM.exec(text)?.[0];
    if (mark === undefined) return false;
    const before = this.block.lines.at(-1)?.text.length ?? 0;
    return this.block.isItem || before < WRAPPED || !/^[\p{Ll}\p{N}]/u.test(text.slice(mark.length));
  }

  /** In a link around a card, each line may be a piece of its own. */
  private add({ text: captured, number }: PlacedLine, inLink = false): void {
    const { text, isForced } = withoutBreak(captured);
    this.block.lines.push({ text, isForced: isForced || inLink || text === "", number });
    this.block.brackets += opened(text);
    this.block.length += text.length;
  }

  private *flush(): Generator<MarkdownBlock> {
    const { level, isItem, lines } = this.block;
    this.block = nothing();
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) return;
    const text = lines.map((line) => line.text + (line.isForced ? "\n" : " ")).join("");
    yield {
      level,
      isItem,
      text: withoutMarks(text.trim(), level > 0),
      lineStart: first.number,
      lineEnd: last.number,
    };
  }
}

/** The block's text without what marks it as a heading or an item. */
function withoutMarks(text: string, isHeading: boolean): string {
  const content = text.replace(HEADING, "").replace(ITEM, "");
  return (isHeading ? content.replace(/ #+$/u, "").replace(/ \{[#.][^{}]*\}$/u, "") : content).trim();
}
