import type { IssueCode } from "../../schemas/vocabularies.ts";
import { furnitureKind } from "./furniture.ts";
import type { FoundPaper, Item } from "./layout.ts";

/** A run of text in a capture with its place. */
export interface Block {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** Why the title that begins here is in doubt, if it is. */
  readonly issues?: readonly IssueCode[];
}

/**
 * What a block looks like on its own: a title, an abstract, or either. Titles in listings run to about 200
 * characters and do not end as a sentence does; abstracts have several sentences.
 */
export function blockLook(text: string): "title" | "abstract" | "either" {
  const ends = /[.!?…]["')\]]*$|https?:\/\/\S+$/u.test(text);
  const sentences = text.match(/[.!?]["')\]]*\s+(?=[\p{Lu}(\d])/gu)?.length ?? 0;
  if (text.length > 300 || (text.length > 160 && ends && sentences >= 1)) return "abstract";
  const isQuestion = sentences === 0 && /[?!]["')\]]*$/u.test(text);
  return ends && !isQuestion ? "either" : "title";
}

/** A last short block of an abstract often is where its code stands. */
const hasAddress = (text: string) => /https?:\/\//u.test(text);

/**
 * Pairs titles with abstracts so that one missing block never shifts the rest: blocks are expected in turn, and a
 * block that plainly is the other kind moves the expectation, with an issue code on the paper.
 */
export class BlockPairing {
  private title: Block | null = null;
  private abstract: Block[] = [];
  private label: string | null = null;

  /** Takes the next block; gives the items that it completes. */
  *take(block: Block): Generator<Item> {
    const { lineStart, lineEnd, text } = block;
    const name = furnitureKind(text);
    if (name !== null) {
      yield* this.end();
      if (name === "day") this.label = text;
      yield { kind: "furniture", name, lineStart, lineEnd };
      return;
    }
    const look = blockLook(text);
    if (this.title === null) {
      if (look === "abstract") yield { kind: "reject", reason: "title_missing", text, lineStart, lineEnd };
      else this.title = block;
    } else if (
      look === "abstract" ||
      (look === "either" && (this.abstract.length === 0 || hasAddress(text)))
    ) {
      this.abstract.push(block);
    } else {
      yield* this.end();
      this.title = block;
    }
  }

  /** Gives the paper that is still open, if any. */
  *end(): Generator<Item> {
    if (this.title === null) return;
    const [title, abstract] = [this.title, this.abstract];
    this.title = null;
    this.abstract = [];
    yield paper(title, abstract, this.label);
  }
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
