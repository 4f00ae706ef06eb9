import { blockLook } from "../blocks.ts";
import { type FurnitureKind, furnitureKind } from "../furniture.ts";
import type { FoundReject, Item } from "../layout.ts";
import { type PaperAddress, paperAddress } from "./address.ts";
import { type MarkdownBlock, READER_HEADER } from "./blocks.ts";
import { type Card, cardPaper, isAbstract, joinFacts } from "./card.ts";
import { inlineParts, type LinkPart, type Part, type Resolve } from "./inline-markup.ts";
import { linkedCard, type Piece, piecesOf } from "./pieces.ts";
import { runningText, visibleText } from "./running-text.ts";
import type { CardFacts } from "./words-kind.ts";

/** Kinds that say less than any other in the same block. */
const FAINT: ReadonlySet<FurnitureKind> = new Set<FurnitureKind>([
  "separator",
  "image",
  "count",
  "navigation",
]);
/** Pieces of furniture behind one title; with more, the list has ended. */
const HELD_AT_MOST = 500;
/** Words behind a title in a list, such as names of authors. */
const BESIDE_TITLE = 80;

/** The kind of a block whose pieces are all known: that of the piece that says most. */
function kindOf(pieces: readonly Piece[]): FurnitureKind {
  const kinds = pieces.flatMap(({ classified }) => classified?.kind ?? []);
  return (
    kinds.find((kind) => !FAINT.has(kind)) ?? kinds[0] ?? (pieces.length > 0 ? "navigation" : "separator")
  );
}

/** A piece that may be a title: a link to a paper, or one whose number has no target. */
function isTitleLink({ link, words, classified }: Piece, isHeading: boolean): boolean {
  if (link === null || words === "") return false;
  const paper = paperAddress(link.target);
  return classified === null || (isHeading && paper !== null && !paper.isDiscussion);
}

/**
 * Reads blocks as a list of cards. A link to a paper's page makes a title, so that other headings and labels never
 * shift what follows; running text under a title is its abstract.
 */
export class CardReader {
  private card: Card | null = null;
  /** Furniture behind the open card's title, which stands before it in order. */
  private held: Item[] = [];
  /** A link without target that is a title if an abstract follows, and its place in `held`. */
  private candidate: { readonly block: MarkdownBlock; readonly title: string; readonly at: number } | null =
    null;
  private label: string | null = null;
  /** The paper that was linked last: what a card says next is of that one. */
  private named: string | null = null;
  private ahead: { readonly id: string; facts: CardFacts } | null = null;

  /** Takes the next block; gives the items that it completes. */
  *take(block: MarkdownBlock, resolve: Resolve | null): Generator<Item> {
    if (READER_HEADER.test(block.text)) {
      yield* this.end();
      return yield* this.furniture("reader_header", block);
    }
    const parts = inlineParts(block.text, resolve);
    const pieces = piecesOf(parts, this.card !== null);
    const titles = this.titlesIn(block, pieces);
    if (furnitureKind(visibleText(parts)) === "byline") yield* this.furniture("byline", block);
    else if (titles.length > 0) yield* this.titled(block, parts, pieces, titles);
    else if (pieces.every(({ classified, link }) => classified !== null || link !== null))
      yield* this.known(block, pieces);
    else yield* this.text(block, parts, pieces);
  }

  /** Gives the paper that is still open, if any, and what stands behind its title. */
  *end(): Generator<Item> {
    const [card, held] = [this.card, this.held];
    this.card = null;
    this.held = [];
    this.candidate = null;
    if (card !== null) yield cardPaper(card);
    yield* held;
  }

  /** Takes what could not be read: the open paper ends before it. */
  *reject(item: FoundReject): Generator<Item> {
    yield* this.end();
    yield item;
  }

  /** The links that are titles in a block; a link within running text is none. */
  private titlesIn(block: MarkdownBlock, pieces: readonly Piece[]): LinkPart[] {
    const isTitle = (piece: Piece) => isTitleLink(piece, block.level > 0);
    const links = pieces.filter(isTitle).flatMap(({ link }) => link ?? []);
    const papers = links.filter((link) => paperAddress(link.target) !== null);
    const others = pieces.filter((piece) => piece.classified === null && !isTitle(piece));
    if (others.length === 0) return papers.length > 0 || links.length > 1 ? papers : links;
    if (block.level > 0) return links.slice(0, 1);
    const beside = others.reduce((sum, { words }) => sum + words.length, 0);
    const first = pieces.find(({ words }) => words !== "");
    const isFirst = first !== undefined && isTitle(first);
    return block.isItem && isFirst && beside <= BESIDE_TITLE ? papers.slice(0, 1) : [];
  }

  private *titled(
    block: MarkdownBlock,
    parts: readonly Part[],
    pieces: readonly Piece[],
    titles: readonly LinkPart[],
  ): Generator<Item> {
    const isPlain = pieces.every(({ classified, link }) => classified !== null || link !== null);
    for (const link of titles) {
      const words = isPlain || block.isItem ? link.words : visibleText(parts);
      const paper = paperAddress(link.target);
      if (paper === null && block.level === 0) yield* this.propose(block, words);
      else yield* this.open(block, words, paper);
    }
    if (titles.length === 1) for (const { classified } of pieces) this.apply(classified?.facts ?? {});
  }

