import type { IssueCode, SourceFormat } from "../../schemas/vocabularies.ts";
import type { FurnitureKind } from "./furniture.ts";
import type { Line } from "./lines.ts";
import type { PaperRecord } from "./records/record.ts";
import type { RejectReason } from "./rejects.ts";

interface Place {
  /** First and last line, counted from 1. */
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** A paper as a layout found it: its text not cleaned yet, with what the layout shows beside it. */
export interface FoundPaper extends Place {
  readonly kind: "paper";
  readonly title: string;
  readonly abstract: string | null;
  readonly facts: Partial<Omit<PaperRecord, "title" | "abstract">>;
  readonly capturedLabel: string | null;
  readonly issues: readonly IssueCode[];
}

export interface FoundFurniture extends Place {
  readonly kind: "furniture";
  readonly name: FurnitureKind;
}

export interface FoundReject extends Place {
  readonly kind: "reject";
  readonly reason: RejectReason;
  readonly text: string;
}

/** A line that is passed over, since it is longer than any text. */
export const overlong = ({ text, number }: Line): FoundReject => ({
  kind: "reject",
  reason: "line_too_long",
  text: text.trim(),
  lineStart: number,
  lineEnd: number,
});

/** Every piece of a capture is one of these; together they cover each of its lines that is not blank. */
export type Item = FoundPaper | FoundFurniture | FoundReject;

/** Takes a capture's text in pieces of any size and gives its items in order. */
export interface LayoutReader {
  write(text: string): Iterable<Item>;
  end(): Iterable<Item>;
}

/** One way in which captures are laid out. */
export interface Layout {
  readonly name: SourceFormat;
  /** Whether a capture that begins with this text is laid out so; judged by content alone. */
  recognises(head: string): boolean;
  open(): LayoutReader;
}
