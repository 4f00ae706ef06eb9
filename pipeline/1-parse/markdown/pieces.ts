import { blockLook } from "../blocks.ts";
import { paperAddress } from "./address.ts";
import type { LinkPart, Part } from "./inline-markup.ts";
import { linkKind } from "./link-kind.ts";
import { type Classified, wordsKind } from "./words-kind.ts";

/** A part of a block that stands for itself: words between separators, a link, or an image. */
export interface Piece {
  readonly link: LinkPart | null;
  readonly words: string;
  /** What it is; null: a title, or running text. */
  readonly classified: Classified | null;
}

/** Words of a link longer than this are running text, where a text browser does not show the link's end. */
const LINK_WORDS = 80;

function isRunning(link: LinkPart): boolean {
  if (blockLook(link.words) === "abstract") return true;
  return (
    link.number !== null &&
    link.words.length > LINK_WORDS &&
    link.target !== null &&
    paperAddress(link.target) === null
  );
}

/** The block's pieces in order. */
export function piecesOf(parts: readonly Part[], inCard: boolean): Piece[] {
  return parts.flatMap((part): Piece[] => {
    if (part.kind === "image") return [{ link: null, words: "", classified: { kind: "image" } }];
    if (part.kind === "link")
      return isRunning(part)
        ? [{ link: null, words: part.words, classified: null }]
        : [{ link: part, words: part.words, classified: linkKind(part, inCard) }];
    const words = part.text.split(/[·•|\n]/u).map((each) => each.trim());
    return words
      .filter((each) => each !== "")
      .map((each) => ({ link: null, words: each, classified: wordsKind(each) }));
  });
}

/** What stands in a link around a whole card: its title, and what else. */
export interface LinkedCard {
  readonly title: string;
  readonly isHeading: boolean;
  readonly texts: readonly string[];
  readonly classified: readonly Classified[];
}

const MARKS = /^(?:(#{1,6})\s+|[*+-]\s+)/u;

/** A link's words read as a card; most are a title and nothing else. Lines that say something known are taken out. */
export function linkedCard(words: string): LinkedCard {
  if (!words.includes("\n")) {
    const mark = /^#{1,6}\s+/u.exec(words)?.[0] ?? "";
    const title = words.slice(mark.length).replace(/\s+/gu, " ").trim();
    return { title, isHeading: mark !== "", texts: [], classified: [] };
  }
  const classified: Classified[] = [];
  const paragraphs: string[][] = [[]];
  let isHeading = false;
  for (const line of words.split("\n").map((each) => each.trim())) {
    const marks = MARKS.exec(line);
    const plain = line.slice(marks?.[0].length ?? 0);
    if (marks?.[1] !== undefined) isHeading = true;
    const known = plain === "" ? null : wordsKind(plain);
    if (plain === "") paragraphs.push([]);
    else if (known === null) paragraphs.at(-1)?.push(plain);
    else classified.push(known);
  }
  const [title = "", ...texts] = paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join(" "));
  return { title, isHeading, texts, classified };
}