  /** A title: the card of another paper begins, or that of the open one is linked again. */
  private *open(block: MarkdownBlock, words: string, paper: PaperAddress | null): Generator<Item> {
    const { title, isHeading, texts, classified } = linkedCard(words);
    const { card } = this;
    const isAgain = paper !== null && card?.id === paper.id;
    if (paper !== null) this.name(paper.id);
    if (title === "" || isAgain) {
      if (isAgain && card !== null && block.level > 0 && !card.isHeading && card.abstract.length === 0) {
        card.title = title;
        card.isHeading = true;
      }
      yield* this.furniture("paper_link", block);
    } else {
      yield* this.end();
      this.begin(block, title, paper, isHeading || block.level > 0);
      this.card?.abstract.push(...texts);
    }
    for (const { facts } of classified) this.apply(facts ?? {});
  }

  private begin(block: MarkdownBlock, title: string, paper: PaperAddress | null, isHeading: boolean): void {
    const { lineStart, lineEnd } = block;
    const facts = this.ahead !== null && this.ahead.id === paper?.id ? this.ahead.facts : {};
    const { id, url } = paper ?? { id: null, url: null };
    this.card = { id, url, title, isHeading, label: this.label, abstract: [], facts, lineStart, lineEnd };
    this.named = id;
    this.ahead = null;
  }

  /** A link whose number has no target: a title only if an abstract follows. */
  private *propose(block: MarkdownBlock, words: string): Generator<Item> {
    this.candidate = { block, title: words.replace(/\s+/gu, " ").trim(), at: this.held.length };
    yield* this.furniture("navigation", block);
  }

  /** A block of which every piece is known. */
  private *known(block: MarkdownBlock, pieces: readonly Piece[]): Generator<Item> {
    const day = pieces.find(({ classified }) => classified?.day !== undefined)?.classified?.day;
    const leadsAway = pieces.some(
      ({ link }) => link !== null && link.target !== null && !paperAddress(link.target),
    );
    const isOther = block.level > 0 && leadsAway && day === undefined;
    const kind = isOther ? "navigation" : kindOf(pieces);
    if (block.level > 0 && (day !== undefined || isOther)) yield* this.end();
    if (day !== undefined) this.label = day;
    for (const { link, classified } of pieces) {
      const paper = paperAddress(link?.target ?? null);
      if (paper !== null) this.name(paper.id);
      this.apply(classified?.facts ?? {});
    }
    yield* this.furniture(kind, block);
  }

  /** A block of words: an abstract, a label, or what stands outside the list. */
  private *text(block: MarkdownBlock, parts: readonly Part[], pieces: readonly Piece[]): Generator<Item> {
    const [only] = pieces;
    const isLinked =
      pieces.length === 1 && parts.some((part) => part.kind === "link" && paperAddress(part.target));
    const text =
      isLinked && only !== undefined ? only.words.replace(/\s+/gu, " ").trim() : runningText(parts);
    const isLong = blockLook(text) === "abstract";
    if (isLong && this.candidate !== null) yield* this.promote(this.candidate);
    if (block.level > 0 && !isLong) {
      yield* this.end();
      return yield* this.furniture("navigation", block);
    }
    const { lineStart, lineEnd } = block;
    const { card } = this;
    if (card !== null && this.named === card.id) {
      if (!isAbstract(text, card)) return yield* this.furniture("card_line", block);
      card.abstract.push(text);
      card.lineEnd = lineEnd;
    } else if (isLong) {
      yield* this.end();
      yield { kind: "reject", reason: "title_missing", text, lineStart, lineEnd };
    } else yield* this.furniture(card === null ? "navigation" : "card_line", block);
  }

  /** An abstract follows, so the candidate was a title. */
  private *promote({ block, title, at }: NonNullable<CardReader["candidate"]>): Generator<Item> {
    const behind = this.held.slice(at + 1);
    this.held = this.held.slice(0, at);
    yield* this.end();
    this.begin(block, title, null, false);
    this.held = behind;
  }

  private name(id: string): void {
    this.named = id;
    if (this.ahead?.id !== id) this.ahead = this.card?.id === id ? null : { id, facts: {} };
  }

  /** What is said goes to the paper that was linked last; without one it is nobody's. */
  private apply(facts: CardFacts): void {
    if (this.card !== null && this.card.id === this.named)
      this.card.facts = joinFacts(this.card.facts, facts);
    else if (this.ahead !== null) this.ahead.facts = joinFacts(this.ahead.facts, facts);
  }

  /** Takes lines that are known to be furniture; gives the items that they complete. */
  *furniture(
    name: FurnitureKind,
    { lineStart, lineEnd }: Pick<MarkdownBlock, "lineStart" | "lineEnd">,
  ): Generator<Item> {
    const item: Item = { kind: "furniture", name, lineStart, lineEnd };
    if (this.card === null && this.candidate === null) yield item;
    else {
      this.held.push(item);
      if (this.held.length > HELD_AT_MOST) yield* this.end();
    }
  }
}
