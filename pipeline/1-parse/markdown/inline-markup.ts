import { type EmphasisRun, emphasisRun, withoutEmphasis } from "./emphasis.ts";
import { escapedAt } from "./escapes.ts";
import { behindAttributes, targetAt } from "./link-syntax.ts";

/**
 * The markup inside a block of captured Markdown. Own code, not a library: captures are wrapped and damaged inside
 * links, text browsers number links in a way of their own (`[32]Title`), and mdast-util-from-markdown, which would
 * bring 32 packages, takes time that grows with the square of a run of `[a](`.
 */

export interface LinkPart {
  readonly kind: "link";
  /** The visible words; line breaks that the capture forces are kept. */
  readonly words: string;
  /** The address as written; null: its number has no target. */
  readonly target: string | null;
  /** The number of a link that a text browser marks at its beginning only: where its words end is not known. */
  readonly number: string | null;
}
export interface TextPart {
  readonly kind: "text";
  readonly text: string;
}
/** A block's text, its links and its images in order. */
export type Part = TextPart | LinkPart | { readonly kind: "image" };

/** The target of a numbered link, null where there is none. */
export type Resolve = (number: string) => string | null;

type Token = Part | EmphasisRun | { readonly kind: "number"; readonly number: string };

const ADDRESS = /https?:\/\/[^\s<>"*[\]()\\]+/iuy;
const PLAIN = /[^\\[\]!*_<h]+/uy;
const RUN = /\*+|_+/uy;
const AUTOLINK = /<((?:https?|file|mailto):[^\s<>]{1,2000})>/iuy;
const TAG =
  /<!--[^<>]{0,500}-->|<\/?(a|article|br|button|div|footer|form|header|img|input|label|li|main|nav|p|path|section|source|span|svg|ul|video)\b[^<>]{0,2000}>/iuy;
const NUMBER = /\[(\d{1,6})\]/uy;

const text = (words: string): TextPart => ({ kind: "text", text: words });

/** What a sticky pattern finds at a place. */
function at(pattern: RegExp, source: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(source);
}

function visible(token: Token): string {
  if (token.kind === "image") return "";
  if (token.kind === "number") return `[${token.number}]`;
  return token.kind === "link" ? token.words : token.text;
}

class InlineReader {
  private readonly tokens: Token[] = [];
  /** Places, in `tokens`, of brackets that are open. */
  private readonly open: { readonly at: number; readonly isImage: boolean }[] = [];
  private readonly source: string;
  private readonly resolve: Resolve | null;

  constructor(source: string, resolve: Resolve | null) {
    this.source = source;
    this.resolve = resolve;
  }

  read(): Token[] {
    for (let place = 0; place < this.source.length; ) place = this.step(place);
    return withoutEmphasis<Token>(this.tokens);
  }

  /** Reads what begins at a place; gives the place behind it. */
  private step(place: number): number {
    const { source, tokens } = this;
    const character = source.charAt(place);
    if (character === "\\") return this.escape(place);
    if (character === "[") return this.bracket(place, "[");
    if (character === "!" && source.charAt(place + 1) === "[") return this.bracket(place, "![");
    if (character === "]") return this.close(place);
    if (character === "<") return this.angle(place);
    const run = at(RUN, source, place)?.[0];
    if (run !== undefined) {
      tokens.push(emphasisRun(run, source.charAt(place - 1), source.charAt(place + run.length)));
      return place + run.length;
    }
    const found = (at(ADDRESS, source, place) ?? at(PLAIN, source, place))?.[0] ?? character;
    tokens.push(text(found));
    return place + found.length;
  }

  private escape(place: number): number {
    const escaped = escapedAt(this.source, place);
    this.tokens.push(text(escaped ?? "\\"));
    return place + (escaped === null ? 1 : 2);
  }

  private bracket(place: number, opener: string): number {
    const number = this.resolve === null ? undefined : at(NUMBER, this.source, place)?.[1];
    const behind = place + (number?.length ?? 0) + 2;
    if (
      number !== undefined &&
      !/[\p{L}\p{N}\]![]/u.test(this.source.charAt(place - 1)) &&
      /[^\s.,;:)\]([{]/u.test(this.source.charAt(behind))
    ) {
      this.tokens.push({ kind: "number", number });
      return behind;
    }
    this.open.push({ at: this.tokens.length, isImage: opener === "![" });
    this.tokens.push(text(opener));
    return place + opener.length;
  }

  /** A closing bracket ends a link where a target follows; else both brackets stand for themselves, but for a span's. */
  private close(place: number): number {
    const opener = this.open.pop();
    const target = opener === undefined ? null : this.target(place + 1);
    if (opener === undefined || target === null) {
      const end = behindAttributes(this.source, place + 1);
      if (opener !== undefined && end > place + 1) this.tokens[opener.at] = text("");
      else this.tokens.push(text("]"));
      return end;
    }
    const inside = withoutEmphasis<Token>(this.tokens.splice(opener.at).slice(1));
    const words = inside.map(visible).join("").trim();
    this.tokens.push(
      opener.isImage ? { kind: "image" } : { kind: "link", words, target: target.target, number: null },
    );
    return behindAttributes(this.source, target.end);
  }

  private target(place: number): { readonly target: string | null; readonly end: number } | null {
    const written = targetAt(this.source, place);
    if (written !== null || this.resolve === null) return written;
    const number = at(NUMBER, this.source, place)?.[1];
    return number === undefined ? null : { target: this.resolve(number), end: place + number.length + 2 };
  }

  private angle(place: number): number {
    const link = at(AUTOLINK, this.source, place);
    const tag = link ?? at(TAG, this.source, place);
    if (link !== null)
      this.tokens.push({ kind: "link", words: link[1] ?? "", target: link[1] ?? null, number: null });
    else if (tag === null) this.tokens.push(text("<"));
    else if (tag[1]?.toLowerCase() === "img") this.tokens.push({ kind: "image" });
    else if (tag[1]?.toLowerCase() === "br") this.tokens.push(text("\n"));
    return place + (tag?.[0].length ?? 1);
  }
}

/** Joins neighbours of plain text, and gives each number of a text browser the words up to the next or the line's end. */
function joined(tokens: readonly Token[], resolve: Resolve | null): Part[] {
  const parts: Part[] = [];
  let plain: string[] = [];
  let number: string | null = null;
  const flush = () => {
    const words = plain.join("");
    plain = [];
    if (number !== null) {
      const end = words.includes("\n") ? words.indexOf("\n") : words.length;
      parts.push({ kind: "link", words: words.slice(0, end), target: resolve?.(number) ?? null, number });
      if (end < words.length) parts.push(text(words.slice(end)));
    } else if (words !== "") parts.push(text(words));
    number = null;
  };
  for (const token of tokens) {
    if (token.kind === "text" || token.kind === "run") plain.push(token.text);
    else {
      flush();
      if (token.kind === "number") number = token.number;
      else parts.push(token);
    }
  }
  flush();
  return parts;
}

/**
 * The parts of a block's text, markup taken away. With `resolve`, links may be numbered (`[Title][32]`, `[32]Title`).
 * Linear in the text's length, whatever the text.
 */
export function inlineParts(source: string, resolve: Resolve | null): readonly Part[] {
  return joined(new InlineReader(source, resolve).read(), resolve);
}
