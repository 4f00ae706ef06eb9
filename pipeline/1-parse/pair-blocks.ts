import type { IssueCode } from "../../schemas/vocabularies.ts";
import { type Block, blockLook, endsAsSentence, isContinued, isNameList, splitTitle } from "./blocks.ts";
import { type FurnitureKind, furnitureKind, isDatedLine, isInCard, isOrganisation } from "./furniture.ts";
import type { FoundPaper, Item } from "./layout.ts";

/** Parts of a page's header: where they stand again, another capture begins, whose day is not known yet. */
const HEADER: ReadonlySet<FurnitureKind> = new Set(["mail_invitation", "byline"]);

/** Longer texts are no abstracts, in UTF-16 units. */
const LONGEST_ABSTRACT = 200_000;
/** So much furniture is held back for the order of lines. */
const MOST_INSIDE = 1_000;

/** A line of so few words that has no abstract may be anything; it is not taken for a paper. */
const FEW_WORDS = 3;

const wordCount = (text: string) => text.split(" ").length;

/**
 * Pairs titles with abstracts so that one missing block never shifts the rest: blocks are expected in turn, a block
 * that plainly is the other kind moves the expectation, and one that may be either waits for the next to decide.
 */
export class BlockPairing {
  private title: Block | null = null;
  private abstract: Block[] = [];
  /** After an abstract, its next paragraph or the next title; after a title, the next title or a cut abstract. */
  private doubtful: Block | null = null;
  private label: string | null = null;
  private isAfterSubmitter = false;
  /** In this capture, blocks of wrapped lines hold a title and its abstract. */
  private isSplit = false;
  /** Furniture within the card of the paper that is open. */
  private inside: Item[] = [];

  /** Takes the next block; gives the items that it completes. */
  *take(block: Block): Generator<Item> {
    const name = this.furniture(block.text);
    this.isAfterSubmitter = name === "submitter" && wordCount(block.text) === 2;
    if (name === null) yield* this.text(block);
    else {
      const { text, lineStart, lineEnd } = block;
      const item: Item = { kind: "furniture", name, lineStart, lineEnd };
      if (!isInCard(name)) yield* this.end();
      if (HEADER.has(name)) this.label = null;
      if (name === "day") this.label = text;
      if (this.title === null || this.inside.length >= MOST_INSIDE) yield item;
      else this.inside.push(item);
    }
  }

  /**
   * Gives the paper that is still open, if any, at the end of the capture, which may break off within it.
   *
   * @param isInLine the last line has no line end
   */
  *endOfCapture(isInLine: boolean): Generator<Item> {
    for (const item of this.end(isInLine)) {
      const isCut =
        item.kind === "paper" && (item.abstract === null ? isInLine : !endsAsSentence(item.abstract));
      yield isCut ? { ...item, issues: [...item.issues, "capture_cut"] } : item;
    }
  }

  private *end(isCutShort = false): Generator<Item> {
    yield* this.settle(this.abstract.length === 0 && !isCutShort);
    yield* this.close(isCutShort);
  }

  /** Decides what the doubtful block was. */
  private *settle(isTitle: boolean): Generator<Item> {
    const { doubtful } = this;
    this.doubtful = null;
    if (doubtful === null) return;
    if (isTitle) yield* this.open(doubtful);
    else this.abstract.push(doubtful);
  }

  private furniture(text: string): FurnitureKind | null {
    if (this.isAfterSubmitter && /^\S{1,40}$/u.test(text)) return "submitter";
    const isUnderTitle = this.title !== null && this.abstract.length === 0;
    if (isUnderTitle && text === this.title?.text) return "title_repeated";
    if (isUnderTitle && isNameList(text)) return "authors";
    if (isUnderTitle && isOrganisation(text)) return "organisation";
    return isDatedLine(text) ? "published" : furnitureKind(text);
  }

  private *text(block: Block): Generator<Item> {
    if (this.abstract.length > 0 && isContinued(block.text)) {
      yield* this.settle(false);
      yield* this.paragraph(block);
      return;
    }
    const look = blockLook(block.text);
    yield* this.settle(this.abstract.length === 0 || look === "abstract");
    if (look === "abstract" && (this.title === null || this.abstract.length > 0)) yield* this.long(block);
    else if (this.title === null) yield* this.open(block);
    else if (look === "abstract" || (look === "either" && this.abstract.length === 0))
      this.abstract.push(block);
    else if (look === "either" || this.abstract.length === 0) this.doubtful = block;
    else yield* this.open(block);
  }

  private *open(title: Block): Generator<Item> {
    const later = this.inside.filter((item) => item.lineStart > title.lineStart);
    this.inside = this.inside.filter((item) => item.lineStart <= title.lineStart);
    yield* this.close();
    this.title = title;
    this.inside = later;
  }

  /** A long block that follows no title: wrapped lines that begin with one, or an abstract's next paragraph. */
  private *long(block: Block): Generator<Item> {
    const parts = splitTitle(block, this.title === null || this.isSplit);
    if (parts !== null) {
      this.isSplit = true;
      yield* this.open(parts.title);
      this.abstract = [parts.abstract];
      return;
    }
    yield* this.paragraph(block);
  }

  /** An abstract's next paragraph, as long as it is one. */
  private *paragraph(block: Block): Generator<Item> {
    const length = this.abstract.reduce((sum, { text }) => sum + text.length, block.text.length);
    if (this.title !== null && length <= LONGEST_ABSTRACT) this.abstract.push(block);
    else {
      const { text, lineStart, lineEnd } = block;
      const reason = this.title === null ? "title_missing" : "block_unplaced";
      yield { kind: "reject", reason, text, lineStart, lineEnd };
    }
  }

  private *close(isCutShort = false): Generator<Item> {
    const { title, abstract, inside, label } = this;
    if (title === null) return;
    this.title = null;
    this.abstract = [];
    this.inside = [];
    yield abstract.length > 0 || isCutShort ? paper(title, abstract, label) : withoutAbstract(title, label);
    yield* inside;
  }
}

/** What a title without an abstract is: an organisation's name, too few words to tell, or a paper. */
function withoutAbstract(title: Block, label: string | null): Item {
  const { text, lineStart, lineEnd } = title;
  if (isOrganisation(text)) return { kind: "furniture", name: "organisation", lineStart, lineEnd };
  if (wordCount(text) <= FEW_WORDS)
    return { kind: "reject", reason: "block_unplaced", text, lineStart, lineEnd };
  return paper(title, [], label);
}

function paper(title: Block, abstract: readonly Block[], capturedLabel: string | null): FoundPaper {
  const issues: IssueCode[] = [...(title.issues ?? [])];
  if (abstract.length === 0) issues.push("abstract_missing");
  if (abstract.length > 1) issues.push("abstract_joined");
  return {
    kind: "paper",
    title: title.text,
    abstract: abstract.length === 0 ? null : abstract.map((block) => block.text).join(" "),
    facts: {},
    capturedLabel,
    issues,
    lineStart: title.lineStart,
    lineEnd: (abstract.at(-1) ?? title).lineEnd,
  };
}
