import type { SourceFormat } from "../../schemas/vocabularies.ts";
import { type Counts, total } from "../core/counts.ts";
import { PapersetError } from "../core/errors.ts";
import type { FurnitureKind } from "./furniture.ts";
import type { CaptureText } from "./input/capture-text.ts";
import type { Encoding } from "./input/decode.ts";
import type { Source } from "./input/sources.ts";
import type { Packing } from "./input/unpack.ts";
import type { RejectReason } from "./rejects.ts";

/** What became of one file: each of its pieces was written as a mention, is furniture, or was rejected. */
export interface FileAccount {
  readonly file: string;
  /** Null: no layout fits. */
  readonly format: SourceFormat | null;
  readonly packing: Packing | null;
  readonly encoding: Encoding | null;
  readonly read: number;
  readonly written: number;
  readonly furniture: Counts;
  readonly rejected: Counts;
}

/** Counts the pieces of one file while it is read. */
export class FileTally {
  private read = 0;
  private written = 0;
  private readonly furniture: Record<string, number> = {};
  private readonly rejected: Record<string, number> = {};

  countRead(): void {
    this.read += 1;
  }

  countWritten(): void {
    this.written += 1;
  }

  countFurniture(kind: FurnitureKind): void {
    this.furniture[kind] = (this.furniture[kind] ?? 0) + 1;
  }

  countRejected(reason: RejectReason): void {
    this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
  }

  /** The account of a file that is read to its end; one that does not balance is a defect of the program. */
  account(source: Source, format: SourceFormat | null, text: CaptureText | null): FileAccount {
    const { read, written, furniture, rejected } = this;
    const accounted = written + total(furniture) + total(rejected);
    if (read !== accounted)
      throw new PapersetError(
        "DEFECT",
        `${source.name}: ${read} pieces were read and ${accounted} accounted for.`,
      );
    const packing = text?.packing ?? null;
    const encoding = format === null ? null : (text?.encoding ?? null);
    return { file: source.name, format, packing, encoding, read, written, furniture, rejected };
  }
}
